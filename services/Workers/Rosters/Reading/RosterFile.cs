using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters.Reading;

/// <summary>The formats in which rosters come.</summary>
internal enum RosterFormat
{
    Xlsx,
    Xls,
    Csv,
}

/// <summary>
/// Tells a roster's format from its first bytes, since names lie, and opens it. <see cref="Check"/> runs once, when the file comes in;
/// what it lets through may be opened again and again.
/// </summary>
internal static class RosterFile
{
    /// <summary>The largest upload, in bytes.</summary>
    public const int Largest = 50 * 1024 * 1024;

    private static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;

    private static ReadOnlySpan<byte> Compound => [0xD0, 0xCF, 0x11, 0xE0];

    /// <summary>Refuses what cannot be a roster before any parser sees it.</summary>
    /// <exception cref="ProblemException">Empty, too large, damaged, a bomb, or of another kind.</exception>
    public static RosterFormat Check(byte[] content, string fileName)
    {
        if (content.Length == 0)
        {
            throw new ProblemException(RosterProblems.Empty());
        }

        if (content.Length > Largest)
        {
            throw new ProblemException(RosterProblems.TooLarge());
        }

        var format = FormatOf(content);
        var isNamedWorkbook = fileName.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) || fileName.EndsWith(".xlsm", StringComparison.OrdinalIgnoreCase)
            || fileName.EndsWith(".xls", StringComparison.OrdinalIgnoreCase);
        if (format == RosterFormat.Csv && (isNamedWorkbook || LooksLikeMarkup(content)))
        {
            throw new ProblemException(RosterProblems.NoWorkbook());
        }

        if (format == RosterFormat.Xlsx)
        {
            ZipGuard.Check(content);
        }

        return format;
    }

    /// <summary>Opens a file that <see cref="Check"/> let through.</summary>
    public static ISheetReader Open(byte[] content) => FormatOf(content) switch
    {
        RosterFormat.Xlsx => XlsxSheetReader.Open(content),
        RosterFormat.Xls => XlsSheetReader.Open(content),
        RosterFormat.Csv => new CsvSheetReader(content),
        _ => throw new InvalidOperationException("A format without a reader."),
    };

    /// <summary>The format by the first bytes.</summary>
    public static RosterFormat FormatOf(ReadOnlySpan<byte> content) =>
        content.StartsWith(Zip) ? RosterFormat.Xlsx : content.StartsWith(Compound) ? RosterFormat.Xls : RosterFormat.Csv;

    // Systems like to send a web page named .xls or .csv.
    private static bool LooksLikeMarkup(ReadOnlySpan<byte> content)
    {
        var start = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
        return start.TrimStart(" \t\r\n"u8).StartsWith("<"u8);
    }
}
