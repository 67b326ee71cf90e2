using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;
using LaborBridge.Workers.Rosters;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Services.Rosters;

[Collection(OnSqlite.Name)]
public sealed class Downloading_the_result(SqliteRosters host) : RosterTest(host)
{
    [Fact]
    public async Task gives_their_file_with_status_and_reason_as_text()
    {
        var id = RosterHost.NewId();
        var file = RosterFiles.Csv(["姓名", "证件号码", "县", "政治面貌", "备注"], [["马燕", id, "西吉县", "群众", "=cmd|' /C calc'!A0"], ["李军", "6.42223E+17", "西吉县", "党员", "+86 13800000000"]]);
        var done = await Rosters.Import(System.Text.Encoding.UTF8.GetBytes(file), mode: "dry-run", name: "名单.csv");
        (await Rosters.Station.Get($"/api/rosters/{done.Id}/result.xlsx")).Is(200);
        var rows = Read(await Result(Guid.Parse(done.Id)));
        Assert.Equal(["姓名", "证件号码", "县", "政治面貌", "备注", "原行号", "状态", "原因和建议"], rows[0].Select(cell => cell.Text));
        Assert.Equal(["马燕", id, "西吉县", "'=cmd|' /C calc'!A0", "2", "新增"], rows[1].Select(cell => cell.Text));
        Assert.Equal(["+86 13800000000", "3", "错误（未导入）"], rows[2].Skip(3).Take(3).Select(cell => cell.Text));
        Assert.Contains("“文本”格式", rows[2][^1].Text, StringComparison.Ordinal);
        Assert.Equal((0u, (uint)RowColour.Error), (rows[1][0].Style, rows[2][0].Style));
        Assert.All(rows.SelectMany(row => row), cell => Assert.True(cell.IsText));
    }

    private async Task<MemoryStream> Result(Guid id)
    {
        var db = Rosters.Host.Services.GetRequiredService<Db<WorkersService>>();
        var roster = await db.Read(tx => RosterStore.Find(tx, id));
        return await DownloadResult.Write(roster!, db, Rosters.Host.Services.GetRequiredService<UploadVault>(), Language.Zh, CancellationToken.None);
    }

    private static List<List<(string Text, uint Style, bool IsText)>> Read(MemoryStream stream)
    {
        using var document = SpreadsheetDocument.Open(stream, isEditable: false);
        var sheet = document.WorkbookPart!.WorksheetParts.Single().Worksheet;
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        return [.. sheet.Descendants<Row>().Select(row => row.Elements<Cell>().Select(cell => (cell.InnerText, cell.StyleIndex?.Value ?? 0, cell.DataType?.Value == CellValues.InlineString)).ToList())];
    }
}
