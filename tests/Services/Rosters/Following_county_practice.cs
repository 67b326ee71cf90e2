using System.Text;
using LaborBridge.Contracts;
using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Services.Rosters;

public abstract class Following_county_practice(RosterHost host) : RosterTest(host)
{
    private static readonly string[] Columns =
        ["县", "乡", "姓名", "证件号码", "出生日期", "年度", "劳动技能", "务工时间（月）", "务工企业名称", "务工所在地", "成员联系电话", "户编号", "文化程度", "政治面貌", "是否享受低保", "户主证件号码", "民族"];

    [Fact]
    public async Task takes_the_column_named_skill_for_labour_capacity()
    {
        var done = await Import(Row(RosterHost.NewId(), capacity: "技能劳动力"));
        var worker = await Stored(done);
        Assert.Equal("skilled", (string?)worker.Json["labourCapacity"]);
        Assert.Empty(worker.Json["skills"]!.AsArray());
    }

    [Fact]
    public async Task counts_a_child_without_work_and_keeps_nothing_of_it()
    {
        var (child, baby) = (RosterHost.NewId("20150307"), "2024/5/1");
        var done = await Import(Row(child, "马小童"), Row("", "马小宝", birth: baby));
        Assert.Equal((2, 0, 0), (Count(done, "nonLabour"), Count(done, "new"), Count(done, "error")));
        Assert.Empty((await Rosters.Station.Get($"/api/workers?q={child}")).Is(200).Items);
        Assert.All(await RowsOf(done), row => Assert.Null((string?)row["name"]));
    }

    [Fact]
    public async Task refuses_a_child_at_work_now_or_when_the_work_began()
    {
        var nearlySeventeen = RosterHost.Today.AddYears(-16).AddMonths(-1);
        var lastYear = RosterHost.Today.Year - 1;
        var done = await Import(
            Row(RosterHost.NewId("20150307"), place: "福建省厦门市", months: "2"),
            Row(RosterHost.NewId(nearlySeventeen.ToString("yyyyMMdd")), place: "福建省厦门市", months: "3", year: lastYear));
        Assert.Equal(["under-16", "under-16"], (await Rosters.Rows(done.Id, "error")).Select(row => row.Codes));
        Assert.Equal(0, Count(done, "new"));
    }

    [Fact]
    public async Task warns_where_workplace_and_months_do_not_come_together_or_capacity_says_none()
    {
        var done = await Import(
            Row(RosterHost.NewId(), place: "福建省厦门市"), Row(RosterHost.NewId(), months: "3"), Row(RosterHost.NewId(), place: "福建省厦门市", months: "2", capacity: "无劳动力"));
        Assert.Equal(["work-incomplete", "work-incomplete", "capacity-contradicts-work"], (await Rosters.Rows(done.Id, "new")).Select(row => row.Codes));
        Assert.Equal(3, Count(done, "warning"));
    }

    [Fact]
    public async Task warns_of_spells_that_share_months_and_keeps_the_first()
    {
        var id = RosterHost.NewId();
        var lastYear = RosterHost.Today.Year - 1;
        var first = await Import(Row(id, place: "福建省厦门市", months: "6", year: lastYear));
        var worker = Guid.Parse((await Rosters.Rows(first.Id, "new"))[0].Worker!);
        await Rosters.Ear.Of<SelfFoundSpellReported>(worker);
        var second = await Import(Row(id, place: "福建省泉州市", months: "3", year: lastYear, phone: "13800001234"));
        var row = Assert.Single(await Rosters.Rows(second.Id));
        Assert.Equal(("updated", "spell-overlap"), (row.Verdict, row.Codes));
        Assert.Equal("3502", Assert.Single(Rosters.Ear.HeardOf<SelfFoundSpellReported>(worker)).WorkplaceDivision);
    }

    [Fact]
    public async Task never_erases_by_a_blank_cell()
    {
        var id = RosterHost.NewId();
        var first = await Import(Row(id, capacity: "普通劳动力", phone: "13800004321", number: "640422990777", education: "高中"));
        var before = await Stored(first);
        var second = await Import(Row(id));
        Assert.Equal("unchanged", Assert.Single(await Rosters.Rows(second.Id)).Verdict);
        var after = (await Rosters.Station.Get($"/api/workers/{before.Id}")).Is(200).Json;
        Assert.Equal(("ordinary", "640422990777", "senior-middle", 1),
            ((string)after["labourCapacity"]!, (string)after["household"]!["number"]!, (string)after["education"]!, after["phones"]!.AsArray().Count));
    }

    [Fact]
    public async Task leaves_columns_outside_that_must_not_be_kept()
    {
        var (party, allowance, headId, group) = ("民建会员甲乙丙", "享受低保丁戊己", RosterHost.NewId("19600101"), "东乡族庚辛");
        var row = Row(RosterHost.NewId());
        (row[13], row[14], row[15], row[16]) = (party, allowance, headId, group);
        var done = await Import(row);
        Assert.Equal(["政治面貌", "是否享受低保", "户主证件号码", "民族"], done.Json["columns"]!["notStored"]!.AsArray().Select(name => (string)name!));
        await Stored(done);
        var kept = await EveryText();
        Assert.Contains(kept, text => text.Contains("县", StringComparison.Ordinal)); // the report on the columns, so that something was looked at
        Assert.DoesNotContain(kept, text => text.Contains(party, StringComparison.Ordinal) || text.Contains(allowance, StringComparison.Ordinal) || text.Contains(headId, StringComparison.Ordinal)
            || text.Contains(group, StringComparison.Ordinal));
    }

    private static string[] Row(
        string id, string name = "马燕", string birth = "", int? year = null, string capacity = "", string months = "", string place = "", string phone = "", string number = "", string education = "") =>
        ["西吉县", "将台堡镇", name, id, birth, $"{year ?? RosterHost.Today.Year}", capacity, months, "", place, phone, number, education, "", "", "", ""];

    private static int Count(Heard roster, string verdict) => (int)roster.Json["counts"]![verdict]!;

    private Task<Heard> Import(params string[][] rows) => Rosters.Import(RosterFiles.Xlsx(Columns, rows));

    private async Task<Heard> Stored(Heard roster) => (await Rosters.Station.Get($"/api/workers/{(await Rosters.Rows(roster.Id, "new"))[0].Worker}")).Is(200);

    private async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> RowsOf(Heard roster) => (await Rosters.Station.Get($"/api/rosters/{roster.Id}/rows")).Is(200).Items;

    private async Task<List<string>> EveryText()
    {
        var db = Rosters.Host.Services.GetRequiredService<Db<WorkersService>>();
        var texts = await db.Read(async tx => (await tx.Query<string>(Sql.Text("SELECT body FROM stream_log"))).Concat(await tx.Query<string>(Sql.Text("SELECT column_report FROM rosters WHERE column_report IS NOT NULL")))
            .Concat(await tx.Query<string>(Sql.Text("SELECT findings FROM roster_rows WHERE findings IS NOT NULL"))).Concat(await tx.Query<string>(Sql.Text("SELECT detail FROM worker_steps WHERE detail IS NOT NULL"))).ToList());
        var parts = await db.Read(tx => tx.Query<byte[]>(Sql.Text("SELECT content FROM roster_parts")));
        var people = await db.Read(tx => tx.Query<WorkerRow>(Sql.Text($"SELECT {WorkerStore.Columns} FROM workers w")));
        var sealing = Rosters.Host.Services.GetRequiredService<Sealing>();
        return [.. texts, .. parts.Select(Encoding.UTF8.GetString), .. people.Select(sealing.Open).OfType<Person>().SelectMany(person => new[] { person.Health, person.EthnicGroup, person.AddressText }).OfType<string>()];
    }
}

[Collection(OnSqlite.Name)]
public sealed class Following_county_practice_on_SQLite(SqliteRosters host) : Following_county_practice(host);

[Collection(OnPostgreSql.Name)]
public sealed class Following_county_practice_on_PostgreSQL(PostgreSqlRosters host) : Following_county_practice(host);
