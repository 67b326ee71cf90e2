using FsCheck;
using FsCheck.Fluent;
using LaborBridge.Matching.Engine;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

/// <summary>What holds for every market, each property on hundreds of invented ones; one that breaks it is cut down to its smallest part that still does.</summary>
public sealed class Any_market
{
    static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public void lists_what_brute_force_over_all_pairs_lists() => Holds(300, workers: 40, postings: 30, market =>
    {
        using var book = Filled(market);
        foreach (var worker in market.Workers)
        {
            var best = Pairs(market).Where(pair => pair.Worker.Id == worker.Id && Eligibility.Holds(pair)).OrderByDescending(PostingKey.Of).Take(7).Select(pair => pair.Posting.Id);
            if (!best.SequenceEqual(book.TopPostings(worker.Id, 7)!.Select(one => one.Posting.Id)))
                return false;
        }

        return market.Postings.All(posting => Pairs(market).Where(pair => pair.Posting.Id == posting.Id && Eligibility.Holds(pair)).OrderByDescending(WorkerKey.Of).Take(7)
            .Select(pair => pair.Worker.Id).SequenceEqual(book.TopWorkers(posting.Id, 7)!.Select(one => one.Worker.Id)));
    });

    [Fact]
    public void has_a_round_without_a_blocking_pair() => Holds(300, workers: 60, postings: 25, market =>
    {
        var stability = new Stability(market.Workers, market.Postings, Markets.Profile);
        var places = stability.Places(Round(market).Matches);
        return stability.Feasible(places) && stability.BlockingPairs(places) == 0;
    });

    [Fact]
    public void has_none_that_is_better_for_any_worker() => Holds(300, workers: 5, postings: 5, market =>
    {
        var stability = new Stability(market.Workers, market.Postings, Markets.Profile);
        return stability.BestForEveryWorker(stability.Places(Round(market).Matches), stability.AllStable());
    });

    [Fact]
    public void gives_the_same_in_any_order_and_on_any_number_of_threads() => Holds(100, workers: 60, postings: 25, market =>
    {
        using var book = Filled(market);
        var (round, lists) = (Round(market), Lists(market, book, threads: 1));
        var random = new Random(market.Workers.Length);
        var rounds = Enumerable.Range(0, 3).Select(_ =>
        {
            var (workers, postings) = (market.Workers.ToArray(), market.Postings.ToArray());
            random.Shuffle(workers);
            random.Shuffle(postings);
            return new Small(workers, postings);
        }).ToArray();
        using var other = Filled(rounds[0]);
        return rounds.AsParallel().WithDegreeOfParallelism(3).Select(Round).All(result => result.Digest() == round.Digest() && result.Unmatched.SequenceEqual(round.Unmatched))
            && Lists(market, other, threads: 4).SequenceEqual(lists) && Lists(market, book, threads: 3).SequenceEqual(lists);
    });

    [Fact]
    public void is_followed_by_changes_as_a_full_run_would_but_for_the_drift() => Holds(150, workers: 30, postings: 14, market =>
    {
        // Half are there at the beginning; then they come and go. Stable after every event; equal to a full run after a re-base, and in how many are placed before it.
        var (workers, postings) = (market.Workers[..(market.Workers.Length / 2)].ToList(), market.Postings[..(market.Postings.Length / 2)].ToList());
        var standing = Standing.Of(workers, postings, Markets.Profile, Never);
        var random = new Random(market.Workers.Length * 31 + market.Postings.Length);
        for (var step = 0; step < 30; step++)
        {
            Change(random, market, standing, workers, postings);
            var full = Markets.Run([.. workers], [.. postings], Markets.Profile);
            var stability = new Stability([.. workers], [.. postings], Markets.Profile);
            var places = stability.Places(standing.Matches());
            // Rural hospitals (Roth 1986): every stable assignment places the same people and fills the same seats.
            if (!stability.Feasible(places) || stability.BlockingPairs(places) > 0
                || !standing.Matches().Select(match => match.WorkerId).SequenceEqual(full.Matches.Select(match => match.WorkerId))
                || !full.Cutoffs.All(cutoff => standing.Holding(cutoff.PostingId) == cutoff.Taken)
                || !stability.BestForEveryWorker(stability.Places(full.Matches), [places]))
                return false;
        }

        standing.Rebase(Never);
        return standing.Matches().SequenceEqual(Markets.Run([.. workers], [.. postings], Markets.Profile).Matches);
    });

    static void Change(Random random, Small market, Standing standing, List<WorkerEntry> workers, List<PostingEntry> postings)
    {
        if (random.Next(2) == 0 && market.Workers.Length > 0)
        {
            var worker = market.Workers[random.Next(market.Workers.Length)];
            if (workers.Remove(worker))
                standing.Leave(worker.Id);
            else
            {
                workers.Add(worker);
                standing.Join(worker);
            }
        }
        else if (market.Postings.Length > 0)
        {
            var posting = market.Postings[random.Next(market.Postings.Length)];
            if (postings.Remove(posting))
                standing.Close(posting.Id);
            else
            {
                postings.Add(posting);
                standing.Open(posting);
            }
        }
    }

    static void Holds(int markets, int workers, int postings, Func<Small, bool> property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(markets), Prop.ForAll(Of(workers, postings), property));

    static Arbitrary<Small> Of(int workers, int postings) => Arb.From(
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from someWorkers in Gen.Choose(0, workers)
        from somePostings in Gen.Choose(0, postings)
        let made = Markets.Make(seed, someWorkers, somePostings)
        select new Small(made.Workers, made.Postings),
        market => [.. Fewer(market.Workers).Select(fewer => market with { Workers = fewer }), .. Fewer(market.Postings).Select(fewer => market with { Postings = fewer })]);

    static IEnumerable<T[]> Fewer<T>(T[] all) => all.Length > 8
        ? [all[..(all.Length / 2)], all[(all.Length / 2)..]]
        : Enumerable.Range(0, all.Length).Select(gone => all.Where((_, number) => number != gone).ToArray());

    static Book Filled(Small market)
    {
        var book = new Book(Markets.Profile);
        book.Upsert(market.Workers, market.Postings);
        return book;
    }

    static string[] Lists(Small market, Book book, int threads) =>
    [
        .. market.Workers.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).Select(worker => string.Join(' ', book.TopPostings(worker.Id, 9)!.Select(one => one.Posting.Id))),
        .. market.Postings.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).Select(posting => string.Join(' ', book.TopWorkers(posting.Id, 9)!.Select(one => one.Worker.Id))),
    ];

    static RoundResult Round(Small market) => DeferredAcceptance.Run(market.Workers, market.Postings, Markets.Profile, Never);

    static IEnumerable<Pair> Pairs(Small market) => from worker in market.Workers from posting in market.Postings select new Pair(worker, posting, Markets.Profile);

    sealed record Small(WorkerEntry[] Workers, PostingEntry[] Postings)
    {
        public override string ToString() => $"{string.Join('\n', (object[])Workers)}\n{string.Join('\n', (object[])Postings)}";
    }
}
