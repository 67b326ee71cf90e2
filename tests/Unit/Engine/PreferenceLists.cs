using LaborBridge.Matching.Engine;

namespace LaborBridge.Tests.Unit.Engine;

/// <summary>
/// Turns textbook preference lists into entries: a worker wishes one trade per posting, in the order of the list;
/// a posting asks for as many certificates as it lists workers, and the better one is liked the more of them one holds.
/// </summary>
sealed class PreferenceLists
{
    public static Profile Profile { get; } = new()
    {
        AsOf = Markets.Today,
        Worker = new() { Pay = 0, Place = 0, NearHome = 0, Trade = 400, Lodging = 0, Canteen = 0, Partner = 0, Pairing = 0 },
        Firm = new() { Grade = 0, Certificates = 1000, Start = 0, Experience = 0, Priority = 0 },
    };

    readonly string[] workerNames;
    readonly string[] postingNames;

    public PreferenceLists(Dictionary<string, string[]> workers, Dictionary<string, string[]> postings, Dictionary<string, int>? seats = null)
    {
        workerNames = [.. workers.Keys];
        postingNames = [.. postings.Keys];
        Workers = [.. workers.Select((worker, number) => new WorkerEntry
        {
            Id = WorkerId(number),
            Home = "640422",
            From = Markets.Today,
            Consent = true,
            Free = true,
            WishedTrades = [.. worker.Value.Where(posting => postings[posting].Contains(worker.Key)), "nowhere"],
            Certificates = [.. postings.Where(posting => posting.Value.Contains(worker.Key))
                .SelectMany(posting => Papers(posting.Key, posting.Value.Length - Array.IndexOf(posting.Value, worker.Key)))],
        })];
        Postings = [.. postings.Select((posting, number) => new PostingEntry
        {
            Id = PostingId(number),
            Employer = PostingId(number),
            Site = "350205",
            Trade = posting.Key,
            Certificates = [.. Papers(posting.Key, posting.Value.Length)],
            Headcount = seats?[posting.Key] ?? 1,
            GuaranteedPay = 500_000,
            ValidFrom = Markets.Today,
            ValidTo = Markets.Today.AddDays(1),
        })];
    }

    public WorkerEntry[] Workers { get; }

    public PostingEntry[] Postings { get; }

    /// <summary>"worker-posting" in the order of the worker names.</summary>
    public string Names(IEnumerable<Match> matches) => string.Join(' ', matches
        .Select(match => $"{workerNames[Array.FindIndex(Workers, worker => worker.Id == match.WorkerId)]}-{postingNames[Array.FindIndex(Postings, posting => posting.Id == match.PostingId)]}")
        .Order(StringComparer.Ordinal));

    public RoundResult Run() => Markets.Run(Workers, Postings, Profile);

    static IEnumerable<string> Papers(string posting, int count) => Enumerable.Range(0, count).Select(number => $"{posting}-{number}");

    static Guid WorkerId(int number) => new(number + 1, 1, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    static Guid PostingId(int number) => new(number + 1, 2, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
