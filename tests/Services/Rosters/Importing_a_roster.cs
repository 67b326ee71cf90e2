using LaborBridge.Contracts;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Rosters;

public abstract class Importing_a_roster(RosterHost host) : RosterTest(host)
{
    [Fact]
    public async Task judges_in_a_dry_run_and_stores_at_the_commit()
    {
        var (ma, li) = (RosterHost.NewId(), RosterHost.NewId("19850101"));
        var file = RosterHost.Households(
            RosterHost.Person(ma, phone: "13800000000", status: "脱贫户", place: "福建省厦门市海沧区", months: "5", firm: "示例电子", number: "640422990001"),
            RosterHost.Person(li, "李军", months: "3"),
            RosterHost.Person(RosterHost.NewId("20180101"), "马小"),
            RosterHost.Person(RosterHost.NewId("20120101"), "马大", place: "福建省", months: "2"),
            RosterHost.Person(ma),
            RosterHost.Person("6.42223E+17", "丁一"));
        var dry = await Rosters.Import(file, mode: "dry-run");
        Assert.Equal(("done", "dry-run", 6), ((string)dry.Json["state"]!, (string)dry.Json["mode"]!, (int)dry.Json["rows"]!));
        Assert.Equal("""{"new":2,"updated":0,"unchanged":0,"duplicate":1,"nonLabour":1,"error":2,"warning":1}""", dry.Json["counts"]!.ToJsonString());
        Assert.Equal(
            [(3, "new", "", null), (4, "new", "work-incomplete", null), (5, "non-labour", "", null), (6, "error", "under-16", null), (7, "duplicate", "duplicate-in-file", null), (8, "error", "id-destroyed", null)],
            await Rosters.Rows(dry.Id));
        Assert.Empty((await Rosters.Station.Get($"/api/workers?q={ma}")).Is(200).Items);

        (await Rosters.Station.Post($"/api/rosters/{dry.Id}/commit")).Is(202);
        var done = await Rosters.Over(dry.Id);
        Assert.Equal(("done", "commit"), ((string)done.Json["state"]!, (string)done.Json["mode"]!));
        Assert.Equal(dry.Json["counts"]!.ToJsonString(), done.Json["counts"]!.ToJsonString());
        var worker = Guid.Parse((await Rosters.Rows(dry.Id, "new"))[0].Worker!);
        Assert.Equal("640422103", (await Rosters.Ear.Of<WorkerRecorded>(worker)).HomeDivision);
        var spell = await Rosters.Ear.Of<SelfFoundSpellReported>(worker);
        Assert.Equal(("350205", 5, "self", Guid.Parse(dry.Id)), (spell.WorkplaceDivision, spell.Months, spell.Channel, spell.Roster));
        var shown = (await Rosters.Station.Get($"/api/workers/{worker}")).Is(200);
        Assert.Equal(("640422990001", "out-of-poverty"), ((string)shown.Json["household"]!["number"]!, (string)shown.Json["household"]!["statuses"]![0]!["code"]!));
        (await Rosters.Station.Post($"/api/rosters/{dry.Id}/commit")).Is(409, "step-out-of-order");
    }

    [Fact]
    public async Task changes_nothing_when_it_is_repeated_and_updates_what_is_new()
    {
        var (ma, li) = (RosterHost.NewId(), RosterHost.NewId());
        string[] working = RosterHost.Person(ma, phone: "13800000000", place: "福建省厦门市", months: "2", status: "脱贫户", number: "640422990010");
        var first = await Rosters.Import(RosterHost.Households(working, RosterHost.Person(li, "李军")));
        var worker = Guid.Parse((await Rosters.Rows(first.Id))[0].Worker!);
        var second = await Rosters.Import(RosterHost.Households(working, RosterHost.Person(li, "李军", phone: "13900000000")));
        Assert.Equal([(3, "unchanged", "", null), (4, "updated", "", (await Rosters.Rows(first.Id))[1].Worker)], await Rosters.Rows(second.Id));
        await Rosters.Ear.Of<WorkerRecorded>(Guid.Parse((await Rosters.Rows(second.Id))[1].Worker!), count: 2);
        Assert.Single(Rosters.Ear.HeardOf<SelfFoundSpellReported>(worker));
        var blank = await Rosters.Import(RosterHost.Households(RosterHost.Person(ma), RosterHost.Person(li, "李军")));
        Assert.All(await Rosters.Rows(blank.Id), row => Assert.Equal("unchanged", row.Verdict));
    }

    [Fact]
    public async Task makes_workers_willing_by_the_wish_sheet()
    {
        var (ma, nobody) = (RosterHost.NewId(), RosterHost.NewId());
        var households = await Rosters.Import(RosterHost.Households(RosterHost.Person(ma)));
        var worker = Guid.Parse((await Rosters.Rows(households.Id))[0].Worker!);
        byte[] sheet = RosterHost.Wishes(["马燕", ma, "愿意", "福建省厦门市", "缝纫工", "5000", "同意"], ["李军", nobody, "愿意", "", "", "", "同意"]);
        var wishes = await Rosters.Import(sheet, "wishes");
        Assert.Equal([(2, "updated", "", worker.ToString()), (3, "error", "not-registered", null)], await Rosters.Rows(wishes.Id));
        var willing = await Rosters.Ear.Of<WorkerWilling>(worker);
        Assert.Equal(("garment-sewing", "3502", 500_000L), (willing.Trades[0], willing.Places[0], willing.MonthlyPayFen));
        Assert.Equal("willing", (string?)(await Rosters.Station.Get($"/api/workers/{worker}")).Is(200).Json["status"]);
        Assert.Equal("unchanged", (await Rosters.Rows((await Rosters.Import(sheet, "wishes")).Id))[0].Verdict);

        await Rosters.Import(RosterHost.Wishes(["马燕", ma, "", "", "", "", "不同意"]), "wishes");
        Assert.Equal("consent-withdrawn", (await Rosters.Ear.Of<WorkerNotWilling>(worker)).Reason);
    }

    [Fact]
    public async Task reads_gbk_csv_with_wrapped_numbers()
    {
        var rows = RosterFiles.Households(300, seed: 31 + (int)Rosters.Kind, RosterHost.Today.Year, RosterHost.Today).ToList();
        var done = await Rosters.Import(RosterFiles.GbkCsv(RosterFiles.HouseholdColumns, rows), name: "西吉县.csv");
        Assert.Equal(("done", "gb18030", 300), ((string)done.Json["state"]!, (string)done.Json["encoding"]!, (int)done.Json["rowsDone"]!));
        var counts = done.Json["counts"]!;
        Assert.Equal((0, 0, 300), ((int)counts["error"]!, (int)counts["duplicate"]!, (int)counts["new"]! + (int)counts["nonLabour"]!));
        Assert.Contains("政治面貌", done.Json["columns"]!["notStored"]!.AsArray().Select(name => (string?)name));
    }

    [Fact]
    public async Task leaves_people_of_other_stations_alone_and_tells_nothing_of_them()
    {
        var ma = RosterHost.NewId();
        await Rosters.Import(RosterHost.Households(RosterHost.Person(ma)));
        var file = RosterFiles.Xlsx(["姓名", "证件号码", "县"], [["马燕", ma, "彭阳县"], ["李军", RosterHost.NewId(), "西吉县"]]);
        var other = await Rosters.Import(file, by: Rosters.Pengyang);
        var rows = (await Rosters.Pengyang.Get($"/api/rosters/{other.Id}/rows")).Is(200);
        Assert.Equal(["duplicate-elsewhere", "outside-scope"], rows.Items.Select(item => (string?)item["findings"]![0]!["code"]));
        Assert.DoesNotContain("workerId\":\"", rows.Text, StringComparison.Ordinal);
        (await Rosters.Station.Get($"/api/rosters/{other.Id}")).Is(404);
        (await Rosters.Station.Get($"/api/rosters/{other.Id}/result.xlsx")).Is(404);
        (await Rosters.Station.Post($"/api/rosters/{other.Id}/undo")).Is(404);
    }

    [Fact]
    public async Task speaks_the_readers_language_and_masks_names()
    {
        var done = await Rosters.Import(RosterHost.Households(RosterHost.Person("64990119900307", "马玉梅")), mode: "dry-run");
        var chinese = (await Rosters.Station.Get($"/api/rosters/{done.Id}/rows?verdict=error")).Is(200).Items.Single();
        var english = (await Rosters.Station.Get($"/api/rosters/{done.Id}/rows?verdict=error", "en")).Is(200).Items.Single();
        Assert.Equal(("马**", "证件号码", "resident ID"), ((string)chinese["name"]!, (string)chinese["findings"]![0]!["column"]!, (string)english["findings"]![0]!["column"]!));
        Assert.Contains("位数", (string)chinese["findings"]![0]!["message"]!, StringComparison.Ordinal);
        (await Rosters.Station.Get($"/api/rosters/{done.Id}/rows?verdict=bad")).Is(400, "validation");
    }
}

[Collection(OnSqlite.Name)]
public sealed class Importing_a_roster_on_SQLite(SqliteRosters host) : Importing_a_roster(host);

[Collection(OnPostgreSql.Name)]
public sealed class Importing_a_roster_on_PostgreSQL(PostgreSqlRosters host) : Importing_a_roster(host);
