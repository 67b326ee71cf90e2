using LaborBridge.Contracts;
using LaborBridge.ServiceDefaults;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

public abstract class Stations_and_trainings(WorkersHost host) : WorkersTest(host)
{
    [Fact]
    public async Task are_added_by_administrators_and_officials_of_the_division()
    {
        var body = new { name = "西吉县劳务工作站", side = "sending", division = "640422" };
        var station = (await Workers.Admin.Post("/api/stations", body)).Is(201);
        (await Workers.Official.Post("/api/stations", body)).Is(201);
        (await Workers.Host.As(Role.Official, "fujian", "35").Post("/api/stations", body)).Is(403, "forbidden-scope");
        (await Workers.Station.Post("/api/stations", body)).Is(403, "forbidden-scope");
        Assert.Equal("西吉县劳务工作站", (string?)(await Workers.Station.Get(station.Location!)).Is(200).Json["name"]);
        Assert.Contains((await Workers.Employer(Guid.Empty).Get("/api/stations?side=sending&limit=200")).Is(200).Items, item => (string?)item["id"] == station.Id);
        Assert.DoesNotContain((await Workers.Station.Get("/api/stations?side=receiving&limit=200")).Is(200).Items, item => (string?)item["id"] == station.Id);
    }

    [Fact]
    public async Task have_a_kind_and_a_station_above_them()
    {
        var county = (await Workers.Admin.Post("/api/stations", new { name = "西吉县劳务工作站", side = "sending", division = "640422" })).Is(201);
        var town = (await Workers.Official.Post("/api/stations", new { name = "将台堡镇劳务工作站", side = "sending", division = "640422101", kind = "town", parent = county.Id })).Is(201);
        Assert.Equal(("county", "town", county.Id), ((string)county.Json["kind"]!, (string)town.Json["kind"]!, (string)town.Json["parent"]!));
        Assert.Equal("in-fujian", (string)(await Workers.Admin.Post("/api/stations", new { name = "海沧驻点", side = "receiving", division = "350205" })).Is(201).Json["kind"]!);
        Assert.DoesNotContain((await Workers.Station.Get("/api/stations?kind=county&limit=200")).Is(200).Items, item => (string)item["id"]! == town.Id);
        var refused = (await Workers.Admin.Post("/api/stations", new { name = "彭阳", side = "sending", division = "640425", kind = "in-fujian", parent = county.Id })).Is(400, "validation");
        Assert.Equal(("kind-contradicts-side", "parent-unknown"), (refused.FieldCode("kind"), refused.FieldCode("parent")));
    }

    [Fact]
    public async Task know_who_enters_for_them()
    {
        var station = (await Workers.Admin.Post("/api/stations", new { name = "西吉县劳务工作站", side = "sending", division = "640422" })).Is(201);
        var collector = Workers.Host.As(new Caller("village-of-station", "信息员", Role.Collector, Guid.Parse(station.Id), Employer: null, ["640422101"]));
        (await collector.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId()))).Is(201);
        (await collector.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId()))).Is(201);
        var listed = Assert.Single((await Workers.Station.Get($"/api/stations/{station.Id}/collectors")).Is(200).Items);
        Assert.Equal(("village-of-station", 2), ((string)listed["account"]!, (int)listed["workers"]!));
        (await Workers.Pengyang.Get($"/api/stations/{station.Id}/collectors")).Is(404, "not-found");
    }

    [Fact]
    public async Task need_a_name_a_side_and_a_division()
    {
        var refused = (await Workers.Admin.Post("/api/stations", new { name = "", side = "both", division = "1" })).Is(400, "validation");
        Assert.Equal(("required", "unknown-value", "division-unknown"), (refused.FieldCode("name"), refused.FieldCode("side"), refused.FieldCode("division")));
    }

    [Fact]
    public async Task are_told_when_a_training_is_finished()
    {
        var worker = await Workers.Register();
        var body = new { trade = "garment-sewing", on = WorkersHost.Today.AddDays(-1), title = "缝纫工初级班", hours = 40 };
        (await Workers.Station.Post($"/api/workers/{worker.Id}/trainings", body)).Is(201);
        Assert.Equal("garment-sewing", (await Workers.Ear.Of<TrainingFinished>(Guid.Parse(worker.Id))).Trade);
        var future = (await Workers.Station.Post($"/api/workers/{worker.Id}/trainings", new { trade = "wizard", on = WorkersHost.Today.AddDays(1) })).Is(400, "validation");
        Assert.Equal(("trade-unknown", "in-the-future"), (future.FieldCode("trade"), future.FieldCode("on")));
        (await Workers.Pengyang.Post($"/api/workers/{worker.Id}/trainings", body)).Is(404, "not-found");
    }
}

[Collection(OnSqlite.Name)]
public sealed class Stations_and_trainings_on_SQLite(SqliteWorkers host) : Stations_and_trainings(host);

[Collection(OnPostgreSql.Name)]
public sealed class Stations_and_trainings_on_PostgreSQL(PostgreSqlWorkers host) : Stations_and_trainings(host);
