using System.Net.Http.Headers;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;
using LaborBridge.Workers.Calls;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

public abstract class Calling_workers(WorkersHost host) : WorkersTest(host)
{
    private const string Town = "640422102";

    [Fact]
    public async Task begins_with_those_whom_nobody_has_tried_and_says_when_last_somebody_did()
    {
        var village = "先锋村";
        var (tried, fresh) = (await Register(village), await Register(village));
        var recorded = (await Workers.Station.Post($"/api/workers/{tried.Id}/calls", new { outcome = "no-answer" })).Is(200);
        Assert.Equal(1, (int)recorded.Json["attempts"]!);
        (await Workers.Station.Post($"/api/workers/{tried.Id}/calls", new { outcome = "later" })).Is(200);

        var lines = (await List(village)).Items;
        Assert.Equal([fresh.Id, tried.Id], lines.Select(line => (string)line["id"]!));
        Assert.Equal((0, null, 2, "later"), ((int)lines[0]["attempts"]!, (string?)lines[0]["triedAt"], (int)lines[1]["attempts"]!, (string?)lines[1]["outcome"]));
        Assert.NotNull(lines[1]["triedAt"]);
        Assert.Contains((await Workers.Station.Get($"/api/workers/{tried.Id}/timeline")).Is(200).Items, step => (string)step["kind"]! == "called" && (string?)step["detail"] == "no-answer");
        (await Workers.Station.Post($"/api/workers/{tried.Id}/calls", new { outcome = "hung-up" })).Is(400, "validation");
        (await Workers.Pengyang.Post($"/api/workers/{tried.Id}/calls", new { outcome = "later" })).Is(404, "not-found");
    }

    [Fact]
    public async Task goes_village_by_village_with_the_cursor()
    {
        var (one, other) = ("毛坪村", "火集村");
        var wanted = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            wanted.Add((await Register(one)).Id);
            await Register(other);
        }

        (await Workers.Station.Post($"/api/workers/{wanted[1]}/calls", new { outcome = "switched-off" })).Is(200);
        var (seen, next) = (new List<string>(), "");
        do
        {
            var part = await List(one, $"&limit=1{next}");
            seen.AddRange(part.Items.Select(item => (string)item["id"]!));
            Assert.All(part.Items, item => Assert.Equal(one, (string?)item["village"]));
            next = (string?)part.Json["next"] is { } cursor ? $"&cursor={cursor}" : "";
        }
        while (next.Length > 0);
        Assert.Equal([wanted[0], wanted[2], wanted[1]], seen);
        Assert.Equal("town-needed", (await Workers.Station.Get($"/api/call-list?village={Uri.EscapeDataString(one)}")).Is(400, "validation").FieldCode("division"));
    }

    [Fact]
    public async Task takes_the_wish_sheet_with_the_names_of_the_list_and_its_upload()
    {
        var village = "包庄村";
        var id = WorkersHost.NewId();
        var worker = await Register(village, id);
        await Register(village);
        var path = $"/api/call-list/sheet.xlsx?division={Town}&village={Uri.EscapeDataString(village)}";
        var before = await Entries();
        Assert.Equal("required", (await Workers.Station.Get(path)).Is(400, "validation").FieldCode("purpose"));
        (await Workers.Official.Get($"{path}&purpose=x")).Is(403, "forbidden-scope");
        (await Workers.Collector().Get($"{path}&purpose=x")).Is(403, "forbidden-scope");
        Assert.Equal(before, await Entries());
        (await Workers.Station.Get($"{path}&purpose={Uri.EscapeDataString("春季摸底")}")).Is(200);
        Assert.True(await Entries() >= before + 2, "both people on the sheet stand in the access log");

        var sheet = await Sheet(village);
        Assert.Equal(["姓名", "证件号码", "成员联系电话", "村", "外出意愿", "意向地区", "意向工种", "期望月薪", "可出发日期", "食宿要求", "技能证书", "会讲语言", "同行人", "同意推荐", "同意方式", "摸底日期"], sheet[0]);
        Assert.Equal(2, sheet.Count - 1);
        var filled = sheet.Select(row => row.Concat(Enumerable.Repeat("", sheet[0].Length - row.Length)).ToArray()).ToArray();
        var own = filled.Single(row => row[1] == id);
        (own[4], own[5], own[6], own[7], own[13]) = ("愿意", "厦门", "缝纫工", "5000", "同意");
        var roster = await Upload(Spreadsheets.Xlsx(filled));
        Assert.Equal((1, 1, 0), ((int)roster.Json["counts"]!["updated"]!, (int)roster.Json["counts"]!["unchanged"]!, (int)roster.Json["counts"]!["error"]!));
        Assert.Equal("willing", (string?)(await Workers.Station.Get($"/api/workers/{worker.Id}")).Json["status"]);
        Assert.DoesNotContain((await List(village)).Items, item => (string)item["id"]! == worker.Id);
    }

    private async Task<Heard> Register(string village, string? id = null) => (await Workers.Station.Post("/api/workers", new
    {
        name = "马燕", residentId = id ?? WorkersHost.NewId(), phones = new[] { "13800000000" }, hukou = "640422", address = new { division = Town, text = $"{village}三组" },
    })).Is(201);

    private async Task<Heard> List(string village, string more = "") =>
        (await Workers.Station.Get($"/api/call-list?division={Town}&village={Uri.EscapeDataString(village)}{more}")).Is(200);

    private async Task<long> Entries() => (long)(await Workers.Official.Get("/api/access-log/verification")).Is(200).Json["entries"]!;

    private async Task<List<string[]>> Sheet(string village)
    {
        var sealing = Workers.Host.Services.GetRequiredService<Sealing>();
        var db = Workers.Host.Services.GetRequiredService<Db<WorkersService>>();
        var lines = await db.Read(tx => CallStore.Next(tx, WorkersHost.Xiji, new CallFilter(Town, village), new PageRequest(DownloadCallSheet.Most - 1, After: null), sealing));
        using var document = SpreadsheetDocument.Open(DownloadCallSheet.Write(lines), isEditable: false);
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        return [.. document.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().Select(cell => cell.InnerText).ToArray())];
    }

    private async Task<Heard> Upload(byte[] file)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var sent = (await Workers.Station.Post("/api/rosters?sheet=wishes&mode=commit", new MultipartFormDataContent { { content, "file", "摸底表.xlsx" } })).Is(202);
        return await Wait.For(async () => (await Workers.Station.Get($"/api/rosters/{sent.Id}")).Is(200) is { } now && (string?)now.Json["state"] is "done" or "failed" ? now : null, "the sheet is read");
    }
}

[Collection(OnSqlite.Name)]
public sealed class Calling_workers_on_SQLite(SqliteWorkers host) : Calling_workers(host);

[Collection(OnPostgreSql.Name)]
public sealed class Calling_workers_on_PostgreSQL(PostgreSqlWorkers host) : Calling_workers(host);
