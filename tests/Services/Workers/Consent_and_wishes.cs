using LaborBridge.Contracts;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

public abstract class Consent_and_wishes(WorkersHost host) : WorkersTest(host)
{
    [Fact]
    public async Task make_a_worker_willing_together()
    {
        var worker = await Workers.Register(willing: null);
        var path = $"/api/workers/{worker.Id}";
        (await Workers.Station.Put($"{path}/wishes", new { willing = true })).Is(428, "if-match-required");
        var wished = (await Workers.Station.Put($"{path}/wishes", new { willing = true, places = new[] { "3502" }, monthlyPay = 4000.5 }, worker.ETag)).Is(200);
        Assert.Equal("registered", (string?)wished.Json["status"]);
        (await Workers.Station.Put($"{path}/wishes", new { willing = true }, worker.ETag)).Is(412, "stale-version");
        (await Workers.Station.Post($"{path}/consents", new { purpose = "recommendation", form = "paper" })).Is(201);
        Assert.Equal("willing", (string?)(await Workers.Station.Get(path)).Json["status"]);
        Assert.Equal(400_050, (await Workers.Ear.Of<WorkerWilling>(Guid.Parse(worker.Id))).MonthlyPayFen);
    }

    [Fact]
    public async Task tell_the_languages_that_somebody_says_he_speaks_and_keep_them_until_asked_again()
    {
        var worker = await Workers.Register(willing: null);
        var (id, path) = (Guid.Parse(worker.Id), $"/api/workers/{worker.Id}/wishes");
        var unknown = (await Workers.Station.Put(path, new { willing = true, languages = new[] { "mandarin", "klingon" } }, worker.ETag)).Is(400, "validation");
        Assert.Equal(("languages", "unknown-value"), ((string?)unknown.Json["errors"]![0]!["field"], (string?)unknown.Json["errors"]![0]!["code"]));

        var consents = new[] { new { purpose = "recommendation", form = "phone" } };
        var told = (await Workers.Station.Put(path, new { willing = true, languages = new[] { "mandarin", "northwestern", "mandarin" }, consents }, worker.ETag)).Is(200);
        Assert.Equal(["mandarin", "northwestern"], told.Json["wishes"]!["languages"]!.AsArray().Select(one => (string?)one));
        Assert.Equal(["mandarin", "northwestern"], (await Workers.Ear.Of<WorkerWilling>(id)).Languages!);

        var asked = (await Workers.Station.Put(path, new { willing = true, monthlyPay = 4000 }, told.ETag)).Is(200);
        Assert.Equal(["mandarin", "northwestern"], (await Workers.Ear.Of<WorkerWilling>(id, count: 2)).Languages!);
        var corrected = (await Workers.Station.Put($"/api/workers/{id}", new { wishes = new { willing = true } }, asked.ETag)).Is(200);
        Assert.Equal(["mandarin", "northwestern"], (await Workers.Ear.Of<WorkerWilling>(id, count: 3)).Languages!);
        (await Workers.Station.Put(path, new { willing = true, languages = Array.Empty<string>() }, corrected.ETag)).Is(200);
        Assert.Empty((await Workers.Ear.Of<WorkerWilling>(id, count: 4)).Languages!);
    }

    [Fact]
    public async Task come_in_one_call()
    {
        var worker = await Workers.Register(willing: null);
        var body = new { willing = true, consents = new[] { new { purpose = "recommendation", form = "phone" } } };
        Assert.Equal("willing", (string?)(await Workers.Station.Put($"/api/workers/{worker.Id}/wishes", body, worker.ETag)).Is(200).Json["status"]);
        var timeline = (await Workers.Station.Get($"/api/workers/{worker.Id}/timeline")).Is(200).Items.Select(item => (string)item["kind"]!);
        Assert.Equal(["registered", "wishes-recorded", "consent-given"], timeline);
    }

    [Fact]
    public async Task end_the_matching_when_withdrawn_or_not_now()
    {
        var worker = await Workers.Register();
        var id = Guid.Parse(worker.Id);
        var consent = (await Workers.Station.Get($"/api/workers/{id}")).Json["consents"]![0]!;
        var path = $"/api/workers/{id}/consents/{consent["id"]}";
        (await Workers.Station.Delete(path)).Is(428, "if-match-required");
        (await Workers.Station.Delete(path, "\"7\"")).Is(412, "stale-version");
        (await Workers.Station.Delete(path, $"\"{consent["version"]}\"")).Is(204);
        Assert.Equal("registered", (string?)(await Workers.Station.Get($"/api/workers/{id}")).Json["status"]);
        Assert.Equal("consent-withdrawn", (await Workers.Ear.Of<WorkerNotWilling>(id)).Reason);
        Assert.Equal("recommendation", (await Workers.Ear.Of<ConsentWithdrawn>(id)).Purpose);

        var other = await Workers.Register();
        (await Workers.Station.Put($"/api/workers/{other.Id}/wishes", new { willing = false }, other.ETag)).Is(200);
        Assert.Equal("not-now", (await Workers.Ear.Of<WorkerNotWilling>(Guid.Parse(other.Id))).Reason);
    }

    [Fact]
    public async Task to_disclosure_shows_one_firm_name_and_phone_until_withdrawn()
    {
        var worker = await Workers.Register();
        var (firm, rival) = (Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        var path = $"/api/workers/{worker.Id}";
        (await Workers.Employer(firm).Get(path)).Is(404, "not-found");
        var consent = (await Workers.Station.Post($"{path}/consents", new { purpose = "disclosure", form = "paper", receiver = firm })).Is(201);

        var shown = (await Workers.Employer(firm).Get(path)).Is(200);
        Assert.Equal(["id", "name", "phones"], shown.Json.Select(member => member.Key));
        Assert.Equal(("马燕", "13800000000"), ((string)shown.Json["name"]!, (string)shown.Json["phones"]![0]!));
        Assert.Equal("马燕", (string?)Assert.Single((await Workers.Employer(firm).Get($"/api/workers?ids={worker.Id}")).Is(200).Items)["name"]);
        (await Workers.Employer(rival).Get(path)).Is(404, "not-found");
        foreach (var forbidden in new[] { $"{path}/timeline", "/api/access-log/verification" })
        {
            (await Workers.Employer(firm).Get(forbidden)).Is(403, "forbidden-scope");
        }

        (await Workers.Employer(firm).Post($"{path}/reveal", new { purpose = "联系" })).Is(403, "forbidden-scope");
        (await Workers.Station.Delete($"{path}/consents/{consent.Id}", consent.ETag)).Is(204);
        (await Workers.Employer(firm).Get(path)).Is(404, "not-found");
        Assert.Empty((await Workers.Employer(firm).Get($"/api/workers?ids={worker.Id}")).Is(200).Items);
    }

    [Fact]
    public async Task are_not_doubled()
    {
        var worker = await Workers.Register();
        var first = (await Workers.Station.Get($"/api/workers/{worker.Id}")).Json["consents"]![0]!["id"]!.ToString();
        Assert.Equal(first, (await Workers.Station.Post($"/api/workers/{worker.Id}/consents", new { purpose = "recommendation" })).Is(201).Id);
        Assert.Single((await Workers.Station.Get($"/api/workers/{worker.Id}")).Json["consents"]!.AsArray());
    }

    [Fact]
    public async Task are_recorded_by_the_side_of_the_home()
    {
        var worker = await Workers.Register();
        foreach (var other in new[] { Workers.Pengyang, Workers.Collector("other") })
        {
            (await other.Post($"/api/workers/{worker.Id}/consents", new { purpose = "recommendation" })).Is(404, "not-found");
            (await other.Put($"/api/workers/{worker.Id}/wishes", new { willing = false }, worker.ETag)).Is(404, "not-found");
        }

        (await Workers.Station.Post($"/api/workers/{worker.Id}/consents", new { purpose = "disclosure" })).Is(400, "validation");
    }
}

[Collection(OnSqlite.Name)]
public sealed class Consent_and_wishes_on_SQLite(SqliteWorkers host) : Consent_and_wishes(host);

[Collection(OnPostgreSql.Name)]
public sealed class Consent_and_wishes_on_PostgreSQL(PostgreSqlWorkers host) : Consent_and_wishes(host);
