using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters.Reading;

/// <summary>Reads CSV as spreadsheets write it here: cells wrapped as <c>="642223…"</c>, separated by comma, tab or semicolon.</summary>
internal sealed class CsvSheetReader : ISheetReader
{
    // An address may be broken into lines; a cell that holds this many has swallowed rows.
    private const int MostLinesInCell = 20;

    private readonly StreamReader text;
    private readonly CsvParser parser;
    private bool started;

    /// <exception cref="ProblemException">It is in no encoding that we read.</exception>
    public CsvSheetReader(byte[] content)
    {
        var encoding = CsvEncoding.Detect(content);
        Encoding = encoding.Name;
        Lines = content.AsSpan().Count((byte)'\n');
        text = new StreamReader(new MemoryStream(content, encoding.Skip, content.Length - encoding.Skip, writable: false), encoding.Encoding, detectEncodingFromByteOrderMarks: false);
        parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            // ="…" is a quote in the middle of a field: bad by the letter, and what everybody sends.
            BadDataFound = null,
            Delimiter = Delimiter(content),
            IgnoreBlankLines = false,
            CacheFields = false,
        });
    }

    /// <inheritdoc/>
    public string? Encoding { get; }

    /// <inheritdoc/>
    public int Lines { get; }

    /// <inheritdoc/>
    public bool NextSheet() => !started && (started = true);

    /// <inheritdoc/>
    public bool Read(out SheetLine line)
    {
        for (var before = parser.RawRow; parser.Read(); before = parser.RawRow)
        {
            line = new SheetLine(parser.RawRow, parser.Record ?? []);
            if (parser.RawRow - before > MostLinesInCell && Array.Exists(line.Cells, cell => cell.AsSpan().Count('\n') >= MostLinesInCell))
            {
                // A quote that is never closed swallows the rest of the file.
                throw new ProblemException(RosterProblems.OpenQuote(before + 1));
            }

            if (!line.IsEmpty)
            {
                return true;
            }
        }

        line = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        parser.Dispose();
        text.Dispose();
    }

    // The three separators are the same single bytes in both encodings; a second byte of GBK is never one of them.
    private static string Delimiter(ReadOnlySpan<byte> content)
    {
        var start = content[..Math.Min(content.Length, 65_536)];
        var (commas, tabs, semicolons) = (start.Count((byte)','), start.Count((byte)'\t'), start.Count((byte)';'));
        return tabs > commas && tabs > semicolons ? "\t" : semicolons > commas ? ";" : ",";
    }
}
