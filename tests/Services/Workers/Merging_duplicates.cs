using LaborBridge.Contracts;
using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;
using LaborBridge.Workers;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

public abstract class Merging_duplicates(WorkersHost host) : WorkersTest(host)
{
    private static int names;

    [Fact]
    public async Task finds_records_of_one_name_that_agree_in_two_of_birth_date_town_and_phone()
    {
        var name = NewName();
        var first = await Register(name, "19850612", "13900001111");
        var sameDayAndTown = await Register(name, "19850612", "13900002222");
        var sameTownAndPhone = await Register(name, "19850621", "13900001111");
        var sameDayOnly = await Register(name, "19850612", "13900003333", town: "640422100");
        var sameDayAndPhone = await Register(name, "19850612", "13900001111", town: "640422100");
        Assert.Equal(["birth-date", "phone"], (await Pair(first, sameDayAndPhone)).Json["likeness"]!.AsArray().Select(part => (string)part!));
        var pair = await Pair(first, sameDayAndTown);
        Assert.Equal(["birth-date", "town"], pair.Json["likeness"]!.AsArray().Select(part => (string)part!));
        Assert.Equal(["town", "phone"], (await Pair(first, sameTownAndPhone)).Json["likeness"]!.AsArray().Select(part => (string)part!));
        Assert.DoesNotContain(await Queue(Workers.Station, sameDayOnly.Id), item => Has(item, first.Id));
    }

    [Fact]
    public async Task shows_both_side_by_side_masked_and_writes_down_who_looked()
    {
        var (first, second, pair) = await Alike();
        var before = (long)(await Workers.Official.Get("/api/access-log/verification")).Is(200).Json["entries"]!;
        var shown = (await Workers.Official.Get($"/api/duplicates/{(string)pair.Json["id"]!}")).Is(200);
        Assert.Equal((first.Id, second.Id), ((string)shown.Json["first"]!["id"]!, (string)shown.Json["second"]!["id"]!));
        Assert.Contains("****", (string)shown.Json["first"]!["residentId"]!, StringComparison.Ordinal);
        Assert.Contains("****", (string)shown.Json["second"]!["phones"]![0]!, StringComparison.Ordinal);
        var log = (await Workers.Official.Get("/api/access-log/verification")).Is(200).Json;
        Assert.True((bool)log["ok"]! && (long)log["entries"]! >= before + 2, "the two looks are in the access log");
    }

    [Fact]
    public async Task ends_at_the_borders_of_the_scope_and_leaves_a_pair_across_stations_to_the_officials()
    {
        var name = NewName();
        var first = await Register(name, "19870101", "13900004444");
        var second = (await Workers.Pengyang.Post("/api/workers", Body(name, "19870101", "13900004444", hukou: "640425", town: "640425100"))).Is(201);
        var pair = await Pair(first, second, Workers.Official);
        foreach (var station in new[] { Workers.Station, Workers.Pengyang, Workers.Haicang })
        {
            (await station.Get($"/api/duplicates/{(string)pair.Json["id"]!}")).Is(404, "not-found");
            (await station.Post($"/api/duplicates/{(string)pair.Json["id"]!}/merger", new { keep = first.Id })).Is(404, "not-found");
        }

        (await Workers.Collector().Get("/api/duplicates")).Is(403, "forbidden-scope");
        (await Workers.Official.Post($"/api/duplicates/{(string)pair.Json["id"]!}/merger", new { keep = first.Id })).Is(200);
    }

    [Fact]
    public async Task asks_no_more_about_two_people_that_somebody_told_apart()
    {
        var (first, second, pair) = await Alike();
        var path = $"/api/duplicates/{(string)pair.Json["id"]!}";
        (await Workers.Station.Post($"{path}/difference", new { })).Is(200);
        (await Workers.Station.Post($"{path}/merger", new { keep = first.Id })).Is(409, "step-out-of-order");
        var version = (await Workers.Station.Get($"/api/workers/{second.Id}")).ETag!;
        (await Workers.Station.Put($"/api/workers/{second.Id}", new { education = "college" }, version)).Is(200);
        var later = await Register(NewName(), "19900101", "13900005555");
        var marker = await Register((string)later.Json["name"]!, "19900101", "13900005555");
        await Pair(later, marker); // the search has passed the correction
        Assert.DoesNotContain(await Queue(Workers.Station, first.Id), item => Has(item, second.Id));
        (await Workers.Station.Post($"{path}/separation", new { })).Is(200);
        Assert.Contains(await Queue(Workers.Station, first.Id), item => Has(item, second.Id));
    }

    [Fact]
    public async Task keeps_one_record_with_what_both_knew_and_both_histories()
    {
        var (first, second, pair) = await Alike();
        (await Workers.Station.Post($"/api/workers/{second.Id}/trainings", new { trade = "welding", on = WorkersHost.Today })).Is(201);
        var outcome = (await Workers.Station.Post($"/api/duplicates/{(string)pair.Json["id"]!}/merger", new { keep = first.Id })).Is(200);
        Assert.Equal(("merged", first.Id), ((string)outcome.Json["state"]!, (string)outcome.Json["kept"]!));

        var kept = (await Workers.Station.Get($"/api/workers/{first.Id}")).Is(200).Json;
        Assert.Equal(("willing", "college", 2), ((string)kept["status"]!, (string)kept["education"]!, kept["phones"]!.AsArray().Count));
        Assert.Contains(kept["consents"]!.AsArray(), consent => (string)consent!["purpose"]! == "recommendation" && consent["withdrawnAt"] is null);
        var absorbed = (await Workers.Station.Get($"/api/workers/{second.Id}")).Is(200).Json;
        Assert.Equal(("out", "merged", first.Id), ((string)absorbed["status"]!, (string)absorbed["outReason"]!, (string)absorbed["mergedInto"]!));
        var kinds = (await Workers.Station.Get($"/api/workers/{first.Id}/timeline?limit=200")).Is(200).Items.Select(item => (string)item["kind"]!).ToList();
        Assert.Equal((2, 1), (kinds.Count(kind => kind == "registered"), kinds.Count(kind => kind == "training-finished")));

        var told = await Workers.Ear.Of<WorkerMerged>(Guid.Parse(second.Id));
        Assert.Equal(Guid.Parse(first.Id), told.Into);
        Assert.Equal("out", (await Workers.Ear.Of<WorkerNotWilling>(Guid.Parse(second.Id))).Reason);
        await Workers.Ear.Of<WorkerWilling>(Guid.Parse(first.Id));
        var refused = (await Workers.Station.Put($"/api/workers/{second.Id}", new { education = "none" }, "\"2\"")).Is(409, "merged");
        Assert.Equal(first.Id, (string?)refused.Json["workerId"]);
    }

    [Fact]
    public async Task can_be_undone()
    {
        var (first, second, pair) = await Alike();
        var path = $"/api/duplicates/{(string)pair.Json["id"]!}";
        (await Workers.Station.Post($"{path}/merger", new { keep = first.Id })).Is(200);
        (await Workers.Station.Post($"{path}/separation", new { })).Is(200);

        var one = (await Workers.Station.Get($"/api/workers/{first.Id}")).Is(200).Json;
        Assert.Equal(("registered", null, 1), ((string)one["status"]!, (string?)one["education"], one["phones"]!.AsArray().Count));
        Assert.All(one["consents"]!.AsArray(), consent => Assert.NotNull(consent!["withdrawnAt"]));
        var other = (await Workers.Station.Get($"/api/workers/{second.Id}")).Is(200).Json;
        Assert.Equal(("willing", null, null), ((string)other["status"]!, (string?)other["outReason"], (string?)other["mergedInto"]));
        Assert.Contains(other["consents"]!.AsArray(), consent => consent!["withdrawnAt"] is null);
        Assert.Equal(Guid.Parse(first.Id), (await Workers.Ear.Of<WorkerSeparated>(Guid.Parse(second.Id))).From);
        Assert.DoesNotContain((await Workers.Station.Get($"/api/workers/{first.Id}/timeline?limit=200")).Is(200).Items, item => (string)item["kind"]! == "merged");
        Assert.Contains(await Queue(Workers.Station, first.Id), item => Has(item, second.Id));
    }

    [Fact]
    public async Task undone_leaves_what_somebody_changed_meanwhile_and_ends_a_consent_withdrawn_meanwhile()
    {
        var (first, second, pair) = await Alike();
        var path = $"/api/duplicates/{(string)pair.Json["id"]!}";
        (await Workers.Station.Post($"{path}/merger", new { keep = first.Id })).Is(200);
        var kept = (await Workers.Station.Get($"/api/workers/{first.Id}")).Is(200);
        (await Workers.Station.Put($"/api/workers/{first.Id}", new { education = "bachelor" }, kept.ETag!)).Is(200);
        var consent = kept.Json["consents"]!.AsArray().Single(row => row!["withdrawnAt"] is null)!;
        (await Workers.Station.Delete($"/api/workers/{first.Id}/consents/{(string)consent["id"]!}", $"\"{(long)consent["version"]!}\"")).Is(204);
        (await Workers.Station.Post($"{path}/separation", new { })).Is(200);
        Assert.Equal("bachelor", (string?)(await Workers.Station.Get($"/api/workers/{first.Id}")).Is(200).Json["education"]);
        Assert.All((await Workers.Station.Get($"/api/workers/{second.Id}")).Is(200).Json["consents"]!.AsArray(), row => Assert.NotNull(row!["withdrawnAt"]));
    }

    [Fact]
    public async Task keeps_the_record_that_has_a_running_spell()
    {
        var (first, second, pair) = await Alike();
        var (placement, employer) = (Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        await Workers.Placements.Tell((placement, new PlacementOpened(placement, Guid.Parse(second.Id), "self-reported", employer, null, "350205", "hired", Running: true)));
        await Wait.Until(async () => (string?)(await Workers.Station.Get($"/api/workers/{second.Id}")).Json["status"] == "hired", "the second is hired");
        var path = $"/api/duplicates/{(string)pair.Json["id"]!}/merger";
        (await Workers.Station.Post(path, new { keep = first.Id })).Is(409, "placement-running");
        (await Workers.Station.Post(path, new { keep = pair.Id })).Is(400, "validation");
        (await Workers.Station.Post(path, new { keep = second.Id })).Is(200);
        Assert.Equal("hired", (string?)(await Workers.Station.Get($"/api/workers/{second.Id}")).Json["status"]);
    }

    [Fact]
    public async Task erases_both_records_of_one_person()
    {
        var (first, second, pair) = await Alike();
        (await Workers.Station.Post($"/api/duplicates/{(string)pair.Json["id"]!}/merger", new { keep = first.Id })).Is(200);
        (await Workers.Station.Post($"/api/workers/{first.Id}/erasure", new { reason = "本人要求" })).Is(200);
        var db = Workers.Host.Services.GetRequiredService<Db<WorkersService>>();
        Assert.Equal(0, await db.Read(tx => tx.Scalar<long>(Sql.Text("SELECT COUNT(*) FROM duplicates WHERE kept_id = @Worker AND filled IS NOT NULL"), new { Worker = Guid.Parse(first.Id) })));
        foreach (var id in new[] { first.Id, second.Id })
        {
            Assert.True((bool)(await Workers.Station.Get($"/api/workers/{id}")).Is(200).Json["erased"]!);
            await Workers.Ear.Of<WorkerErased>(Guid.Parse(id));
        }

        (await Workers.Station.Post($"/api/duplicates/{(string)pair.Json["id"]!}/separation", new { })).Is(409, "erased");
    }

    private static string NewName() => $"哈{(char)('\u4E00' + Interlocked.Increment(ref names))}萍";

    private static object Body(string name, string birth, string phone, string hukou = "640422", string town = "640422101", string? education = null, bool? willing = null) => new
    {
        name,
        residentId = WorkersHost.NewId(birth),
        phones = new[] { phone },
        hukou,
        address = new { division = town },
        education,
        wishes = willing is null ? null : new { willing },
        consents = willing is null ? [] : new[] { new { purpose = "recommendation", form = "paper" } },
    };

    private static bool Has(System.Text.Json.Nodes.JsonNode item, string worker) => (string)item["first"]!["workerId"]! == worker || (string)item["second"]!["workerId"]! == worker;

    private async Task<Heard> Register(string name, string birth, string phone, string town = "640422101", string? education = null, bool? willing = null) =>
        (await Workers.Station.Post("/api/workers", Body(name, birth, phone, town: town, education: education, willing: willing))).Is(201);

    // The first knows little, the second has been asked.
    private async Task<(Heard First, Heard Second, Heard Pair)> Alike()
    {
        var name = NewName();
        var first = await Register(name, "19850612", "13900006666");
        var second = await Register(name, "19850612", "13900007777", education: "college", willing: true);
        return (first, second, await Pair(first, second));
    }

    private async Task<List<System.Text.Json.Nodes.JsonNode>> Queue(ApiCaller caller, string worker) => [.. (await caller.Get($"/api/duplicates?limit=200&worker={worker}")).Is(200).Items];

    private async Task<Heard> Pair(Heard first, Heard second, ApiCaller? by = null) => await Wait.For(async () =>
    {
        var found = (await Queue(by ?? Workers.Station, first.Id)).Find(item => Has(item, first.Id) && Has(item, second.Id));
        return found is null ? null : (await (by ?? Workers.Station).Get($"/api/duplicates/{(string)found["id"]!}")).Is(200);
    }, "the pair is in the queue");
}

[Collection(OnSqlite.Name)]
public sealed class Merging_duplicates_on_SQLite(SqliteWorkers host) : Merging_duplicates(host);

[Collection(OnPostgreSql.Name)]
public sealed class Merging_duplicates_on_PostgreSQL(PostgreSqlWorkers host) : Merging_duplicates(host);
