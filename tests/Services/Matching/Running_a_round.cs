using System.Text.Json.Nodes;
using LaborBridge.Contracts;
using LaborBridge.Matching.Engine;
using LaborBridge.Matching.Rounds;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Matching;

public abstract class Running_a_round(Market market) : MarketTest(market)
{
    [Fact]
    public async Task brings_people_to_places_with_reasons_and_no_blocking_pair()
    {
        var season = await Season.Of(Market, workers: 12, seats: [3, 2, 2]);
        var lost = (await Market.Tell(Market.Willing(Market.NewTrade(), season.Home)))[0];
        var round = await Done(await Start(season));
        Assert.Equal(
            ("done", 13, 3, 7, 6, 0L, 13),
            ((string?)round.Json["state"], (int)round.Json["workers"]!, (int)round.Json["postings"]!, (int)round.Json["matched"]!, (int)round.Json["unmatched"]!, (long)round.Json["blockingPairs"]!,
                (int)round.Json["workersChecked"]!));
        Assert.Matches("^[0-9a-f]{64}$", (string)round.Json["digest"]!);

        var placed = await All(season.Clerk, $"/api/rounds/{round.Id}/assignments");
        Assert.Equal(7, placed.Count);
        Assert.All(placed, one => Assert.True((int)one["workerScore"]! > 0 && (int)one["firmScore"]! > 0));
        Assert.Equal([3, 2, 2], season.Postings.Select(posting => placed.Count(one => (string)one["postingId"]! == posting.PostingId.ToString())));
        var unplaced = await All(season.Clerk, $"/api/rounds/{round.Id}/unmatched");
        Assert.Equal("no-posting-in-trade", Reason(unplaced, lost));
        Assert.Equal(5, unplaced.Count(one => (string)one["reason"]!["code"]! == "outbid"));
        Assert.All(unplaced, one => Assert.Matches("[\\u4e00-\\u9fa5]", (string)one["reason"]!["sentence"]!));
        Assert.DoesNotMatch("[\\u4e00-\\u9fa5]", (string)(await season.Clerk.Get($"/api/rounds/{round.Id}/unmatched", language: "en")).Is(200).Items[0]["reason"]!["sentence"]!);

        // Nothing has gone out.
        Assert.Empty((await season.Clerk.Get($"/api/offers?posting={season.Postings[0].PostingId}")).Is(200).Items);
    }

    [Fact]
    public async Task comes_to_the_same_end_on_the_same_input()
    {
        var season = await Season.Of(Market, workers: 16, seats: [4, 4]);
        var first = await Done(await Start(season));
        var second = await Done(await Start(season));
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal((string)first.Json["digest"]!, (string)second.Json["digest"]!);
        Assert.Equal((long)first.Json["total"]!, (long)second.Json["total"]!);
        var otherSeed = await Done(await Start(season, profile: new { seed = 7 }));
        Assert.NotEqual((string)first.Json["digest"]!, (string)otherSeed.Json["digest"]!);

        // What was kept is enough to run it again, in any order, after the world moved on.
        await Market.Workers.Tell((season.Workers[0], new WorkerNotWilling(season.Workers[0], "not-now")));
        await Market.Close(season.Postings[0], "closed");
        var (workers, postings, profile) = await Market.Db.Read(async tx =>
        {
            var input = await RoundInput.Read(tx, Guid.Parse(first.Id));
            var row = (await FindRounds.Get(tx, Guid.Parse(first.Id)))!;
            return (input.Workers, input.Postings, row.ProfileOn(row.AsOf!.Value));
        }, TestContext.Current.CancellationToken);
        var again = DeferredAcceptance.Run([.. workers.Reverse()], [.. postings.Reverse()], profile, TestContext.Current.CancellationToken);
        Assert.Equal((string)first.Json["digest"]!, again.Digest());
    }

    [Fact]
    public async Task explains_a_pair_from_what_the_round_had()
    {
        var season = await Season.Of(Market, workers: 4, seats: [1]);
        var round = await Done(await Start(season));
        var placed = Guid.Parse((string)(await All(season.Clerk, $"/api/rounds/{round.Id}/assignments"))[0]["workerId"]!);
        var posting = season.Postings[0];
        await Market.Tell(posting with { Version = 2, Headcount = 4, MonthlyGuaranteedFen = 900_000 });
        async Task<JsonNode?> Why(Guid worker, ApiCaller caller) =>
            (await caller.Get($"/api/matching/explanation?worker={worker}&posting={posting.PostingId}&round={round.Id}")).Is(200).Json["round"];
        Assert.Equal("matched-here", (string)(await Why(placed, season.Clerk))!["reason"]!["code"]!);
        var other = await Why(season.Workers.First(worker => worker != placed), season.Clerk);
        Assert.Equal("posting-full", (string)other!["reason"]!["code"]!);
        Assert.Equal((int)other["cutoff"]!, (int)other["key"]!);
        Assert.Contains("抽签", (string)other["reason"]!["sentence"]!);
        Assert.Null(await Why(placed, Market.Firm(posting.EmployerId)));
        Assert.Null(await Why(placed, Market.Haicang));
    }

    [Fact]
    public async Task sends_offers_when_it_is_published_and_notes_what_became_impossible()
    {
        var season = await Season.Of(Market, workers: 6, seats: [3, 2]);
        var round = await Done(await Start(season));
        var placed = (await All(season.Clerk, $"/api/rounds/{round.Id}/assignments")).ToDictionary(one => Guid.Parse((string)one["workerId"]!));
        await Market.AtWork(placed.Keys.First(), Market.NewId());
        var key = ApiCaller.NewKey();
        var published = (await season.Clerk.Post($"/api/rounds/{round.Id}/publication", key: key)).Is(200);
        Assert.Equal(("published", 4, 1, 0), ((string?)published.Json["state"], (int)published.Json["sent"]!, (int)published.Json["refused"]!, (int)published.Json["left"]!));
        Assert.Equal(published.Text, (await season.Clerk.Post($"/api/rounds/{round.Id}/publication", key: key)).Is(200).Text);
        Assert.Equal(0, (int)(await season.Clerk.Post($"/api/rounds/{round.Id}/publication")).Is(200).Json["sent"]!);

        var sent = await All(season.Clerk, $"/api/rounds/{round.Id}/assignments");
        Assert.Equal("worker-not-free", Assert.Single(sent, one => one["offerId"] is null)["refused"]!.GetValue<string>());
        foreach (var one in sent.Where(one => one["offerId"] is not null))
        {
            var told = await Market.Ear.Of<OfferMade>(Guid.Parse((string)one["offerId"]!));
            Assert.Equal((round.Id, (string)one["workerId"]!, (string)one["postingId"]!), ($"{told.RoundId}", $"{told.WorkerId}", $"{told.PostingId}"));
        }

        // The last published round explains by itself, to the receiving side too.
        var match = sent.First(one => one["offerId"] is not null);
        Assert.Equal(round.Id, (string)(await Market.Haicang.Get($"/api/matching/explanation?worker={match["workerId"]}&posting={match["postingId"]}")).Is(200).Json["round"]!["id"]!);
    }

    [Fact]
    public async Task goes_on_when_the_replica_that_ran_it_died()
    {
        var season = await Season.Of(Market, workers: 6, seats: [2]);
        var whole = await Done(await Start(season));

        // A replica that died after it had kept the input, and one that died in the middle of keeping it.
        foreach (var frozen in new[] { true, false })
        {
            var id = Market.NewId();
            await Market.Db.Write(async tx =>
            {
                await tx.Execute(Left, new { Id = id, Whole = whole.Id, Frozen = frozen });
                await tx.Execute(LeftWorkers, new { Id = id, Whole = whole.Id });
                if (frozen)
                {
                    await tx.Execute(LeftPostings, new { Id = id, Whole = whole.Id });
                }
            }, cancel: TestContext.Current.CancellationToken);
            var taken = await Done(id.ToString(), season.Clerk);
            Assert.Equal((string)whole.Json["digest"]!, (string)taken.Json["digest"]!);
            Assert.Equal(2, (await All(season.Clerk, $"/api/rounds/{id}/assignments")).Count);
        }
    }

    [Fact]
    public async Task takes_nothing_from_a_replica_that_lost_it()
    {
        var season = await Season.Of(Market, workers: 2, seats: [1]);
        var round = await Done(await Start(season));
        var late = new RoundLease(Market.Db, Guid.Parse(round.Id), "frozen");
        await Assert.ThrowsAsync<LeaseLostException>(() => late.Step(_ => throw new InvalidOperationException("It wrote."), TestContext.Current.CancellationToken));
        Assert.Single(await All(season.Clerk, $"/api/rounds/{round.Id}/assignments"));
    }

    [Fact]
    public async Task forgets_the_input_of_a_person_who_was_erased()
    {
        var season = await Season.Of(Market, workers: 2, seats: [1]);
        var round = await Done(await Start(season));
        await Market.Workers.Tell((season.Workers[0], new WorkerErased(season.Workers[0])));
        await Wait.Until(async () => (await Market.Db.Read(tx => RoundInput.Read(tx, Guid.Parse(round.Id)))).Workers.Single().Id == season.Workers[1], "the input is gone");
    }

    [Fact]
    public async Task seeks_the_highest_total_and_shows_what_stability_costs()
    {
        var season = await Season.Of(Market, workers: 5, seats: [1, 2]);
        var stable = (await Done(await Start(season))).Json;
        var round = await Done(await Start(season, objective: "maximum"));
        var (total, bound) = ((long)round.Json["total"]!, (long)round.Json["upperBound"]!);
        Assert.Equal((long)stable["total"]!, (long)round.Json["stableTotal"]!);
        Assert.Equal((int)stable["matched"]!, (int)round.Json["stableMatched"]!);
        Assert.InRange(total, (long)stable["total"]!, bound);
        Assert.Equal(3, (await All(season.Clerk, $"/api/rounds/{round.Id}/assignments")).Count);
        Assert.All(await All(season.Clerk, $"/api/rounds/{round.Id}/unmatched"), one => Assert.Equal("total-elsewhere", (string)one["reason"]!["code"]!));
        Assert.Null(stable["upperBound"]);
    }

    [Fact]
    public async Task sets_a_group_aside_that_no_firm_has_seats_for_and_matches_everybody_else()
    {
        var season = await Season.Of(Market, workers: 2, seats: [1, 2]);
        var (leader, trade) = (Market.NewId(), season.Postings[0].Trade);
        var group = await Market.Tell([.. Enumerable.Range(0, 4).Select(_ => Market.Willing(trade, season.Home) with { With = leader })]);
        var round = (await Done(await Start(season))).Json;
        Assert.Equal(("done", 6, 2, 4, 1), ((string?)round["state"], (int)round["workers"]!, (int)round["matched"]!, (int)round["unmatched"]!, (int)round["groupsTooLarge"]!));
        var unplaced = await All(season.Clerk, $"/api/rounds/{round["id"]}/unmatched");
        Assert.All(group, member => Assert.Equal("group-too-large", Reason(unplaced, member)));
        Assert.Equal("同行 4 人，没有用人单位有这么多空余名额（最多 3 个），请拆分同行人员后再匹配", (string)unplaced[0]["reason"]!["sentence"]!);
    }

    [Fact]
    public async Task sends_nobody_where_too_few_would_go_and_says_so_of_the_posting()
    {
        var season = await Season.Of(Market, workers: 4, seats: [3, 4, 2]);
        var few = await Done(await Start(season, minimum: new { workers = 5 }));
        Assert.Equal((0, 4, 3), ((int)few.Json["matched"]!, (int)few.Json["unmatched"]!, (int)few.Json["postingsClosed"]!));
        Assert.All(await All(season.Clerk, $"/api/rounds/{few.Id}/unmatched"), one => Assert.Equal("trip-too-small", (string)one["reason"]!["code"]!));

        var round = await Done(await Start(season, minimum: new { workers = 3, per = "posting" }));
        Assert.Equal((0L, "posting"), ((long)round.Json["blockingPairs"]!, (string?)round.Json["request"]!["minimum"]!["per"]));
        var postings = (await All(season.Clerk, $"/api/rounds/{round.Id}/postings")).ToDictionary(one => Guid.Parse((string)one["postingId"]!));
        Assert.All(postings.Values, one => Assert.True((int)one["taken"]! is 0 or >= 3));
        Assert.Equal((int)round.Json["matched"]!, postings.Values.Sum(one => (int)one["taken"]!));
        var closed = postings[season.Postings[2].PostingId];
        Assert.Equal((2, "too-few-seats"), ((int)closed["seats"]!, (string?)closed["reason"]!["code"]));
        Assert.Equal("该岗位只有 2 个空余名额，达不到成行最低人数 3 人", (string)closed["reason"]!["sentence"]!);
        var why = (await season.Clerk.Get($"/api/matching/explanation?worker={season.Workers[0]}&posting={season.Postings[2].PostingId}&round={round.Id}", language: "en")).Is(200).Json["round"]!["reason"]!;
        Assert.Equal(("too-few-seats", "Only 2 free seats in this posting, fewer than the 3 needed for a trip"), ((string?)why["code"], (string?)why["sentence"]));

        var city = await Done(await Start(season, minimum: new { workers = 4, per = "city" }));
        Assert.Equal((4, 0), ((int)city.Json["matched"]!, (int)city.Json["postingsClosed"]!));
        (await Market.Pengyang.Get($"/api/rounds/{round.Id}/postings")).Is(404);

        Assert.Equal("invalid", (await Start(season, minimum: new { workers = 0 })).Is(400, "validation").FieldCode("minimum.workers"));
        Assert.Equal("invalid", (await Start(season, minimum: new { workers = 2, per = "bus" })).Is(400, "validation").FieldCode("minimum.per"));
        Assert.Equal("invalid", (await Start(season, objective: "maximum", minimum: new { workers = 2 })).Is(400, "validation").FieldCode("minimum"));
    }

    [Fact]
    public async Task refuses_what_it_cannot_run()
    {
        var season = await Season.Of(Market, workers: 1, seats: [1]);
        Assert.Equal("invalid", (await Start(season, objective: "best")).Is(400, "validation").FieldCode("objective"));
        Assert.Equal("invalid", (await Start(season, profile: new { weights = new { worker = new { pay = 2048 } } })).Is(400, "validation").FieldCode("profile.weights"));
        Assert.Equal("outside-scope", (await Start(season, divisions: ["640425"])).Is(400, "validation").FieldCode("workers.divisions"));
        Assert.Equal("division-unknown", (await Start(season, divisions: [$"{season.Home}9"])).Is(400, "validation").FieldCode("workers.divisions"));
        (await season.Clerk.Post("/api/rounds", new { name = "", objective = "stable" })).Is(400, "validation");
        (await Market.Firm(Market.NewId()).Post("/api/rounds", new { name = "春季", objective = "stable" })).Is(403);
    }

    [Fact]
    public async Task is_seen_by_those_whose_people_are_in_it()
    {
        var season = await Season.Of(Market, workers: 1, seats: [1]);
        var started = (await Start(season)).Is(202);
        Assert.Equal($"/api/rounds/{started.Id}", started.Location);
        foreach (var path in new[] { "", "/assignments", "/unmatched" })
        {
            (await Market.Pengyang.Get($"/api/rounds/{started.Id}{path}")).Is(404);
            (await Market.Haicang.Get($"/api/rounds/{started.Id}{path}")).Is(404);
        }

        (await Market.Pengyang.Post($"/api/rounds/{started.Id}/publication")).Is(404);
        Assert.DoesNotContain((await Market.Pengyang.Get("/api/rounds")).Is(200).Items, one => (string)one["id"]! == started.Id);
        Assert.Contains((await Market.Host.As(Role.Official, "official", "64").Get("/api/rounds")).Is(200).Items, one => (string)one["id"]! == started.Id);
        await Done(started);
    }

    [Fact]
    public async Task cannot_be_published_before_it_is_done()
    {
        var season = await Season.Of(Market, workers: 1, seats: [1]);
        var id = Market.NewId();
        await Market.Db.Write(tx => tx.Execute(Held, new { Id = id, Divisions = season.Home }), cancel: TestContext.Current.CancellationToken);
        (await season.Clerk.Post($"/api/rounds/{id}/publication")).Is(409, "step-out-of-order");
    }

    private static Task<Heard> Start(Season season, object? profile = null, string objective = "stable", string[]? divisions = null, object? minimum = null) => season.Clerk.Post("/api/rounds", new
    {
        name = "2027年春季",
        workers = new { divisions = divisions ?? [season.Home] },
        postings = new { employers = new[] { season.Employer } },
        profile = profile ?? new { pairing = true },
        objective,
        minimum,
    });

    private Task<Heard> Done(Heard started) => Done(started.Is(202).Id, Market.Xiji);

    private static Task<Heard> Done(string id, ApiCaller clerk) => Wait.For(
        async () => (await clerk.Get($"/api/rounds/{id}")) is { Status: 200 } heard && (string?)heard.Json["state"] is "done" or "failed" ? heard : null, "the round is done", TimeSpan.FromSeconds(60));

    private static async Task<IReadOnlyList<JsonNode>> All(ApiCaller clerk, string path)
    {
        List<JsonNode> all = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await clerk.Get($"{path}?limit=5&cursor={cursor}")).Is(200);
            all.AddRange(page.Items);
            cursor = (string?)page.Json["next"];
        }

        return all;
    }

    private static string Reason(IReadOnlyList<JsonNode> unplaced, Guid worker) => (string)unplaced.Single(one => (string)one["workerId"]! == worker.ToString())["reason"]!["code"]!;

    private static readonly Sql Left = Sql.Text("""
        INSERT INTO rounds (id, version, name, state, request, progress, divisions, frozen, as_of, owner, lease_until, created_by, created_at)
        SELECT @Id, 1, name, 'running', request, 0.5, divisions, @Frozen, as_of, 'dead', 1, created_by, created_at FROM rounds WHERE id = @Whole
        """);

    private static readonly Sql LeftWorkers = Sql.Text("""
        INSERT INTO round_workers (round_id, worker_id, entry, worker_score, firm_score) SELECT @Id, worker_id, entry, 0, 0 FROM round_workers WHERE round_id = @Whole
        """);

    private static readonly Sql LeftPostings = Sql.Text("INSERT INTO round_postings (round_id, posting_id, entry, taken) SELECT @Id, posting_id, entry, 0 FROM round_postings WHERE round_id = @Whole");

    private static readonly Sql Held = Sql.Text("""
        INSERT INTO rounds (id, version, name, state, request, progress, divisions, frozen, owner, lease_until, created_by, created_at)
        VALUES (@Id, 1, 'x', 'running', '{"name":"x"}', 0, @Divisions, 0, 'elsewhere', 9000000000000000000, 'x', 0)
        """);
}

/// <summary>Workers of a village of their own and a firm's postings.</summary>
internal sealed record Season(ApiCaller Clerk, string Home, Guid Employer, Guid[] Workers, PostingPublished[] Postings)
{
    private static int villages;

    public static async Task<Season> Of(Market market, int workers, int[] seats)
    {
        // Twelve digits below a town that exists: the round of one test sees nobody of another.
        var home = $"640422101{Interlocked.Increment(ref villages):000}";
        var (trade, employer) = (Market.NewTrade(), Market.NewId());
        var people = await market.Tell([.. Enumerable.Range(0, workers).Select(_ => Market.Willing(trade, home))]);
        List<PostingPublished> postings = [];
        foreach (var count in seats)
        {
            postings.Add(await market.Tell(Market.Open(trade, count, employer)));
        }

        return new Season(market.Xiji, home, employer, people, [.. postings]);
    }
}

[Collection(OnSqlite.Name)]
public sealed class Running_a_round_on_SQLite(SqliteMarket market) : Running_a_round(market);

[Collection(OnPostgreSql.Name)]
public sealed class Running_a_round_on_PostgreSQL(PostgreSqlMarket market) : Running_a_round(market);
