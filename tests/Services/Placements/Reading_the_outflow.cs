using System.IO.Compression;
using System.Text;
using LaborBridge.Contracts;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Xunit;
using static LaborBridge.Tests.Services.Placements.Office;

namespace LaborBridge.Tests.Services.Placements;

public sealed class Reading_the_outflow_on_sqlite(OfficeOnSqlite office) : Reading_the_outflow(office), IClassFixture<OfficeOnSqlite>;

public sealed class Reading_the_outflow_on_postgresql(OfficeOnPostgreSql office) : Reading_the_outflow(office), IClassFixture<OfficeOnPostgreSql>;

public abstract class Reading_the_outflow(Office office)
{
    [Fact]
    public async Task shows_each_caller_his_own_people()
    {
        await Spell("640425", "350211", "station");
        var host = await office.Open();
        var path = $"/api/outflow/indicators?from={Day(Today.AddYears(-1))}&by=county";
        Assert.Contains(Keys(await host.As(Role.Official, "pengyang", "640425").Get(path)), key => key == "640425");
        Assert.DoesNotContain(Keys(await host.As(Role.Official, "longde", "640423").Get(path)), key => key == "640425");
        Assert.Contains(Keys(await host.As(Role.Official, "jimei", "350211").Get(path)), key => key == "640425");
        Assert.Equal(["350211"], Keys(await host.As(Role.Official, "jimei", "350211").Get(path + "&side=receiving")));
        Assert.Contains(Keys(await host.As(Role.Official, "ningxia", "64").Get(path.Replace("county", "pairing"))), key => key == "640425-350211");
        (await (await office.Hr()).Get(path)).Is(403);
        (await host.As(Role.Official, "pengyang", "640425").Get("/api/outflow/indicators?by=weather")).Is(400, "validation");
    }

    [Fact]
    public async Task draws_flows_and_returns()
    {
        var spell = await Spell("640424101", "350212", "relatives");
        var host = await office.Open();
        var official = host.As(Role.Official, "jingyuan", "640424");
        var path = $"/api/outflow/flows?from={Day(Today.AddYears(-1))}";
        var flows = (await official.Get(path)).Is(200);
        var link = Assert.Single(flows.Json["links"]!.AsArray())!;
        Assert.Equal(("home:640424", "work:3502", 1), ((string)link["from"]!, (string)link["to"]!, (int)link["people"]!));
        Assert.Empty(flows.Json["returns"]!.AsArray());
        (await official.Post($"/api/placements/{spell}/steps", new { kind = "left", on = Day(Today), reason = "returned" })).Is(201);
        var back = Assert.Single((await official.Get(path)).Json["returns"]!.AsArray())!;
        Assert.Equal(("work:3502", "back:640424"), ((string)back["from"]!, (string)back["to"]!));
        Assert.StartsWith("[{\"month\":1,", (await official.Get("/api/outflow/retention?by=county&key=640424")).Is(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task lists_who_is_to_be_followed_up()
    {
        var spell = await Spell("640423", "350121", "station");
        var clerk = (await office.Open()).As(Role.Station, "longde", "640423");
        var due = Assert.Single((await clerk.Get("/api/follow-ups")).Is(200).Items);
        Assert.Equal((spell, 3), ((string)due["placement"]!["id"]!, (int)due["month"]!));
        Assert.Contains((await clerk.Get("/api/outflow/alerts")).Items, alert => (string)alert["code"]! == "follow-up-due" && (string)alert["placementId"]! == spell);
        foreach (var month in new object[] { 1, 2, Today.AddMonths(-2).ToString("yyyy-MM") })
        {
            (await clerk.Post($"/api/placements/{spell}/steps", new { kind = "evidence", on = Day(Today), month, evidence = "phone" })).Is(201);
        }

        Assert.Empty((await clerk.Get("/api/follow-ups")).Items);
    }

    [Fact]
    public async Task warns_of_trips_without_roll_call_and_of_who_was_refused()
    {
        var placement = await office.Hire(await office.Worker("640521"), on: Today.AddDays(-9));
        var clerk = (await office.Open()).As(Role.Station, "zhongning", "640521");
        var trip = (await clerk.Post("/api/trips", new { mode = "train", capacity = 9, legs = new[] { new { from = "中宁", to = "厦门", departsAt = $"{Day(Today.AddDays(-8))}T01:00:00Z" } } })).Is(201).Id;
        (await clerk.Post($"/api/trips/{trip}/passengers", new { placementId = placement, kind = "new" })).Is(201);
        Assert.Contains((await clerk.Get("/api/outflow/alerts")).Items, alert => (string)alert["code"]! == "roll-call-missing" && (string)alert["tripId"]! == trip);
        (await clerk.Post($"/api/trips/{trip}/roll-call", new { present = new[] { placement } })).Is(200);
        (await clerk.Post($"/api/placements/{placement}/steps", new { kind = "arrived", on = Day(Today.AddDays(-5)) })).Is(201);
        (await clerk.Post($"/api/placements/{placement}/steps", new { kind = "refused", on = Day(Today.AddDays(-5)), reason = "岗位已满" })).Is(201);
        var alerts = (await clerk.Get("/api/outflow/alerts", language: "en")).Items;
        Assert.DoesNotContain(alerts, alert => (string)alert["code"]! == "roll-call-missing");
        Assert.StartsWith("Refused", (string)alerts.Single(alert => (string)alert["code"]! == "refused-at-gate")["sentence"]!, StringComparison.Ordinal);
        Assert.True((await office.Ear.Of<PlacementEnded>(placement)).SeatFreed);
    }

    [Fact]
    public async Task keeps_dated_targets()
    {
        var host = await office.Open();
        var official = host.As(Role.Official, "haiyuan", "640522");
        var plan = (await official.Get("/api/outflow/targets?year=2025")).Is(200).Items;
        Assert.Equal(100_000, (double)plan.Single(target => (string)target["indicator"]! == "workersTransferred")["value"]!);
        var path = $"/api/outflow/targets/640522/{Today.Year}/stable3Rate";
        var body = new { value = 0.8, dueOn = $"{Today.Year}-12-31", source = "县年度计划" };
        (await official.Put(path, body)).Is(428, "if-match-required");
        Assert.Equal("\"1\"", (await official.Put(path, body, ifMatch: "\"0\"")).Is(200).ETag);
        (await official.Put(path, body, ifMatch: "\"0\"")).Is(412, "stale-version");
        (await official.Put(path, body with { value = 80 }, ifMatch: "\"1\"")).Is(400, "validation");
        (await host.As(Role.Official, "xiji", "640422").Put(path, body, ifMatch: "\"1\"")).Is(403, "forbidden-scope");
    }

    [Fact]
    public async Task prints_the_month_with_its_place_in_the_ledger()
    {
        await Spell("640402", "350105", "station");
        var host = await office.Open();
        var answer = (await host.As(Role.Official, "ningxia", "64").Get("/api/outflow/report.xlsx")).Is(200);
        Assert.StartsWith("PK", answer.Text, StringComparison.Ordinal);
        var sealing = await office.Ear.Of<LedgerSealed>(Guid.Empty);
        Assert.Equal(64, sealing.HeadHash.Length);
        var content = await LaborBridge.Placements.Indicators.MonthlyReport.Handle(
            Db(host), (LaborBridge.Placements.Indicators.OutflowBook)host.Services.GetService(typeof(LaborBridge.Placements.Indicators.OutflowBook))!, Caller.System, month: null, knownAt: "",
            new LaborBridge.Placements.PlacementsOptions { Demo = true }, TimeProvider.System);
        using var zip = new ZipArchive(new MemoryStream(LaborBridge.Placements.Indicators.ReportWorkbook.Write(content)));
        var text = string.Concat(zip.Entries.Where(entry => entry.FullName.Contains("sheet", StringComparison.Ordinal)).Select(entry => new StreamReader(entry.Open(), Encoding.UTF8).ReadToEnd()));
        Assert.Contains("演示数据", text, StringComparison.Ordinal);
        Assert.Contains(content.Hash, text, StringComparison.Ordinal);
        Assert.Contains("原州区", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<x:f>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task compares_with_reported_figures_without_claiming_them()
    {
        var figures = (await (await office.Sending()).Get("/api/outflow/reference")).Is(200).Items;
        var cumulative = figures.Single(figure => (string)figure["key"]! == "transfers_cumulative");
        Assert.Equal(("人次", 330_000), ((string)cumulative["unit"]!, (long)cumulative["reported"]!));
        Assert.All(figures, figure => Assert.NotEmpty((string)figure["source"]!));
        Assert.All(figures, figure => Assert.All(["label", "scope", "source", "note"], words => Assert.DoesNotMatch("[A-Za-z]", (string)figure[words]!)));
        var english = (await (await office.Sending()).Get("/api/outflow/reference", "en")).Is(200).Items;
        Assert.All(english, figure => Assert.All(["label", "scope", "source", "note"], words => Assert.DoesNotMatch("[\\u4e00-\\u9fff]", (string)figure[words]!)));
        Assert.All(figures.Where(figure => !(bool)figure["comparable"]!), figure => Assert.StartsWith("不可直接比较", (string)figure["note"]!, StringComparison.Ordinal));
    }

    private static string[] Keys(Heard answer) => [.. answer.Is(200).Json["rows"]!.AsArray().Select(row => (string)row!["key"]!)];

    private async Task<string> Spell(string home, string workplace, string channel) => (await (await office.Open()).As(Role.Official, "both", "64", "35").Post("/api/placements", new
    {
        workerId = await office.Worker(home),
        source = "self-reported",
        employer = new { id = office.Firm },
        workplace = new { division = workplace },
        channel,
        startedOn = Day(Today.AddMonths(-4)),
        monthlyPay = 5000,
    })).Is(201).Id;
}
