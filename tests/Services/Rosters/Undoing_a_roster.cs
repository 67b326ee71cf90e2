using LaborBridge.Contracts;
using Xunit;

namespace LaborBridge.Tests.Services.Rosters;

public abstract class Undoing_a_roster(RosterHost host) : RosterTest(host)
{
    [Fact]
    public async Task removes_who_was_new_and_withdraws_the_spell()
    {
        var id = RosterHost.NewId();
        var file = RosterHost.Households(RosterHost.Person(id, place: "福建省厦门市", months: "2"));
        var done = await Rosters.Import(file);
        var worker = Guid.Parse((await Rosters.Rows(done.Id))[0].Worker!);
        Assert.Equal(new { undone = 1, kept = 0 }, await Undo(done.Id));
        Assert.Equal("roster-undone", (await Rosters.Ear.Of<SelfFoundSpellWithdrawn>(worker)).Reason);
        await Rosters.Ear.Of<WorkerErased>(worker);
        (await Rosters.Station.Get($"/api/workers/{worker}")).Is(404);
        Assert.Equal("new", (await Rosters.Rows((await Rosters.Import(file)).Id))[0].Verdict);
        (await Rosters.Station.Post($"/api/rosters/{done.Id}/undo")).Is(409, "step-out-of-order");
    }

    [Fact]
    public async Task gives_what_was_changed_its_former_values()
    {
        var id = RosterHost.NewId();
        var first = await Rosters.Import(RosterHost.Households(RosterHost.Person(id, phone: "13800000000", status: "一般农户", place: "福建省厦门市", months: "2", number: "640422990020" + Rosters.Kind)));
        var worker = Guid.Parse((await Rosters.Rows(first.Id))[0].Worker!);
        var second = await Rosters.Import(RosterHost.Households(RosterHost.Person(id, phone: "13900000000", status: "一般农户", place: "福建省厦门市", months: "4", number: "640422990020" + Rosters.Kind)));
        Assert.Equal(2, (await Rosters.Station.Get($"/api/workers/{worker}")).Is(200).Json["phones"]!.AsArray().Count);
        Assert.Equal(new { undone = 1, kept = 0 }, await Undo(second.Id));
        Assert.Equal("138****0000", (string?)(await Rosters.Station.Get($"/api/workers/{worker}")).Is(200).Json["phones"]!.AsArray().Single());
        Assert.Equal(2, (await Rosters.Ear.Of<SelfFoundSpellReported>(worker, count: 3)).Months);
    }

    [Fact]
    public async Task ends_the_consents_that_it_brought()
    {
        var id = RosterHost.NewId();
        var first = await Rosters.Import(RosterHost.Households(RosterHost.Person(id)));
        var worker = Guid.Parse((await Rosters.Rows(first.Id))[0].Worker!);
        var wishes = await Rosters.Import(RosterHost.Wishes(["马燕", id, "愿意", "福建省", "", "", "同意"]), "wishes");
        await Rosters.Ear.Of<WorkerWilling>(worker);
        Assert.Equal(new { undone = 1, kept = 0 }, await Undo(wishes.Id));
        await Rosters.Ear.Of<ConsentWithdrawn>(worker);
        await Rosters.Ear.Of<WorkerNotWilling>(worker);
        Assert.Equal("registered", (string?)(await Rosters.Station.Get($"/api/workers/{worker}")).Is(200).Json["status"]);
    }

    [Fact]
    public async Task keeps_what_somebody_acted_on_since()
    {
        var (ma, li) = (RosterHost.NewId(), RosterHost.NewId());
        var done = await Rosters.Import(RosterHost.Households(RosterHost.Person(ma), RosterHost.Person(li, "李军")));
        await Rosters.Import(RosterHost.Wishes(["马燕", ma, "愿意", "", "", "", "同意"]), "wishes");
        Assert.Equal(new { undone = 1, kept = 1 }, await Undo(done.Id));
        var rows = (await Rosters.Station.Get($"/api/rosters/{done.Id}/rows")).Is(200).Items;
        Assert.Equal(["kept", "undone"], rows.Select(row => (string?)row["undone"]));
    }

    private async Task<object> Undo(string id)
    {
        (await Rosters.Station.Post($"/api/rosters/{id}/undo")).Is(202);
        var over = await Rosters.Over(id);
        Assert.Equal("done", (string?)over.Json["state"]);
        return new { undone = (int)over.Json["undo"]!["undone"]!, kept = (int)over.Json["undo"]!["kept"]! };
    }
}

[Collection(OnSqlite.Name)]
public sealed class Undoing_a_roster_on_SQLite(SqliteRosters host) : Undoing_a_roster(host);

[Collection(OnPostgreSql.Name)]
public sealed class Undoing_a_roster_on_PostgreSQL(PostgreSqlRosters host) : Undoing_a_roster(host);
