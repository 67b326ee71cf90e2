using LaborBridge.Contracts;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

public abstract class Transferring_a_worker(WorkersHost host) : WorkersTest(host)
{
    [Fact]
    public async Task changes_who_sees_him_at_once_when_the_giving_station_agrees()
    {
        var (id, worker) = await Registered();
        var asked = (await Workers.Pengyang.Post("/api/transfers", Body(id))).Is(201);
        Assert.Equal(("open", "马*", null, "640422"), ((string)asked.Json["state"]!, (string)asked.Json["name"]!, (string?)asked.Json["workerId"], (string)asked.Json["from"]!));
        (await Workers.Pengyang.Get($"/api/workers/{worker.Id}")).Is(404, "not-found");
        var waiting = (await Workers.Station.Get("/api/transfers?state=open&limit=200")).Is(200).Items.Single(item => (string)item["id"]! == asked.Id);
        Assert.Equal((worker.Id, true), ((string)waiting["workerId"]!, (bool)waiting["mayDecide"]!));

        var granted = (await Workers.Station.Post($"/api/transfers/{asked.Id}/decision", new { decision = "granted" })).Is(200);
        Assert.Equal("granted", (string)granted.Json["state"]!);
        (await Workers.Station.Get($"/api/workers/{worker.Id}")).Is(404, "not-found");
        var mine = (await Workers.Pengyang.Get($"/api/workers/{worker.Id}")).Is(200).Json;
        Assert.Equal(("640425", "640425100", null), ((string)mine["hukou"]!, (string)mine["home"]!, (string?)mine["address"]!["text"]));
        Assert.Equal(["registered", "transfer-requested", "corrected", "transfer-granted"],
            (await Workers.Pengyang.Get($"/api/workers/{worker.Id}/timeline")).Is(200).Items.Select(item => (string)item["kind"]!));
        await Wait.Until(async () => (await Workers.Ear.Of<WorkerRecorded>(Guid.Parse(worker.Id))).HomeDivision == "640425100", "statistics were told of the new home");
        (await Workers.Pengyang.Put($"/api/workers/{worker.Id}", new { education = "college" }, $"\"{(long)mine["version"]!}\"")).Is(200);
    }

    [Fact]
    public async Task takes_the_record_from_the_collector_of_the_old_village()
    {
        var id = WorkersHost.NewId();
        var collector = Workers.Collector("old-village");
        var worker = (await collector.Post("/api/workers", WorkersHost.Body(id))).Is(201);
        var asked = (await Workers.Pengyang.Post("/api/transfers", Body(id))).Is(201);
        (await Workers.Station.Post($"/api/transfers/{asked.Id}/decision", new { decision = "granted" })).Is(200);
        (await collector.Get($"/api/workers/{worker.Id}")).Is(404, "not-found");
    }

    [Fact]
    public async Task is_granted_by_the_official_above_but_by_nobody_on_the_side_that_asks()
    {
        var (id, worker) = await Registered();
        var asked = (await Workers.Pengyang.Post("/api/transfers", Body(id))).Is(201);
        var path = $"/api/transfers/{asked.Id}/decision";
        (await Workers.Pengyang.Post(path, new { decision = "granted" })).Is(403, "forbidden-scope");
        (await Workers.Host.As(Role.Official, "official-pengyang", "640425").Post(path, new { decision = "granted" })).Is(403, "forbidden-scope");
        (await Workers.Haicang.Post(path, new { decision = "granted" })).Is(404, "not-found");
        (await Workers.Host.As(Role.Official, "official-xiji", "640422").Post(path, new { decision = "granted" })).Is(200);
        (await Workers.Pengyang.Get($"/api/workers/{worker.Id}")).Is(200);
        (await Workers.Official.Post(path, new { decision = "refused", reason = "后悔了" })).Is(409, "step-out-of-order");
    }

    [Fact]
    public async Task is_refused_with_a_reason_only_and_can_be_asked_for_again()
    {
        var (id, worker) = await Registered();
        var asked = (await Workers.Pengyang.Post("/api/transfers", Body(id))).Is(201);
        (await Workers.Pengyang.Post("/api/transfers", Body(id))).Is(409, "already-requested");
        var path = $"/api/transfers/{asked.Id}/decision";
        Assert.Equal("required", (await Workers.Station.Post(path, new { decision = "refused" })).Is(400, "validation").FieldCode("reason"));
        (await Workers.Station.Post(path, new { decision = "refused", reason = "户口没有迁出" })).Is(200);
        Assert.Equal("户口没有迁出", (string?)(await Workers.Pengyang.Get($"/api/transfers/{asked.Id}")).Is(200).Json["refusal"]);
        (await Workers.Station.Get($"/api/workers/{worker.Id}")).Is(200);
        var again = (await Workers.Pengyang.Post("/api/transfers", Body(id))).Is(201);
        (await Workers.Station.Post($"/api/transfers/{again.Id}/decision", new { decision = "withdrawn" })).Is(403, "forbidden-scope");
        (await Workers.Pengyang.Post($"/api/transfers/{again.Id}/decision", new { decision = "withdrawn" })).Is(200);
    }

    [Fact]
    public async Task tells_nobody_who_is_registered_without_the_name_that_fits_the_id()
    {
        var (id, _) = await Registered();
        var wrongName = (await Workers.Pengyang.Post("/api/transfers", Body(id, name: "王芳"))).Is(404, "not-found");
        var nobody = (await Workers.Pengyang.Post("/api/transfers", Body(WorkersHost.NewId()))).Is(404, "not-found");
        Assert.Equal((string?)nobody.Json["detail"], (string?)wrongName.Json["detail"]);
    }

    [Fact]
    public async Task is_not_asked_for_ones_own_people_nor_into_foreign_divisions()
    {
        var (id, worker) = await Registered();
        var mine = (await Workers.Station.Post("/api/transfers", Body(id, hukou: "640422", town: "640422100"))).Is(409, "already-here");
        Assert.Equal(worker.Id, (string?)mine.Json["workerId"]);
        (await Workers.Pengyang.Post("/api/transfers", Body(id, hukou: "640422", town: null))).Is(403, "forbidden-scope");
        (await Workers.Collector().Post("/api/transfers", Body(id))).Is(403, "forbidden-scope");
        var refused = (await Workers.Pengyang.Post("/api/transfers", new { residentId = "1", hukou = "64" })).Is(400, "validation");
        Assert.Equal(("required", "required", "division-too-coarse"), (refused.FieldCode("name"), refused.FieldCode("reason"), refused.FieldCode("hukou")));
    }

    [Fact]
    public async Task passes_other_requests_on_to_the_new_home()
    {
        var (id, worker) = await Registered();
        var longde = Workers.Host.As(Role.Station, "longde", "640423");
        var second = (await longde.Post("/api/transfers", Body(id, hukou: "640423", town: null))).Is(201);
        var first = (await Workers.Pengyang.Post("/api/transfers", Body(id))).Is(201);
        (await Workers.Station.Post($"/api/transfers/{first.Id}/decision", new { decision = "granted" })).Is(200);
        (await Workers.Station.Post($"/api/transfers/{second.Id}/decision", new { decision = "granted" })).Is(404, "not-found");
        (await Workers.Pengyang.Post($"/api/transfers/{second.Id}/decision", new { decision = "granted" })).Is(200);
        (await longde.Get($"/api/workers/{worker.Id}")).Is(200);
    }

    private static object Body(string id, string name = "马燕", string hukou = "640425", string? town = "640425100") =>
        new { residentId = id, name, hukou, addressDivision = town, reason = "户口迁来" };

    private async Task<(string Id, Heard Worker)> Registered()
    {
        var id = WorkersHost.NewId();
        return (id, await Workers.Register(id));
    }
}

[Collection(OnSqlite.Name)]
public sealed class Transferring_a_worker_on_SQLite(SqliteWorkers host) : Transferring_a_worker(host);

[Collection(OnPostgreSql.Name)]
public sealed class Transferring_a_worker_on_PostgreSQL(PostgreSqlWorkers host) : Transferring_a_worker(host);
