using LaborBridge.Contracts;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

public abstract class Seeing_workers(WorkersHost host) : WorkersTest(host)
{
    [Fact]
    public async Task ends_at_the_borders_of_the_scope()
    {
        var worker = await Workers.Register();
        var path = $"/api/workers/{worker.Id}";
        (await Workers.Station.Get(path)).Is(200);
        (await Workers.Official.Get(path)).Is(200);
        foreach (var other in new[] { Workers.Pengyang, Workers.Haicang, Workers.Collector(), Workers.Employer(Guid.Parse(worker.Id)) })
        {
            (await other.Get(path)).Is(404, "not-found");
            Assert.Empty((await other.Get($"/api/workers?ids={worker.Id}")).Is(200).Items);
            Assert.DoesNotContain((await other.Get("/api/workers?limit=200")).Is(200).Items, item => (string?)item["id"] == worker.Id);
        }

        (await Workers.Host.AsAnyone().Get(path)).Is(401, "unauthenticated");
    }

    [Fact]
    public async Task shows_a_collector_what_he_entered()
    {
        var own = (await Workers.Collector("village").Post("/api/workers", WorkersHost.Body(WorkersHost.NewId()))).Is(201);
        await Workers.Register();
        Assert.Equal(own.Id, (string?)Assert.Single((await Workers.Collector("village").Get("/api/workers")).Is(200).Items)["id"]);
        (await Workers.Collector("village").Get($"/api/workers/{own.Id}/timeline")).Is(200);
        (await Workers.Station.Get($"/api/workers/{own.Id}")).Is(200);
    }

    [Fact]
    public async Task hides_names_from_administrators()
    {
        var worker = await Workers.Register();
        var shown = (await Workers.Admin.Get($"/api/workers/{worker.Id}")).Is(200);
        Assert.Equal(("马*", null), ((string)shown.Json["name"]!, (string?)shown.Json["address"]!["text"]));
    }

    [Fact]
    public async Task finds_by_id_tail_name_and_phone()
    {
        var id = WorkersHost.NewId();
        var worker = (await Workers.Station.Post("/api/workers", WorkersHost.Body(id, "古丽·买买提", "13566667777"))).Is(201);
        foreach (var q in new[] { id, id[^4..], id.ToLowerInvariant(), "古丽·买买提", " 13566667777" })
        {
            Assert.Contains((await Workers.Station.Get($"/api/workers?q={Uri.EscapeDataString(q)}")).Is(200).Items, item => (string?)item["id"] == worker.Id);
        }

        Assert.Empty((await Workers.Pengyang.Get($"/api/workers?q={id}")).Is(200).Items);
        Assert.Empty((await Workers.Station.Get("/api/workers?q=古丽·")).Is(200).Items);
    }

    [Fact]
    public async Task filters_by_status_division_and_trade()
    {
        var willing = await Workers.Register(willing: true);
        var registered = await Workers.Register(willing: null);
        Assert.Contains(willing.Id, await Ids("status=willing&division=640422101&trade=garment-sewing"));
        Assert.DoesNotContain(registered.Id, await Ids("status=willing"));
        Assert.Contains(registered.Id, await Ids("status=registered"));
        Assert.DoesNotContain(willing.Id, await Ids("division=640422102"));
        Assert.DoesNotContain(willing.Id, await Ids("trade=welding"));
        (await Workers.Station.Get("/api/workers?status=bored")).Is(400, "validation");
        (await Workers.Station.Get("/api/workers?division=xiji")).Is(400, "validation");

        async Task<List<string>> Ids(string query) => [.. (await Workers.Station.Get($"/api/workers?limit=200&{query}")).Is(200).Items.Select(item => (string)item["id"]!)];
    }

    [Fact]
    public async Task goes_on_with_the_cursor()
    {
        var collector = Workers.Collector("pages");
        var entered = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            entered.Add((await collector.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId()))).Is(201).Id);
        }

        var (seen, next) = (new List<string>(), "");
        do
        {
            var part = (await collector.Get($"/api/workers?limit=2{next}")).Is(200);
            seen.AddRange(part.Items.Select(item => (string)item["id"]!));
            next = (string?)part.Json["next"] is { } cursor ? $"&cursor={cursor}" : "";
        }
        while (next.Length > 0);
        Assert.Equal(Enumerable.Reverse(entered).Order(), seen.Order());
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public async Task follows_the_workplace_to_the_receiving_side()
    {
        var id = Guid.Parse((await Workers.Register()).Id);
        var (placement, employer) = (Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        await Workers.Placements.Tell(
            (placement, new PlacementOpened(placement, id, "self-reported", employer, null, "350205", "hired", Running: true)),
            (placement, new PlacementMoved(placement, id, employer, null, "started", "on-post", WorkersHost.Today)));
        await Wait.Until(async () => (string?)(await Workers.Haicang.Get($"/api/workers/{id}")).Json["status"] == "on-post", "the receiving station sees the worker on the post");
        var shown = await Workers.Haicang.Get($"/api/workers/{id}");
        Assert.Equal(("on-post", "350205", "马燕"), ((string)shown.Json["status"]!, (string)shown.Json["workplace"]!, (string)shown.Json["name"]!));
        (await Workers.Haicang.Put($"/api/workers/{id}", new { name = "马艳" }, "\"1\"")).Is(403, "forbidden-scope");
        (await Workers.Host.As(Role.Official, "fuzhou", "3501").Get($"/api/workers/{id}")).Is(404, "not-found");
        var timeline = (await Workers.Haicang.Get($"/api/workers/{id}/timeline?limit=2")).Is(200);
        var rest = (await Workers.Haicang.Get($"/api/workers/{id}/timeline?cursor={timeline.Json["next"]}")).Is(200);
        Assert.Equal(["registered", "placed", "started"], timeline.Items.Concat(rest.Items).Select(item => (string)item["kind"]!));
        (await Workers.Haicang.Get($"/api/workers/{id}/timeline?cursor=AAAA")).Is(400, "validation");

        await Workers.Placements.Tell((placement, new PlacementEnded(placement, id, employer, null, "returned", SeatFreed: false, WorkersHost.Today)));
        await Wait.Until(async () => (await Workers.Haicang.Get($"/api/workers/{id}")).Status == 404, "the receiving station sees the worker no more");
        Assert.Equal("willing", (string?)(await Workers.Station.Get($"/api/workers/{id}")).Json["status"]);
    }

    [Fact]
    public async Task is_not_upset_by_events_of_somebody_unknown_or_out_of_order()
    {
        var id = Guid.Parse((await Workers.Register()).Id);
        var (unknown, offer, employer, other) = (Guid.CreateVersion7(DateTimeOffset.UnixEpoch), NewId(), NewId(), NewId());
        await Workers.Placements.Tell(
            (other, new PlacementMoved(other, unknown, employer, null, "arrived", "arrived", WorkersHost.Today)),
            (offer, new PlacementOpened(offer, id, "platform", employer, null, "350205", "contracted", Running: true)),
            (offer, new PlacementMoved(offer, id, employer, null, "departed", "travelling", WorkersHost.Today)));
        await Wait.Until(async () => (string?)(await Workers.Station.Get($"/api/workers/{id}")).Json["status"] == "travelling", "the worker travels");
        await Workers.Matching.Tell((offer, new WorkerHired(offer, id, NewId(), employer, "350205", "新阳路1号", "general", "direct", 450_000, WorkersHost.Today)));
        await Wait.Until(async () => (await Workers.Station.Get($"/api/workers/{id}/timeline")).Items.Any(item => (string?)item["kind"] == "hired"), "the hire is in the timeline");
        Assert.Equal("travelling", (string?)(await Workers.Station.Get($"/api/workers/{id}")).Json["status"]);

        static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task lists_who_was_not_asked_yet()
    {
        var asked = await Workers.Register(willing: false);
        var unasked = await Workers.Register(willing: null);
        var calls = (await Workers.Station.Get("/api/call-list?division=640422101&limit=200")).Is(200).Items;
        Assert.Contains(calls, item => (string?)item["id"] == unasked.Id);
        Assert.DoesNotContain(calls, item => (string?)item["id"] == asked.Id);
        Assert.DoesNotContain((await Workers.Pengyang.Get("/api/call-list")).Is(200).Items, item => (string?)item["id"] == unasked.Id);
        (await Workers.Employer(Guid.Parse(asked.Id)).Get("/api/call-list")).Is(403, "forbidden-scope");
    }
}

[Collection(OnSqlite.Name)]
public sealed class Seeing_workers_on_SQLite(SqliteWorkers host) : Seeing_workers(host);

[Collection(OnPostgreSql.Name)]
public sealed class Seeing_workers_on_PostgreSQL(PostgreSqlWorkers host) : Seeing_workers(host);
