using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Matching;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Matching;

/// <summary>The Matching service with neighbours that tell it of workers, postings and placements; started once per database and shared by its test classes.</summary>
public abstract class Market(SqlKind kind) : IAsyncLifetime
{
    private ServiceHost? started;

    public ServiceHost Host => started ?? throw new InvalidOperationException("Call Ready first.");

    public TellsWorkers Workers { get; } = new();

    public TellsEmployers Employers { get; } = new();

    public TellsPlacements Placements { get; } = new();

    public HearsMatching Ear { get; } = new();

    /// <summary>A clerk in 西吉, where the workers live.</summary>
    public ApiCaller Xiji => Host.As(Role.Station, "xiji", "640422");

    /// <summary>A clerk in 海沧, where the work is.</summary>
    public ApiCaller Haicang => Host.As(Role.Station, "haicang", "350205");

    /// <summary>A clerk in 彭阳, who has to do with neither.</summary>
    public ApiCaller Pengyang => Host.As(Role.Station, "pengyang", "640425");

    public static DateOnly Today => ChinaTime.Today(TimeProvider.System);

    public Db<MatchingService> Db => (Db<MatchingService>)Host.Services.GetService(typeof(Db<MatchingService>))!;

    public ApiCaller Firm(Guid employer) => Host.As(new Caller("hr", "hr", Role.Employer, Station: null, employer, []));

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public async Task Ready()
    {
        if (kind == SqlKind.PostgreSql)
        {
            Requires.PostgreSql();
        }

        started ??= await ServiceHost.Start(kind, [new MatchingService(), Workers, Employers, Placements, Ear]);
    }

    /// <summary>A trade of its own keeps a test's pairs apart from those of others: codes are free text here.</summary>
    public static string NewTrade() => $"trade-{NewId():N}";

    public static WorkerWilling Willing(string trade, string home = "640422101", long lowestPay = 450_000) => new(
        NewId(), home, [new SkillHeld(trade, "junior")], [trade], ["3502"], lowestPay, Today, Lodging: true, ["halal"], [], With: null, Turns18On: null, Monitored: false);

    public static PostingPublished Open(string trade, int headcount = 1, Guid? employer = null) => new(
        NewId(), employer ?? NewId(), 1, "装配工", "350205", "新阳工业区阳光西路1号", trade, "none", [], headcount, "month", 500_000, 650_000, 500_000, "free", ["canteen", "halal"], [],
        MotionsPerMinute: null, "direct", 12, Interview: false, Medical: false, StartsOn: null, Today, Today.AddDays(60));

    /// <summary>Tells of workers and waits until they can be matched.</summary>
    public async Task<Guid[]> Tell(params IReadOnlyList<WorkerWilling> willing)
    {
        await Workers.Tell([.. willing.Select(one => (one.WorkerId, (object)one))]);
        await Wait.Until(async () => await Count(KnownWorkers, willing.Select(one => one.WorkerId)) == willing.Count, "the workers are known");
        return [.. willing.Select(one => one.WorkerId)];
    }

    /// <summary>Tells of a posting and waits until it can be matched.</summary>
    public async Task<PostingPublished> Tell(PostingPublished posting)
    {
        await Employers.Tell((posting.PostingId, posting));
        await Wait.Until(async () => await Count(KnownPostings, [posting.PostingId], posting.Headcount) == 1, "the posting is known");
        return posting;
    }

    public async Task<(Guid Worker, PostingPublished Posting)> Pair(int headcount = 1)
    {
        var trade = NewTrade();
        return ((await Tell(Willing(trade)))[0], await Tell(Open(trade, headcount)));
    }

    /// <summary>An open offer, made by the home station.</summary>
    public async Task<Heard> Offer(Guid worker, Guid posting, DateTimeOffset? expiresAt = null) =>
        (await Xiji.Post("/api/offers", new { workerId = worker, postingId = posting, expiresAt })).Is(201);

    public Task<Heard> WorkerSays(string offer, string answer = "accept") => Xiji.Post($"/api/offers/{offer}/answers", new { party = "worker", answer, by = "clerk" });

    public Task<Heard> FirmSays(string offer, string answer = "accept") => Haicang.Post($"/api/offers/{offer}/answers", new { party = "employer", answer });

    /// <summary>An offer to which both said yes.</summary>
    public async Task<Heard> Agreed(Guid worker, Guid posting)
    {
        var offer = await Offer(worker, posting);
        (await WorkerSays(offer.Id)).Is(200);
        return (await FirmSays(offer.Id)).Is(200);
    }

    public async Task<Heard> OfferOf(string id) => (await Xiji.Get($"/api/offers/{id}")).Is(200);

    public Task IsOffer(string id, string state) => Wait.Until(async () => (string?)(await OfferOf(id)).Json["state"] == state, $"the offer is {state}");

    /// <summary>All counters and states, to compare.</summary>
    public async Task<string> State()
    {
        var parts = await Db.Read(async tx => (await tx.Query<string>(WorkerStates)).Concat(await tx.Query<string>(PostingStates)).Concat(await tx.Query<string>(OfferStates))
            .Concat(await tx.Query<string>(SpellStates)).Concat(await tx.Query<string>(MergedStates)).ToArray());
        return string.Join('\n', parts);
    }

    public async Task<PostingCount> Seats(Guid posting) => (await Db.Read(tx => tx.First<PostingCount>(Counts, new { Id = posting })))!;

    /// <summary>Tells that the worker works somewhere, and waits until it is known.</summary>
    public async Task AtWork(Guid worker, Guid placement)
    {
        await Placements.Tell((placement, new PlacementOpened(placement, worker, "roster", EmployerId: null, PostingId: null, "350205", "on-post", Running: true)));
        await Wait.Until(async () => await Db.Read(tx => tx.Scalar<string>(PlacementOf, new { Id = worker })) == placement.ToString(), "the placement is known");
    }

    /// <summary>Tells that a placement ended, and waits until it is known.</summary>
    public async Task Ended(Guid placement, Guid worker, PostingPublished? posting = null, bool seatFreed = false)
    {
        await Placements.Tell((placement, new PlacementEnded(placement, worker, posting?.EmployerId, posting?.PostingId, seatFreed ? "no-show" : "returned", seatFreed, Today)));
        await Wait.Until(async () => await Db.Read(tx => tx.Scalar<string>(PlacementOf, new { Id = worker })) != placement.ToString(), "the end is known");
    }

    /// <summary>Tells that a posting left the board, and waits until it is known.</summary>
    public async Task Close(PostingPublished posting, string reason)
    {
        await Employers.Tell((posting.PostingId, new PostingClosed(posting.PostingId, posting.EmployerId, reason)));
        await Wait.Until(async () => await Db.Read(tx => tx.Scalar<string>(ClosedBy, new { Id = posting.PostingId })) == reason, "the posting is closed");
    }

    /// <summary>Position of the last event that a neighbour told.</summary>
    public Task<long> Head<T>(Teller<T> teller) where T : Teller<T> => ((Db<T>)Host.Services.GetService(typeof(Db<T>))!).Read(tx => tx.Scalar<long>(HeadOf));

    /// <summary>Builds a copy anew from the first event, and waits until it is complete.</summary>
    public async Task Rebuild<T>(Teller<T> teller) where T : Teller<T>
    {
        var head = await Head(teller);
        (await Host.As(Role.Admin, "admin").Post("/api/operations/matching/streams/replay", new { stream = teller.Name, rebuild = true, reason = "test" })).Is(202);
        await Wait.Until(async () => await Db.Read(tx => tx.Checkpoint(teller.Name)) == head, $"the copy of {teller.Name} is built anew");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (started is not null)
        {
            await started.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private Task<long> Count(Sql sql, IEnumerable<Guid> ids, int headcount = 0) => Db.Read(tx => tx.Scalar<long>(sql, new { Ids = ids.ToArray(), Headcount = headcount }));

    private static readonly Sql KnownWorkers = Sql.Text("SELECT COUNT(*) FROM match_workers WHERE worker_id IN @Ids AND willing = 1");

    private static readonly Sql KnownPostings = Sql.Text("SELECT COUNT(*) FROM match_postings WHERE posting_id IN @Ids AND live = 1 AND headcount = @Headcount");

    private static readonly Sql Counts = Sql.Text("SELECT headcount, accepted, open_offers, waiting FROM match_postings WHERE posting_id = @Id");

    private static readonly Sql PlacementOf = Sql.Text("SELECT running_placement FROM match_workers WHERE worker_id = @Id");

    private static readonly Sql ClosedBy = Sql.Text("SELECT closed FROM match_postings WHERE posting_id = @Id");

    private static readonly Sql HeadOf = Sql.Text("SELECT position FROM stream_head WHERE id = 1");

    // What a row is, as one text on both databases under test.
    private static readonly Sql WorkerStates = Sql.Text(
        "SELECT CONCAT(worker_id, ' ', willing, ' ', entry, ' ', running_placement, ' ', open_offers, ' ', with_id, ' ', workplace) FROM match_workers ORDER BY worker_id");

    private static readonly Sql PostingStates = Sql.Text(
        "SELECT CONCAT(posting_id, ' ', live, ' ', closed, ' ', entry, ' ', headcount, ' ', accepted, ' ', open_offers, ' ', waiting) FROM match_postings ORDER BY posting_id");

    private static readonly Sql SpellStates = Sql.Text("SELECT CONCAT(placement_id, ' ', worker_id, ' ', months) FROM match_spells ORDER BY placement_id");

    private static readonly Sql MergedStates = Sql.Text("SELECT CONCAT(worker_id, ' ', into_id) FROM match_merged ORDER BY worker_id");

    private static readonly Sql OfferStates = Sql.Text("SELECT CONCAT(id, ' ', version, ' ', state, ' ', waiting, ' ', seat_freed) FROM offers ORDER BY id");

    public sealed class PostingCount
    {
        public required int Headcount { get; init; }
        public required int Accepted { get; init; }
        public required int OpenOffers { get; init; }
        public required int Waiting { get; init; }

        public override string ToString() => $"{Accepted} of {Headcount}, {OpenOffers} open, {Waiting} waiting";
    }

    public sealed class TellsWorkers() : Teller<TellsWorkers>(WorkerEvents.Contract);

    public sealed class TellsEmployers() : Teller<TellsEmployers>(EmployerEvents.Contract);

    public sealed class TellsPlacements() : Teller<TellsPlacements>(PlacementEvents.Contract);

    public sealed class HearsMatching() : Listener<HearsMatching>("ear", MatchingEvents.Contract);
}

public sealed class SqliteMarket() : Market(SqlKind.Sqlite);

public sealed class PostgreSqlMarket() : Market(SqlKind.PostgreSql);

[CollectionDefinition(Name)]
public sealed class OnSqlite : ICollectionFixture<SqliteMarket>
{
    public const string Name = "Matching on SQLite";
}

[CollectionDefinition(Name)]
public sealed class OnPostgreSql : ICollectionFixture<PostgreSqlMarket>
{
    public const string Name = "Matching on PostgreSQL";
}

/// <summary>A test class that runs on each database: derive once per market.</summary>
public abstract class MarketTest(Market market) : IAsyncLifetime
{
    protected Market Market { get; } = market;

    public async ValueTask InitializeAsync() => await Market.Ready();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

internal static class Words
{
    /// <summary>The worker of an offer.</summary>
    public static Guid Worker(this Heard offer) => Guid.Parse((string)offer.Json["workerId"]!);
}
