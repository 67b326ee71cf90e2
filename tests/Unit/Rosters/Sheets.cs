using System.Text;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters;
using LaborBridge.Workers.Rosters.Reading;
using LaborBridge.Workers.Rosters.Verdicts;
using Xunit;

namespace LaborBridge.Tests.Unit.Rosters;

/// <summary>Small files and rows for the tests of rosters.</summary>
internal static class Sheets
{
    public static readonly DateOnly Today = new(2026, 11, 20);

    public static readonly Caller Xiji = new("clerk", "马经办", Role.Station, Guid.Parse("01999999-0000-7000-8000-00000000000a"), Employer: null, ["640422"]);

    static Sheets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Encoding Gb18030 => Encoding.GetEncoding("GB18030");

    public static string Id(string birth = "19900307", int number = 1, string prefix = "649901")
    {
        var first = $"{prefix}{birth}{number:000}";
        return first + ResidentId.CheckDigit(first);
    }

    public static byte[] Xlsx(params string[][] rows)
    {
        var stream = new MemoryStream();
        using (var sheet = new SheetWriter(stream, "Sheet1"))
        {
            foreach (var row in rows)
            {
                sheet.Write(row);
            }
        }

        return stream.ToArray();
    }

    public static List<RosterLine> Read(byte[] content, RosterSheet sheet = RosterSheet.Household) => Read(content, sheet, out _, out _);

    public static List<RosterLine> Read(byte[] content, RosterSheet sheet, out Header header, out string? encoding)
    {
        using var reader = RosterFile.Open(content);
        header = Header.Find(reader, sheet);
        encoding = reader.Encoding;
        var lines = new List<RosterLine>();
        while (reader.Read(out var line))
        {
            lines.Add(header.Of(line));
        }

        return lines;
    }

    public static RowReading Row(params (Column Column, string Cell)[] cells)
    {
        var values = new string?[Columns.Count];
        foreach (var (column, cell) in cells)
        {
            values[(int)column] = cell;
        }

        return new RowReading(new RosterLine(7, values), new RowContext(Today, Xiji));
    }

    public static RowReading HouseholdRow(params (Column Column, string Cell)[] cells) => Row(
        [(Column.Name, "马燕"), (Column.ResidentId, Id()), (Column.Province, "宁夏回族自治区"), (Column.Prefecture, "固原市"), (Column.County, "西吉县"), (Column.Town, "将台堡镇"), .. cells]);

    public static (HouseholdEntry? Entry, bool NonLabour, IReadOnlyList<FindingCode> Codes) Household(params (Column Column, string Cell)[] cells)
    {
        var row = HouseholdRow(cells);
        var entry = HouseholdEntry.Read(row, out var nonLabour);
        return (entry, nonLabour, [.. row.Findings.Select(finding => finding.Code)]);
    }

    public static string Refused(Action action) => Assert.Throws<ProblemException>(action).Problem.Code;
}
