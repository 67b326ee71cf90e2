using LaborBridge.Contracts;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

public abstract class Leaving_the_programme(WorkersHost host) : WorkersTest(host)
{
    [Theory]
    [InlineData("moved-away", "迁出")]
    [InlineData("deceased", "死亡")]
    [InlineData("own-wish", "本人要求")]
    public async Task is_told_to_matching_shown_in_the_timeline_and_can_be_undone(string reason, string words)
    {
        var resident = WorkersHost.NewId();
        var worker = await Workers.Register(resident);
        var id = Guid.Parse(worker.Id);
        var day = ChinaDay().AddDays(-3);
        var left = (await Workers.Station.Post($"/api/workers/{id}/leaving", new { reason, on = day })).Is(200);
        Assert.Equal(("out", reason), ((string)left.Json["status"]!, (string)left.Json["outReason"]!));
        Assert.Equal("out", (await Workers.Ear.Of<WorkerNotWilling>(id)).Reason);
        Assert.Equal(reason, (string?)(await Workers.Station.Get($"/api/workers/{id}")).Is(200).Json["outReason"]);
        Assert.Single((await Workers.Station.Get($"/api/workers?status=out&q={resident}")).Is(200).Items);
        Assert.Empty((await Workers.Station.Get($"/api/workers?status=willing&q={resident}")).Is(200).Items);
        var step = (await Workers.Station.Get($"/api/workers/{id}/timeline")).Is(200).Items.Single(item => (string)item["kind"]! == $"out-{reason}");
        Assert.Equal(day.ToString("yyyy-MM-dd"), (string?)step["on"]);
        Assert.Contains(words, (string)step["label"]!, StringComparison.Ordinal);

        var back = (await Workers.Station.Post($"/api/workers/{id}/return")).Is(200);
        Assert.Equal(("willing", null), ((string)back.Json["status"]!, (string?)back.Json["outReason"]));
        Assert.Empty((await Workers.Station.Get($"/api/workers?status=out&q={resident}")).Is(200).Items);
        Assert.Equal("back-in", (string?)(await Workers.Station.Get($"/api/workers/{id}/timeline")).Is(200).Items[^1]["kind"]);
        Assert.True((long)back.Json["position"]! > (long)left.Json["position"]!, "Matching is told again");
    }

    [Fact]
    public async Task is_refused_with_words_that_tell_what_to_do()
    {
        var worker = (await Workers.Register()).Id;
        var path = $"/api/workers/{worker}/leaving";
        Assert.Equal("unknown-value", (await Workers.Station.Post(path, new { reason = "bored" })).Is(400, "validation").FieldCode("reason"));
        Assert.Equal("in-the-future", (await Workers.Station.Post(path, new { reason = "deceased", on = ChinaDay().AddDays(2) })).Is(400, "validation").FieldCode("on"));
        (await Workers.Pengyang.Post(path, new { reason = "deceased" })).Is(404, "not-found");
        (await Workers.Collector().Post(path, new { reason = "deceased" })).Is(403, "forbidden-scope");
        (await Workers.Station.Post($"/api/workers/{worker}/return")).Is(409, "step-out-of-order");
        (await Workers.Station.Post(path, new { reason = "deceased" })).Is(200);
        (await Workers.Station.Post(path, new { reason = "moved-away" })).Is(409, "step-out-of-order");
    }

    [Fact]
    public async Task waits_for_the_end_of_a_running_spell_and_comes_back_to_work_reported_meanwhile()
    {
        var id = Guid.Parse((await Workers.Register()).Id);
        var placement = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        (await Workers.Station.Post($"/api/workers/{id}/leaving", new { reason = "own-wish" })).Is(200);
        await Workers.Placements.Tell((placement, new PlacementOpened(placement, id, "self-reported", null, null, "350205", "on-post", Running: true)));
        await Wait.Until(async () => (await Workers.Station.Get($"/api/workers/{id}/timeline")).Is(200).Items.Any(item => (string?)item["kind"] == "placed"), "the placement is known");
        Assert.Equal("out", (string?)(await Workers.Station.Get($"/api/workers/{id}")).Is(200).Json["status"]);
        Assert.Equal("on-post", (string?)(await Workers.Station.Post($"/api/workers/{id}/return")).Is(200).Json["status"]);
        (await Workers.Station.Post($"/api/workers/{id}/leaving", new { reason = "own-wish" })).Is(409, "placement-running");
    }

    private static DateOnly ChinaDay() => LaborBridge.ServiceDefaults.ChinaTime.Today(TimeProvider.System);
}

[Collection(OnSqlite.Name)]
public sealed class Leaving_the_programme_on_SQLite(SqliteWorkers host) : Leaving_the_programme(host);

[Collection(OnPostgreSql.Name)]
public sealed class Leaving_the_programme_on_PostgreSQL(PostgreSqlWorkers host) : Leaving_the_programme(host);
