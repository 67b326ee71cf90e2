using System.IO.Compression;
using System.Text;
using LaborBridge.Workers.Rosters.Reading;
using Xunit;

namespace LaborBridge.Tests.Unit.Rosters;

/// <summary>Workbooks as spreadsheets of both makers write them, written out by hand.</summary>
public sealed class Reading_a_workbook
{
    private const string Header = """<row r="1"><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>证件号码</t></is></c><c t="inlineStr"><is><t>县</t></is></c><c t="inlineStr"><is><t>出生日期</t></is></c></row>""";

    [Fact]
    public void takes_shared_texts_with_their_formatted_runs_and_without_their_pronunciation()
    {
        var line = Assert.Single(Read("""<row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2" t="s"><v>0</v></c></row>"""));
        Assert.Equal(("马燕", null, "西吉县"), (line[Column.Name], line[Column.ResidentId], line[Column.County]));
    }

    [Fact]
    public void takes_numbers_days_formulas_flags_and_errors()
    {
        var line = Assert.Single(Read("""<row r="9"><c r="A9" t="str"><f>A1&amp;"x"</f><v>马燕</v></c><c r="B9"><v>6.4222319900101101E+17</v></c><c r="C9" t="e"><v>#REF!</v></c><c r="D9" s="1"><v>32939</v></c></row>"""));
        Assert.Equal((9, "马燕", "6.42223E+017", "#REF!", "1990-03-07"), (line.Number, line[Column.Name], line[Column.ResidentId], line[Column.County], line[Column.BirthDate]));
        Assert.False(LaborBridge.Domain.ResidentId.TryParse(line[Column.ResidentId], out _, out var error));
        Assert.Equal(LaborBridge.Domain.ResidentIdError.Destroyed, error);
    }

    [Fact]
    public void passes_over_hidden_sheets()
    {
        var content = Workbook("""<sheet name="x" sheetId="1" state="hidden" r:id="r2"/><sheet name="y" sheetId="2" r:id="r1"/>""", """<row r="2"><c r="A2"><v>1</v></c></row>""");
        Assert.Single(Sheets.Read(content));
        Assert.Equal("hidden-sheets", Sheets.Refused(() => Sheets.Read(Workbook("""<sheet name="x" sheetId="1" state="veryHidden" r:id="r1"/>""", ""))));
    }

    [Fact]
    public void reads_on_behind_a_million_empty_rows()
    {
        var rows = new StringBuilder("""<row r="2"><c r="A2" t="s"><v>1</v></c></row>""");
        for (var i = 3; i < 1_048_576; i++)
        {
            rows.Append("<row r=\"").Append(i).Append("\"/>");
        }

        Assert.Equal([2, 1_048_576], Read(rows.Append("""<row r="1048576"><c r="A1048576" t="s"><v>1</v></c></row>""").ToString()).Select(line => line.Number));
    }

    [Fact]
    public void cuts_a_cell_of_ten_megabytes() => Assert.Equal(32_767, Assert.Single(Read($"""<row r="2"><c r="A2" t="inlineStr"><is><t>{new string('马', 10_000_000)}</t></is></c></row>"""))[Column.Name]!.Length);

    [Fact]
    public void expands_no_entities() => Assert.Equal("unreadable-file", Sheets.Refused(() =>
        Sheets.Read(Workbook("""<sheet name="y" sheetId="2" r:id="r1"/>""", """<row r="2"><c r="A2" t="str"><v>&a;</v></c></row>""", """<!DOCTYPE x [<!ENTITY a "aaaa">]>"""))));

    private static List<RosterLine> Read(string rows) => Sheets.Read(Workbook("""<sheet name="Sheet1" sheetId="1" r:id="r1"/>""", rows));

    private static byte[] Workbook(string sheets, string rows, string doctype = "")
    {
        const string Spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part("xl/workbook.xml", $"""<workbook xmlns="{Spreadsheet}" xmlns:r="{Office}"><sheets>{sheets}</sheets></workbook>""");
            Part("xl/_rels/workbook.xml.rels", """<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Target="/xl/worksheets/none.xml"/></Relationships>""");
            Part("xl/styles.xml", """<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs></styleSheet>""");
            Part("xl/sharedStrings.xml", """<sst><si><t>西吉县</t></si><si><r><t>马</t></r><r><t>燕</t></r><rPh sb="0" eb="1"><t>ma</t></rPh></si></sst>""");
            Part("xl/worksheets/sheet1.xml", $"""{doctype}<worksheet xmlns="{Spreadsheet}"><dimension ref="A1:D2"/><sheetData>{Header}{rows}</sheetData></worksheet>""");

            void Part(string path, string xml)
            {
                using var writer = new StreamWriter(zip.CreateEntry(path, CompressionLevel.Fastest).Open());
                writer.Write(xml);
            }
        }

        return stream.ToArray();
    }
}
