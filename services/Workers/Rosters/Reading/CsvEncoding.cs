using System.Text;
using System.Text.Unicode;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters.Reading;

/// <summary>
/// Tells the encoding of a CSV file: UTF-8 with or without its mark, else GB18030, which holds GBK and GB2312. A byte that went wrong
/// now and then does not stop a file (the row that holds it is refused); a file full of them is in another encoding.
/// </summary>
internal sealed record CsvEncoding(string Name, Encoding Encoding, int Skip)
{
    private const char Replacement = '\uFFFD';

    // More wrong characters than one in this many: another encoding.
    private const int TolerableOneIn = 200;

    static CsvEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    // Without a fallback of its own the code page writes question marks for what is wrong.
    private static Encoding Gb18030 => Encoding.GetEncoding("GB18030", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));

    /// <exception cref="ProblemException">It is in neither encoding.</exception>
    public static CsvEncoding Detect(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || content.Contains((byte)0))
        {
            throw new ProblemException(RosterProblems.WrongEncoding());
        }

        if (content.StartsWith("\uFEFF"u8))
        {
            return Tolerable(content[3..], new CsvEncoding("utf-8-bom", Encoding.UTF8, Skip: 3));
        }

        return Utf8.IsValid(content) ? new CsvEncoding("utf-8", Encoding.UTF8, Skip: 0) : Tolerable(content, new CsvEncoding("gb18030", Gb18030, Skip: 0));
    }

    private static CsvEncoding Tolerable(ReadOnlySpan<byte> content, CsvEncoding encoding)
    {
        var decoder = encoding.Encoding.GetDecoder();
        var buffer = new char[32_768];
        long all = 0, wrong = 0;
        while (content.Length > 0)
        {
            decoder.Convert(content, buffer, flush: content.Length <= buffer.Length, out var used, out var written, out _);
            foreach (var c in buffer.AsSpan(0, written))
            {
                if (c == Replacement || c is >= '\uE000' and <= '\uF8FF' or >= '\uFFF0' or (>= '\u0080' and <= '\u00FF' and not ('·' or '×' or '÷' or '°' or '±')) || (char.IsControl(c) && c is not ('\r' or '\n' or '\t')))
                {
                    wrong++;
                }
            }

            all += written;
            content = content[used..];
        }

        return wrong * TolerableOneIn <= all ? encoding : throw new ProblemException(RosterProblems.WrongEncoding());
    }
}
