using LaborBridge.Contracts;
using Xunit;
using static LaborBridge.Tests.Services.Placements.Office;

namespace LaborBridge.Tests.Services.Placements;

public sealed class Hearing_of_a_hire_on_sqlite(OfficeOnSqlite office) : Hearing_of_a_hire(office), IClassFixture<OfficeOnSqlite>;

public sealed class Hearing_of_a_hire_on_postgresql(OfficeOnPostgreSql office) : Hearing_of_a_hire(office), IClassFixture<OfficeOnPostgreSql>;

public abstract class Hearing_of_a_hire(Office office)
{
    [Fact]
    public async Task ends_it_at_once_when_a_clerk_recorded_other_work_meanwhile()
    {
        var worker = await office.Worker();
        var sending = await office.Sending();
        var found = (await sending.Post("/api/placements", new
        {
            workerId = worker, source = "self-reported", employer = new { name = "自找单位" }, workplace = new { division = "350205" }, channel = "relatives", startedOn = Day(Today.AddDays(-20)),
        })).Is(201).Id;

        var hired = await office.Hire(worker, on: Today);

        var ended = await office.Ear.Of<PlacementEnded>(hired);
        Assert.True(ended.SeatFreed);
        Assert.Equal("left", (string?)(await sending.Get($"/api/placements/{hired}")).Json["state"]);
        Assert.Equal("on-post", (string?)(await sending.Get($"/api/placements/{found}")).Json["state"]);
        Assert.False(Assert.Single(office.Ear.HeardOf<PlacementOpened>(hired)).Running);
    }
}
