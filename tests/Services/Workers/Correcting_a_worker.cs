using LaborBridge.Contracts;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

public abstract class Correcting_a_worker(WorkersHost host) : WorkersTest(host)
{
    [Fact]
    public async Task needs_the_version_that_the_clerk_saw()
    {
        var worker = await Workers.Register();
        var path = $"/api/workers/{worker.Id}";
        (await Workers.Station.Put(path, new { name = "马艳" })).Is(428, "if-match-required");
        var corrected = (await Workers.Station.Put(path, new { name = "马艳" }, worker.ETag)).Is(200);
        Assert.Equal(("马艳", "\"2\""), ((string)corrected.Json["name"]!, corrected.ETag));
        (await Workers.Station.Put(path, new { name = "马雁" }, worker.ETag)).Is(412, "stale-version");
        Assert.Equal("马艳", (string?)(await Workers.Station.Get(path)).Json["name"]);
    }

    [Fact]
    public async Task keeps_what_is_absent_and_finds_the_new_values()
    {
        var worker = await Workers.Register(name: "杨改名");
        (await Workers.Station.Put($"/api/workers/{worker.Id}", new { name = "杨已改名", phones = new[] { "138****0000", "13922223333" } }, worker.ETag)).Is(200);
        var shown = (await Workers.Station.Get($"/api/workers/{worker.Id}")).Is(200);
        Assert.Equal((string?)worker.Json["residentId"], (string?)shown.Json["residentId"]);
        Assert.Equal(["138****0000", "139****3333"], shown.Json["phones"]!.AsArray().Select(phone => (string)phone!));
        Assert.Equal(4500m, (decimal)shown.Json["wishes"]!["monthlyPay"]!);
        Assert.Contains((await Workers.Station.Get("/api/workers?q=13922223333")).Items, item => (string?)item["id"] == worker.Id);
        Assert.Contains((await Workers.Station.Get("/api/workers?q=杨已改名")).Items, item => (string?)item["id"] == worker.Id);
        Assert.Empty((await Workers.Station.Get("/api/workers?q=杨改名")).Items);
    }

    [Fact]
    public async Task refuses_the_id_of_somebody_else()
    {
        var other = WorkersHost.NewId();
        var first = await Workers.Register(other);
        var worker = await Workers.Register();
        var refused = (await Workers.Station.Put($"/api/workers/{worker.Id}", new { residentId = other }, worker.ETag)).Is(409, "already-registered");
        Assert.Equal(first.Id, (string?)refused.Json["workerId"]);
    }

    [Fact]
    public async Task tells_again_who_is_willing()
    {
        var worker = await Workers.Register();
        (await Workers.Station.Put($"/api/workers/{worker.Id}", new { skills = new[] { new { trade = "garment-sewing", grade = "senior" } } }, worker.ETag)).Is(200);
        var willing = await Workers.Ear.Of<WorkerWilling>(Guid.Parse(worker.Id), count: 2);
        Assert.Equal("senior", Assert.Single(willing.Skills).Grade);
    }

    [Fact]
    public async Task is_for_the_side_of_the_home()
    {
        var worker = await Workers.Register();
        var path = $"/api/workers/{worker.Id}";
        (await Workers.Pengyang.Put(path, new { name = "马艳" }, worker.ETag)).Is(404, "not-found");
        (await Workers.Collector().Put(path, new { name = "马艳" }, worker.ETag)).Is(404, "not-found");
        (await Workers.Official.Put(path, new { name = "马艳" }, worker.ETag)).Is(403, "forbidden-scope");
        (await Workers.Station.Put(path, new { hukou = "640425", address = new { division = "" } }, worker.ETag)).Is(403, "forbidden-scope");
    }

    [Fact]
    public async Task gives_the_household_its_statuses_and_tells_of_all_its_members()
    {
        var number = $"6404{Random.Shared.NextInt64(1_000_000_000):000000000}";
        var first = (await Workers.Station.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId(), household: number))).Is(201);
        var second = (await Workers.Station.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId(), household: number))).Is(201);
        var statuses = new[] { new { code = "marginal", from = "2024-01-01", to = (string?)null } };
        (await Workers.Station.Put($"/api/workers/{second.Id}", new { householdStatuses = statuses }, second.ETag)).Is(200);
        Assert.Equal("marginal", (string?)(await Workers.Station.Get($"/api/workers/{first.Id}")).Json["household"]!["statuses"]![0]!["code"]);
        Assert.Equal("marginal", Assert.Single((await Workers.Ear.Of<WorkerRecorded>(Guid.Parse(first.Id), count: 2)).HouseholdStatuses).Code);
        Assert.True((await Workers.Ear.Of<WorkerWilling>(Guid.Parse(first.Id), count: 2)).Monitored);
        var found = (await Workers.Station.Get($"/api/workers?q={number}&householdStatus=marginal")).Items.Select(item => (string)item["id"]!).Order();
        Assert.Equal(new[] { first.Id, second.Id }.Order(), found);
    }

    [Fact]
    public async Task leaves_a_household_of_another_county_alone()
    {
        var number = $"6404{Random.Shared.NextInt64(1_000_000_000):000000000}";
        var statuses = new[] { new { code = "marginal", from = "2024-01-01", to = (string?)null } };
        var first = (await Workers.Station.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId(), household: number, statuses: statuses))).Is(201);
        var body = System.Text.Json.JsonSerializer.SerializeToNode(WorkersHost.Body(WorkersHost.NewId(), household: number, statuses: Array.Empty<object>()))!.AsObject();
        body["hukou"] = "640425";
        body.Remove("address");
        Assert.Equal("household-elsewhere", (await Workers.Pengyang.Post("/api/workers", body)).Is(400, "validation").FieldCode("householdNumber"));
        Assert.Equal("marginal", (string?)(await Workers.Station.Get($"/api/workers/{first.Id}")).Json["household"]!["statuses"]![0]!["code"]);
    }
}

[Collection(OnSqlite.Name)]
public sealed class Correcting_a_worker_on_SQLite(SqliteWorkers host) : Correcting_a_worker(host);

[Collection(OnPostgreSql.Name)]
public sealed class Correcting_a_worker_on_PostgreSQL(PostgreSqlWorkers host) : Correcting_a_worker(host);
