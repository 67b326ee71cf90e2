using LaborBridge.Contracts;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Workers;

public abstract class Households_and_companions(WorkersHost host) : WorkersTest(host)
{
    private static int households;

    [Fact]
    public async Task show_their_statuses_by_date_with_who_said_so_and_their_members()
    {
        var number = NewNumber();
        var worker = await Register(number, new[] { new { code = "out-of-poverty", from = "2020-01-01", to = (string?)null } });
        var member = await Register(number);
        var day = WorkersHost.Today.AddDays(-10);
        (await Workers.Station.Post($"/api/households/{number}/statuses", new { code = "marginal", from = day, source = "village" })).Is(200);

        var shown = (await Workers.Station.Get($"/api/households/{number}")).Is(200).Json;
        Assert.Equal(
            [("out-of-poverty", "2020-01-01", $"{day:yyyy-MM-dd}", "station"), ("marginal", $"{day:yyyy-MM-dd}", null, "village")],
            shown["statuses"]!.AsArray().Select(status => ((string)status!["code"]!, (string)status["from"]!, (string?)status["to"], (string)status["source"]!)));
        Assert.Equal(new[] { worker.Id, member.Id }.Order(), shown["members"]!.AsArray().Select(one => (string)one!["workerId"]!).Order());
        Assert.Equal("marginal", (string?)(await Workers.Station.Get($"/api/workers/{member.Id}")).Is(200).Json["household"]!["statuses"]![1]!["code"]);
        foreach (var one in new[] { worker, member })
        {
            await Wait.Until(async () => (await Workers.Ear.Of<WorkerRecorded>(Guid.Parse(one.Id))).HouseholdStatuses.Any(status => status.Code == "marginal"), "statistics were told of each member");
            Assert.Contains((await Workers.Station.Get($"/api/workers/{one.Id}/timeline")).Is(200).Items, step => (string)step["kind"]! == "household-status" && (string?)step["detail"] == "marginal");
        }

        (await Workers.Pengyang.Get($"/api/households/{number}")).Is(404, "not-found");
        (await Workers.Pengyang.Post($"/api/households/{number}/statuses", new { code = "ordinary" })).Is(404, "not-found");
        var wrong = (await Workers.Station.Post($"/api/households/{number}/statuses", new { code = "rich", from = WorkersHost.Today.AddDays(1), source = "rumour" })).Is(400, "validation");
        Assert.Equal(("unknown-value", "unknown-value", "in-the-future"), (wrong.FieldCode("code"), wrong.FieldCode("source"), wrong.FieldCode("from")));
    }

    [Fact]
    public async Task keep_the_source_of_what_was_known_when_something_else_is_corrected()
    {
        var number = NewNumber();
        var worker = await Register(number, new[] { new { code = "out-of-poverty", from = "2020-01-01", to = (string?)null } });
        (await Workers.Official.Post($"/api/households/{number}/statuses", new { code = "marginal", from = "2024-05-01", source = "monitoring-system" })).Is(200);
        (await Workers.Station.Put($"/api/workers/{worker.Id}", new
        {
            householdStatuses = new[] { new { code = "out-of-poverty", from = "2020-01-01", to = (string?)"2024-05-01" }, new { code = "marginal", from = "2024-05-01", to = (string?)"2025-01-01" }, new { code = "ordinary", from = "2025-01-01", to = (string?)null } },
        }, worker.ETag!)).Is(200);
        Assert.Equal(["station", "monitoring-system", "station"],
            (await Workers.Station.Get($"/api/households/{number}")).Is(200).Json["statuses"]!.AsArray().Select(status => (string)status!["source"]!));
    }

    [Fact]
    public async Task travel_together_under_one_id_and_part_again()
    {
        var (idOfLi, ma, wang) = (WorkersHost.NewId(), await Workers.Register(), await Workers.Register());
        var li = await Workers.Register(idOfLi, "李军");
        (await Workers.Station.Post($"/api/workers/{ma.Id}/companions", new { residentId = idOfLi })).Is(200);
        (await Workers.Station.Post($"/api/workers/{wang.Id}/companions", new { workerId = ma.Id })).Is(200);
        Assert.Equal(new[] { li.Id, wang.Id }.Order(), await Of(ma));
        Assert.Equal(new[] { ma.Id, wang.Id }.Order(), await Of(li));
        var told = new List<Guid?>();
        foreach (var one in new[] { ma, li, wang })
        {
            told.Add((await Workers.Ear.Of<WorkerWilling>(Guid.Parse(one.Id), count: 2)).With);
        }

        Assert.NotNull(told[0]);
        Assert.Single(told.Distinct());

        var now = (await Workers.Station.Get($"/api/workers/{ma.Id}")).Is(200);
        (await Workers.Station.Put($"/api/workers/{ma.Id}/wishes", new { willing = true, monthlyPay = 5000 }, now.ETag!)).Is(200);
        Assert.Equal(2, (await Of(ma)).Count); // who is asked about pay has not left the group
        (await Workers.Station.Delete($"/api/workers/{ma.Id}/companions", now.ETag!)).Is(412, "stale-version");
        (await Workers.Station.Delete($"/api/workers/{ma.Id}/companions", (await Workers.Station.Get($"/api/workers/{ma.Id}")).ETag!)).Is(204);
        Assert.Empty(await Of(ma));
        Assert.Equal([wang.Id], await Of(li));

        async Task<List<string>> Of(Heard worker) => [.. (await Workers.Station.Get($"/api/workers/{worker.Id}/companions")).Is(200).Items.Select(item => (string)item["id"]!).Order()];
    }

    [Fact]
    public async Task are_people_of_ones_own_who_were_asked_both()
    {
        var (asked, unasked) = (await Workers.Register(), await Workers.Register(willing: null));
        var path = $"/api/workers/{asked.Id}/companions";
        (await Workers.Station.Post(path, new { workerId = unasked.Id })).Is(409, "not-asked");
        Assert.Equal("with-self", (await Workers.Station.Post(path, new { workerId = asked.Id })).Is(400, "validation").FieldCode("workerId"));
        var other = (await Workers.Pengyang.Post("/api/workers", new { name = "王芳", residentId = WorkersHost.NewId(), hukou = "640425", wishes = new { willing = true } })).Is(201);
        Assert.Equal("not-registered", (await Workers.Station.Post(path, new { workerId = other.Id })).Is(400, "validation").FieldCode("residentId"));
        Assert.Equal("not-registered", (await Workers.Station.Post(path, new { residentId = WorkersHost.NewId() })).Is(400, "validation").FieldCode("residentId"));
    }

    [Fact]
    public async Task have_a_timeline_with_offers_and_trainings_that_can_be_listed()
    {
        var worker = Guid.Parse((await Workers.Register()).Id);
        (await Workers.Station.Post($"/api/workers/{worker}/trainings", new { trade = "welding", on = WorkersHost.Today, title = "焊工初级班", provider = "西吉县职教中心", hours = 80 })).Is(201);
        var training = Assert.Single((await Workers.Station.Get($"/api/workers/{worker}/trainings")).Is(200).Items);
        Assert.Equal(("welding", "焊工初级班", 80), ((string)training["trade"]!, (string)training["title"]!, (int)training["hours"]!));
        (await Workers.Pengyang.Get($"/api/workers/{worker}/trainings")).Is(404, "not-found");

        var (offer, posting, firm) = (NewId(), NewId(), NewId());
        await Workers.Matching.Tell(
            (offer, new OfferMade(offer, worker, posting, firm, TimeProvider.System.GetUtcNow().AddDays(7), RoundId: null)),
            (offer, new OfferAnswered(offer, worker, posting, "worker", "decline", "clerk")),
            (offer, new OfferClosed(offer, worker, posting, "declined", "worker")));
        await Wait.Until(async () => (await Steps()).Exists(step => step == ("offer-closed", "declined")), "the offer's end is in the timeline");
        var steps = await Steps();
        Assert.Equal([("registered", null), ("training-finished", "welding")], steps.Take(2));
        Assert.Contains(("offered", null), steps);
        Assert.Contains(("offer-answered", "worker decline"), steps);

        async Task<List<(string, string?)>> Steps() => [.. (await Workers.Station.Get($"/api/workers/{worker}/timeline")).Is(200).Items.Select(step => ((string)step["kind"]!, (string?)step["detail"]))];
        static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
    }

    private static string NewNumber() => $"640422{Interlocked.Increment(ref households):000000}77";

    private async Task<Heard> Register(string number, object? statuses = null) =>
        (await Workers.Station.Post("/api/workers", WorkersHost.Body(WorkersHost.NewId(), household: number, statuses: statuses))).Is(201);
}

[Collection(OnSqlite.Name)]
public sealed class Households_and_companions_on_SQLite(SqliteWorkers host) : Households_and_companions(host);

[Collection(OnPostgreSql.Name)]
public sealed class Households_and_companions_on_PostgreSQL(PostgreSqlWorkers host) : Households_and_companions(host);
