using LaborBridge.Domain;
using LaborBridge.Matching.Engine;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

/// <summary>Small invented markets, dense enough that rules bar, keys tie and seats run out.</summary>
static class Markets
{
    public static readonly DateOnly Today = new(2026, 11, 22);

    static readonly string[] TradeCodes = [Trades.General, "garment-sewing", "electronics-assembly", "shoe-making"];
    static readonly string[] Sites = ["350205", "350212", "350102", "640422", "640121104", "640502"];
    static readonly string[] WishedPlaces = ["35", "3502", "350205", "64", "6404", "640121", "640121104", "3501"];
    static readonly string[] Homes = ["640422", "640422101", "640424", "640121104"];
    static readonly string[] Papers = ["electrician", "welder", "health"];
    static readonly string[] Kitchens = ["halal", "vegetarian"];
    static readonly string[] Tongues = ["mandarin", "minnan", "northwestern"];

    public static Profile Profile { get; } = new()
    {
        AsOf = Today,
        LotterySeed = 20261122,
        Pairing = true,
        Pairings = new([("640424", "350205"), ("6404", "3502")]),
    };

    public static Guid Id(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    public static WorkerEntry Worker(Random random) => new()
    {
        Id = Id(random),
        Home = Pick(random, Homes),
        Skills = [.. Some(random, TradeCodes, 3).Select(trade => new Skill(trade, random.Next(6)))],
        Certificates = Some(random, Papers, 2),
        Languages = Some(random, Tongues, 3),
        ExperienceMonths = random.Next(4) * 20,
        WishedTrades = Some(random, TradeCodes, 3),
        WishedPlaces = Some(random, WishedPlaces, 3),
        LowestPay = random.Next(8) * 100_000,
        From = Today.AddDays(random.Next(-20, 40)),
        NeedsLodging = random.Next(3) == 0,
        CanteenWishes = Some(random, Kitchens, 2),
        Turns18On = random.Next(4) == 0 ? Today.AddDays(random.Next(-30, 800)) : null,
        PartnerAt = random.Next(4) == 0 ? Pick(random, Sites) : null,
        Priority = random.Next(3) * 50,
        Consent = random.Next(12) > 0,
        Free = random.Next(12) > 0,
    };

    public static PostingEntry Posting(Random random) => new()
    {
        Id = Id(random),
        Employer = Id(random),
        Site = Pick(random, Sites),
        Trade = Pick(random, TradeCodes),
        RequiredGrade = random.Next(2) == 0 ? 0 : random.Next(6),
        Certificates = random.Next(2) == 0 ? [] : Some(random, Papers, 2),
        Languages = random.Next(2) == 0 ? [] : Some(random, Tongues, 2),
        Headcount = random.Next(4),
        Accepted = random.Next(4) == 0 ? 1 : 0,
        GuaranteedPay = 300_000 + random.Next(6) * 100_000,
        Lodging = Pick(random, Enum.GetValues<Lodging>()),
        Canteen = Some(random, Kitchens, 2),
        Hazards = random.Next(4) == 0 ? ["noise"] : [],
        MotionsPerMinute = random.Next(3) == 0 ? random.Next(30, 70) : null,
        JuvenileBarred = random.Next(8) == 0,
        ValidFrom = Today.AddDays(-10),
        ValidTo = Today.AddDays(random.Next(-1, 60)),
        StartsOn = random.Next(3) == 0 ? Today.AddDays(random.Next(40)) : null,
    };

    public static (WorkerEntry[] Workers, PostingEntry[] Postings) Make(int seed, int workers, int postings)
    {
        var random = new Random(seed);
        return (
            [.. Enumerable.Range(0, workers).Select(_ => Worker(random))],
            [.. Enumerable.Range(0, postings).Select(_ => Posting(random))]);
    }

    /// <summary>An adult without demands and a posting without hazards, as a start for <c>with</c>.</summary>
    public static (WorkerEntry Worker, PostingEntry Posting) Plain() => (
        new()
        {
            Id = new("01934d00-0000-7000-8000-000000000001"), Home = "640422101", From = Today, WishedTrades = ["garment-sewing"], Consent = true, Free = true,
        },
        new()
        {
            Id = new("01934d00-0000-7000-8000-000000000002"), Employer = new("01934d00-0000-7000-8000-000000000003"), Site = "350205", Trade = "garment-sewing",
            Headcount = 1, GuaranteedPay = 500_000, ValidFrom = Today, ValidTo = Today.AddDays(30),
        });

    public static RoundResult Run(WorkerEntry[] workers, PostingEntry[] postings, Profile profile) =>
        DeferredAcceptance.Run(workers, postings, profile, TestContext.Current.CancellationToken);

    public static RoundResult RunPlain(WorkerEntry[] workers, PostingEntry[] postings, Profile profile) =>
        PlainRound.Run(workers, postings, profile, TestContext.Current.CancellationToken);

    public static long CountBlocking(WorkerEntry[] workers, PostingEntry[] postings, IReadOnlyCollection<Match> matches, Profile profile) =>
        BlockingPairs.Count(workers, postings, matches, profile, TestContext.Current.CancellationToken);

    static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    static T[] Some<T>(Random random, T[] from, int atMost)
    {
        var copy = from.ToArray();
        random.Shuffle(copy);
        return copy[..random.Next(atMost + 1)];
    }
}
