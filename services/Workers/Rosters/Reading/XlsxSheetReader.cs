using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters.Reading;

/// <summary>
/// Reads .xlsx in one pass. (The library that reads .xls goes through a sheet twice, first for its size: that alone takes longer than all the rest of an
/// import.) Macros, links and formulas are never run; a formula's stored result is read.
/// </summary>
internal sealed class XlsxSheetReader : ISheetReader
{
    private const int MostColumns = 500;

    private readonly ZipArchive archive;
    private readonly XlsxWorkbook workbook;
    private readonly List<string> cells = [];
    private readonly StringBuilder text = new();
    private XmlReader? sheet;
    private int next;
    private int number;

    private XlsxSheetReader(ZipArchive archive)
    {
        this.archive = archive;
        workbook = XlsxWorkbook.Read(archive);
    }

    /// <inheritdoc/>
    public string? Encoding => null;

    /// <inheritdoc/>
    public int Lines { get; private set; }

    /// <exception cref="ProblemException">Damaged.</exception>
    public static XlsxSheetReader Open(byte[] content) => Guarded(() => new XlsxSheetReader(new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read)));

    /// <inheritdoc/>
    public bool NextSheet() => Guarded(() =>
    {
        while (next < workbook.Sheets.Count)
        {
            sheet?.Dispose();
            sheet = null;
            (number, Lines) = (0, 0);
            if (archive.GetEntry(workbook.Sheets[next++]) is { } entry)
            {
                sheet = XlsxWorkbook.Open(entry.Open());
                return true;
            }
        }

        return false;
    });

    /// <inheritdoc/>
    public bool Read(out SheetLine line)
    {
        var found = Guarded(ReadFilled);
        line = found ? new SheetLine(number, [.. cells]) : default;
        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        sheet?.Dispose();
        archive.Dispose();
    }

    private bool ReadFilled()
    {
        var reader = sheet ?? throw new InvalidOperationException("Go to a sheet first.");
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "sheetData")
            {
                return false;
            }

            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            if (reader.LocalName == "dimension")
            {
                Lines = LastRow(reader.GetAttribute("ref"));
            }
            else if (reader.LocalName == "row")
            {
                number = int.TryParse(reader.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var own) && own > number ? own : number + 1;
                if (ReadRow(reader))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // True when a cell holds something.
    private bool ReadRow(XmlReader reader)
    {
        cells.Clear();
        if (reader.IsEmptyElement)
        {
            return false;
        }

        var filled = false;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "row"))
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "c")
            {
                var column = Column(reader.GetAttribute("r")) ?? cells.Count;
                var value = ReadCell(reader);
                if (column < MostColumns && value.Length > 0)
                {
                    while (cells.Count <= column)
                    {
                        cells.Add("");
                    }

                    cells[column] = value;
                    filled |= !string.IsNullOrWhiteSpace(value);
                }
                else if (column == cells.Count && column < MostColumns)
                {
                    cells.Add("");
                }
            }
        }

        return filled;
    }

    private string ReadCell(XmlReader reader)
    {
        var kind = reader.GetAttribute("t");
        var style = int.TryParse(reader.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : -1;
        if (reader.IsEmptyElement)
        {
            return "";
        }

        string? only = null;
        text.Clear();
        var inValue = false;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "c"))
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.LocalName is "f" or "rPh" or "extLst":
                    inValue = false;
                    SkipInside(reader);
                    break;
                case XmlNodeType.Element:
                    inValue = reader.LocalName is "v" or "t" && !reader.IsEmptyElement;
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA when inValue:
                    var value = XlsxText.Value(reader);
                    if (only is not null)
                    {
                        text.Append(text.Length == 0 ? only : "").Append(value);
                    }

                    only ??= value;
                    break;
                case XmlNodeType.EndElement:
                    inValue = false;
                    break;
                default:
                    break;
            }
        }

        return Meant(kind, text.Length > 0 ? text.ToString() : only ?? "", style);
    }

    private string Meant(string? kind, string value, int style) => kind switch
    {
        "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var shared) ? workbook.Shared(shared) : "",
        "inlineStr" or "str" or "e" => value,
        "b" => value == "1" ? "是" : "否",
        "d" => value.Length >= 10 ? value[..10] : value,
        _ => value.Length == 0 ? "" : workbook.Number(value, style),
    };

    // To the end of the element, so that the caller's Read goes on behind it.
    private static void SkipInside(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return;
        }

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            // Passed over.
        }
    }

    private static int? Column(string? reference)
    {
        if (reference is null)
        {
            return null;
        }

        var column = 0;
        foreach (var c in reference)
        {
            if (!char.IsAsciiLetter(c) || column > MostColumns)
            {
                break;
            }

            column = (column * 26) + (char.ToUpperInvariant(c) - 'A') + 1;
        }

        return column == 0 ? null : column - 1;
    }

    private static int LastRow(string? dimension)
    {
        var digits = dimension is null ? "" : dimension[(dimension.LastIndexOf(':') + 1)..].TrimStart([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ$"]);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
    }

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or XmlException or EndOfStreamException)
        {
            throw new ProblemException(RosterProblems.Damaged());
        }
    }
}
