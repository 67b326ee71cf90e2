using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters.Reading;

/// <summary>What a workbook says of itself before its sheets: which are visible, the shared texts, which styles are dates.</summary>
internal sealed partial class XlsxWorkbook
{
    private const long MostSharedCharacters = 60_000_000;
    private const int DaysTo1904 = 1_462;

    private readonly List<string> texts = [];
    private readonly List<bool> dates = [];
    private bool from1904;

    private XlsxWorkbook()
    {
    }

    /// <summary>Paths of the visible sheets, in order.</summary>
    public List<string> Sheets { get; } = [];

    /// <summary>Reads it.</summary>
    /// <exception cref="ProblemException">There is more shared text than a roster can have.</exception>
    public static XlsxWorkbook Read(ZipArchive archive)
    {
        var workbook = new XlsxWorkbook();
        var targets = workbook.ReadTargets(archive);
        workbook.ReadSheets(archive, targets);
        workbook.ReadStyles(archive);
        workbook.ReadTexts(archive);
        return workbook;
    }

    /// <summary>A reader of a part that neither resolves nor expands anything.</summary>
    public static XmlReader Open(Stream part) => XmlReader.Create(part, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CheckCharacters = false, CloseInput = true,
    });

    /// <summary>A shared text.</summary>
    public string Shared(int number) => number >= 0 && number < texts.Count ? texts[number] : "";

    /// <summary>A number as its style shows it: days as <c>yyyy-MM-dd</c>; from 10^15 on in scientific form, since a cell keeps 15 digits.</summary>
    public string Number(string value, int style)
    {
        var isDate = style >= 0 && style < dates.Count && dates[style];
        if (!isDate && value.Length <= 15 && value.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return value;
        }

        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return value;
        }

        var day = number + (from1904 ? DaysTo1904 : 0);
        return isDate && day is >= 1 and < 2_958_466
            ? DateTime.FromOADate(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : number.ToString(Math.Abs(number) < 1e15 ? "0.############" : "E5", CultureInfo.InvariantCulture);
    }

    private Dictionary<string, string> ReadTargets(ZipArchive archive)
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        Each(archive, "xl/_rels/workbook.xml.rels", reader =>
        {
            if (reader.LocalName == "Relationship" && reader.GetAttribute("Id") is { } id && reader.GetAttribute("Target") is { } target && reader.GetAttribute("TargetMode") != "External")
            {
                targets[id] = target.StartsWith('/') ? target[1..] : "xl/" + target;
            }
        });
        return targets;
    }

    private void ReadSheets(ZipArchive archive, Dictionary<string, string> targets) => Each(archive, "xl/workbook.xml", reader =>
    {
        if (reader.LocalName == "workbookPr")
        {
            from1904 = reader.GetAttribute("date1904") is "1" or "true";
        }
        else if (reader.LocalName == "sheet" && reader.GetAttribute("state") is not ("hidden" or "veryHidden"))
        {
            for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
            {
                if (reader.LocalName == "id" && reader.NamespaceURI.Length > 0 && targets.TryGetValue(reader.Value, out var path))
                {
                    Sheets.Add(path);
                }
            }
        }
    });

    private void ReadStyles(ZipArchive archive)
    {
        var own = new Dictionary<int, bool>();
        var inside = false;
        Each(archive, "xl/styles.xml", reader =>
        {
            if (reader.LocalName == "numFmt" && int.TryParse(reader.GetAttribute("numFmtId"), out var id))
            {
                own[id] = LooksLikeDate(reader.GetAttribute("formatCode") ?? "");
            }
            else if (reader.LocalName is "cellXfs" or "cellStyleXfs" or "cellStyles" or "dxfs")
            {
                inside = reader.LocalName == "cellXfs";
            }
            else if (inside && reader.LocalName == "xf")
            {
                var format = int.TryParse(reader.GetAttribute("numFmtId"), out var number) ? number : 0;
                dates.Add(own.TryGetValue(format, out var isDate) ? isDate : format is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58));
            }
        });
    }

    private void ReadTexts(ZipArchive archive)
    {
        if (archive.GetEntry("xl/sharedStrings.xml") is not { } entry)
        {
            return;
        }

        var characters = 0L;
        using var reader = Open(entry.Open());
        var text = new StringBuilder();
        for (var more = reader.Read(); more;)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "rPh")
            {
                // How a word is pronounced is no part of it.
                reader.Skip();
                continue;
            }

            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "si")
            {
                text.Clear();
                if (reader.IsEmptyElement)
                {
                    texts.Add("");
                }
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA)
            {
                text.Append(XlsxText.Value(reader));
            }
            else if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "si")
            {
                texts.Add(text.ToString());
                characters += text.Length;
                if (characters > MostSharedCharacters)
                {
                    throw new ProblemException(RosterProblems.TooLargeInside());
                }
            }

            more = reader.Read();
        }
    }

    private static void Each(ZipArchive archive, string path, Action<XmlReader> element)
    {
        if (archive.GetEntry(path) is not { } entry)
        {
            return;
        }

        using var reader = Open(entry.Open());
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                element(reader);
            }
        }
    }

    private static bool LooksLikeDate(string format) => DatePart().IsMatch(Literal().Replace(format, ""));

    [GeneratedRegex("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.|General|E[+-]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Literal();

    [GeneratedRegex("[ymdhs]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DatePart();
}

/// <summary>Texts of a workbook's XML.</summary>
internal static class XlsxText
{
    /// <summary>The longest text that a cell can hold.</summary>
    private const int Longest = 32_767;

    [ThreadStatic]
    private static char[]? buffer;

    /// <summary>The text at the reader, cut where no cell can go on; a part of any length is passed over without being held.</summary>
    public static string Value(XmlReader reader)
    {
        if (!reader.CanReadValueChunk || reader.NodeType is not (XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA))
        {
            return reader.Value;
        }

        var into = buffer ??= new char[Longest + 1];
        var length = 0;
        for (var read = reader.ReadValueChunk(into, 0, into.Length); read > 0; read = reader.ReadValueChunk(into, length, into.Length - length))
        {
            length = Math.Min(length + read, Longest);
        }

        return new string(into, 0, length);
    }
}
