using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Rosters;

/// <summary>Workbooks with things in them that no roster needs: nothing of it is run, followed or read silently.</summary>
[Collection(OnSqlite.Name)]
public sealed class Reading_odd_workbooks(SqliteRosters host) : RosterTest(host)
{
    private static readonly string[] Header = ["姓名", "证件号码", "县", "乡", "文化程度"];

    [Fact]
    public async Task runs_no_macro_and_follows_no_link()
    {
        var id = RosterHost.NewId();
        var file = Changed(Spreadsheets.Xlsx(Header, ["马燕", id, "西吉县", "将台堡镇", "初中"]), zip =>
        {
            Add(zip, "xl/vbaProject.bin", "Sub Workbook_Open(): Shell \"calc\": End Sub");
            Add(zip, "xl/externalLinks/externalLink1.xml", "<externalLink><externalBook><sheetNames><sheetName val=\"x\"/></sheetNames></externalBook></externalLink>");
            Add(zip, "xl/externalLinks/_rels/externalLink1.xml.rels", "<Relationships><Relationship Id=\"rId1\" Target=\"http://127.0.0.1:9/other.xlsx\" TargetMode=\"External\"/></Relationships>");
            Replace(zip, "xl/worksheets/sheet1.xml", text => text.Replace("<c r=\"C2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">西吉县</t></is></c>",
                "<c r=\"C2\" t=\"str\"><f>[1]x!A1</f><v>西吉县</v></c>", StringComparison.Ordinal));
            Replace(zip, "xl/_rels/workbook.xml.rels", text => text.Replace("</Relationships>",
                "<Relationship Id=\"rId8\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"vbaProject.bin\"/></Relationships>", StringComparison.Ordinal));
        });
        foreach (var name in new[] { "花名册.xlsm", "花名册.xlsx" })
        {
            var done = await Rosters.Import(file, name: name);
            Assert.Equal((2, name.EndsWith('m') ? "new" : "unchanged", ""), Row(Assert.Single(await Rosters.Rows(done.Id))));
            using var result = new ZipArchive(new MemoryStream(await Download($"/api/rosters/{done.Id}/result.xlsx")));
            Assert.DoesNotContain(result.Entries, part => part.FullName.Contains("vba", StringComparison.OrdinalIgnoreCase) || part.FullName.Contains("external", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task takes_a_failed_formula_for_a_blank_and_says_so()
    {
        var (known, lost) = (RosterHost.NewId(), RosterHost.NewId());
        await Rosters.Import(Spreadsheets.Xlsx(Header, ["马燕", known, "西吉县", "将台堡镇", "初中"]));
        var file = Changed(Spreadsheets.Xlsx(Header, ["马燕", known, "西吉县", "将台堡镇", "甲"], ["李军", "乙", "西吉县", "将台堡镇", "初中"], ["#N/A", lost, "西吉县", "将台堡镇", "初中"]), zip =>
            Replace(zip, "xl/worksheets/sheet1.xml", text => text
                .Replace("<c r=\"E2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">甲</t></is></c>", "<c r=\"E2\" t=\"e\"><f>#REF!</f><v>#REF!</v></c>", StringComparison.Ordinal)
                .Replace("<c r=\"B3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">乙</t></is></c>", "<c r=\"B3\" t=\"e\"><f>VLOOKUP(A3,x,2,0)</f><v>#N/A</v></c>", StringComparison.Ordinal)));
        var done = await Rosters.Import(file);
        Assert.Equal(
            [(2, "unchanged", "formula-error"), (3, "error", "formula-error,id-missing"), (4, "error", "formula-error,name-missing")], (await Rosters.Rows(done.Id)).Select(Row));
        Assert.Empty((await Rosters.Station.Get($"/api/workers?q={lost}")).Is(200).Items);
        var shown = (await Rosters.Station.Get($"/api/workers?q={known}")).Is(200).Items.Single();
        Assert.Equal("junior-middle", (string?)(await Rosters.Station.Get($"/api/workers/{(string)shown["id"]!}")).Is(200).Json["education"]);
        var advice = (await Rosters.Station.Get($"/api/rosters/{done.Id}/rows")).Is(200).Items[0]["findings"]![0]!;
        Assert.Equal("文化程度", (string?)advice["column"]);
        Assert.Contains("数值", (string)advice["advice"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task never_reads_a_hidden_sheet()
    {
        var (hidden, shown) = (RosterHost.NewId(), RosterHost.NewId());
        foreach (var state in new[] { "hidden", "veryHidden" })
        {
            var only = Changed(Spreadsheets.Xlsx(Header, ["李军", hidden, "西吉县", "将台堡镇", ""]), zip =>
                Replace(zip, "xl/workbook.xml", text => text.Replace("sheetId=\"1\"", $"sheetId=\"1\" state=\"{state}\"", StringComparison.Ordinal)));
            var refused = (await Rosters.Send(only)).Is(422, "hidden-sheets");
            Assert.Contains("取消隐藏", (string)refused.Json["detail"]!, StringComparison.Ordinal);
        }

        var both = Changed(Spreadsheets.Xlsx(Header, ["李军", hidden, "西吉县", "将台堡镇", ""]), zip =>
        {
            Replace(zip, "xl/workbook.xml", text => text.Replace("sheetId=\"1\"", "sheetId=\"1\" state=\"hidden\"", StringComparison.Ordinal)
                .Replace("</sheets>", "<sheet name=\"二\" sheetId=\"2\" r:id=\"rId2\"/></sheets>", StringComparison.Ordinal));
            Replace(zip, "xl/_rels/workbook.xml.rels", text => text.Replace("</Relationships>", "<Relationship Id=\"rId2\" Target=\"worksheets/sheet2.xml\"/></Relationships>", StringComparison.Ordinal));
            Add(zip, "xl/worksheets/sheet2.xml", Part(Spreadsheets.Xlsx(Header, ["马燕", shown, "西吉县", "将台堡镇", ""]), "xl/worksheets/sheet1.xml"));
        });
        var done = await Rosters.Import(both);
        Assert.Equal((2, "new", ""), Row(Assert.Single(await Rosters.Rows(done.Id))));
        Assert.Empty((await Rosters.Station.Get($"/api/workers?q={hidden}")).Is(200).Items);
        Assert.Single((await Rosters.Station.Get($"/api/workers?q={shown}")).Is(200).Items);
    }

    [Fact]
    public async Task passes_over_a_million_empty_rows()
    {
        var file = Changed(Spreadsheets.Xlsx(Header, ["马燕", RosterHost.NewId(), "西吉县", "将台堡镇", "初中"]), zip => Replace(zip, "xl/worksheets/sheet1.xml", text =>
        {
            var rows = new StringBuilder();
            for (var row = 3; row <= 1_048_576; row++)
            {
                rows.Append("<row r=\"").Append(row).Append("\"><c r=\"A").Append(row).Append("\" s=\"1\"/></row>");
            }

            return text.Replace("</sheetData>", rows + "</sheetData>", StringComparison.Ordinal);
        }));
        var done = await Rosters.Import(file);
        Assert.Equal(("done", 1), ((string?)done.Json["state"], (int)done.Json["rows"]!));
    }

    [Fact]
    public async Task takes_marks_of_direction_out_of_names_and_numbers()
    {
        var id = RosterHost.NewId();
        var done = await Rosters.Import(Spreadsheets.Xlsx(
            [.. Header, "成员联系电话", "\u202A户编号\u202C"], ["\u202E马\u200F燕\u202C", $"\u2066{id[..6]}\u200B{id[6..]}\u2069", "\u200F西吉县", "将台堡镇\u061C", "初中", "\u2068139\u200E00001234\u2069", "\u202D640422000777"]));
        Assert.Equal((2, "new", ""), Row(Assert.Single(await Rosters.Rows(done.Id))));
        var worker = (string)(await Rosters.Station.Get($"/api/workers?q={id}")).Is(200).Items.Single()["id"]!;
        var clear = (await Rosters.Station.Post($"/api/workers/{worker}/reveal", new { purpose = "核对" })).Is(200).Json;
        Assert.Equal(("马燕", id, "13900001234"), ((string?)clear["name"], (string?)clear["residentId"], (string?)clear["phones"]![0]));
        Assert.Equal("640422000777", (string?)(await Rosters.Station.Get($"/api/workers/{worker}")).Is(200).Json["household"]!["number"]);
    }

    [Theory]
    [InlineData("花名册.xlsx")]
    [InlineData("花名册.csv")]
    public async Task refuses_the_row_with_a_cell_of_ten_megabytes_and_takes_the_others(string name)
    {
        var (bad, good) = (RosterHost.NewId(), RosterHost.NewId());
        string[][] rows = [Header, ["马燕", bad, "西吉县", "将台堡镇", new string('初', 10_000_000 / 3)], ["李军", good, "西吉县", "将台堡镇", "初中"]];
        var done = await Rosters.Import(name.EndsWith("csv", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(RosterFiles.Csv(rows[0], rows[1..])) : Spreadsheets.Xlsx(rows), name: name);
        var judged = await Rosters.Rows(done.Id);
        Assert.Equal(["error", "new"], judged.Select(row => row.Verdict));
        Assert.Contains("cell-too-long", judged[0].Codes, StringComparison.Ordinal);
        Assert.Empty((await Rosters.Station.Get($"/api/workers?q={bad}")).Is(200).Items);
    }

    [Fact]
    public async Task lets_no_formula_out_again_in_any_sheet()
    {
        const string Formula = "=cmd|calc";
        // Of one village: a sheet names 500 people at most, and others are in the register.
        var callSheet = $"/api/call-list/sheet.xlsx?purpose={Uri.EscapeDataString("春季摸底")}&division=640422103&village={Uri.EscapeDataString("+毛沟村")}";
        var id = RosterHost.NewId();
        var done = await Rosters.Import(Spreadsheets.Xlsx([.. Header, "村", "备注"], [Formula, id, "西吉县", "将台堡镇", "@SUM(A1)", "+毛沟村", "\t=1+1"]));
        var worker = (string)(await Rosters.Station.Get($"/api/workers?q={id}")).Is(200).Items.Single()["id"]!;
        foreach (var path in new[] { $"/api/rosters/{done.Id}/result.xlsx", $"/api/workers/{worker}/export.xlsx", callSheet })
        {
            using var document = SpreadsheetDocument.Open(new MemoryStream(await Download(path)), isEditable: false);
            var cells = document.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<Cell>()).ToList();
            Assert.Empty(cells.Where(cell => cell.CellFormula is not null || cell.DataType?.Value != CellValues.InlineString));
            Assert.Contains(cells, cell => cell.InnerText == "'" + Formula);
            Assert.DoesNotContain(cells, cell => cell.InnerText.TrimStart() is ['=' or '@', ..] or ['+' or '-', not (>= '0' and <= '9'), ..]);
        }
    }

    private static (int, string, string) Row((int Row, string Verdict, string Codes, string? Worker) row) => (row.Row, row.Verdict, row.Codes);

    private async Task<byte[]> Download(string path)
    {
        using var http = new HttpClient { BaseAddress = Rosters.Host.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Rosters.Host.Token(Rosters.Clerk));
        return await http.GetByteArrayAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
    }

    private static byte[] Changed(byte[] workbook, Action<ZipArchive> change)
    {
        var stream = new MemoryStream();
        stream.Write(workbook);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            change(zip);
        }

        return stream.ToArray();
    }

    private static void Add(ZipArchive zip, string path, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(path).Open());
        writer.Write(text);
    }

    private static void Replace(ZipArchive zip, string path, Func<string, string> change)
    {
        var entry = zip.GetEntry(path)!;
        string before;
        using (var reader = new StreamReader(entry.Open()))
        {
            before = reader.ReadToEnd();
        }

        var after = change(before);
        Assert.NotEqual(before, after);
        entry.Delete();
        Add(zip, path, after);
    }

    private static string Part(byte[] workbook, string path)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var reader = new StreamReader(zip.GetEntry(path)!.Open());
        return reader.ReadToEnd();
    }
}
