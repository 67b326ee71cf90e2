using System.Diagnostics;
using LaborBridge.Matching.Engine;

namespace LaborBridge.Tests.Benchmarks;

/// <summary>The matching engine on the test market: book, top lists, rounds, changes. Figures of several repetitions are best and median.</summary>
internal static class Engine
{
    const int Listed = 50, Sampled = 20_000, Changes = 2_000;

    /// <param name="name">A or B.</param>
    /// <param name="workers">How many.</param>
    /// <param name="parts">Some of <c>lists</c>, <c>rounds</c>, <c>totals</c>, <c>groups</c>, <c>changes</c>, <c>book</c>; none for all.</param>
    public static void Run(string name, int workers, params string[] parts)
    {
        var season = SeasonMarket.Of(name, workers);
        Console.WriteLine($"market {name}: {season.Workers.Length:N0} workers, {season.Postings.Length:N0} postings, {season.Postings.Sum(posting => posting.Headcount):N0} seats; {Environment.ProcessorCount} cores, vectors {Lanes.Vectors}");
        // At a million one repetition says enough.
        var times = workers > 400_000 ? 2 : 5;
        foreach (var part in parts.Length > 0 ? parts : ["lists", "rounds", "totals", "groups", "changes", "book"])
        {
            switch (part)
            {
                case "lists":
                    Market market = null!;
                    Measure("compile a round's market", Math.Min(3, times), () => market = new(season.Workers, season.Postings, season.Profile));
                    TopLists(market, times);
                    break;
                case "rounds":
                    Rounds(season, times);
                    break;
                case "totals":
                    // On market B, and at a million, one step is what finishes in minutes.
                    HighestTotals(season, steps: name == "A" && workers <= 400_000 ? [64, 16] : [64]);
                    break;
                case "groups":
                    Together(season);
                    break;
                case "changes":
                    Increments(season);
                    break;
                case "book":
                    Books(season);
                    break;
                default:
                    throw new ArgumentException($"There is no part '{part}'.", nameof(parts));
            }

            GC.Collect();
            Console.WriteLine($"  memory after {part}: {GC.GetTotalMemory(forceFullCollection: true) / 1e6:N0} MB held, peak of the process {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB");
        }
    }

    /// <summary>Time and memory from 100,000 to a million, beside the growth of the pairs: above 1 it grows faster than they do.</summary>
    public static void Growth(string name)
    {
        (double Pairs, double Lists, double Round, double Memory)? before = null;
        foreach (var workers in (int[])[100_000, 330_000, 1_000_000])
        {
            var season = SeasonMarket.Of(name, workers);
            var empty = GC.GetTotalMemory(forceFullCollection: true);
            var market = new Market(season.Workers, season.Postings, season.Profile);
            var memory = GC.GetTotalMemory(forceFullCollection: true) - empty;
            var pairs = market.Workers.Sum(worker => worker.Wishes.Sum(wish => (double)wish.Trade.All.Count));
            var scan = new PostingScan(market.Postings);
            var (lists, round) = (new Times(), new Times());
            for (var time = 0; time < (workers > 400_000 ? 2 : 5); time++)
            {
                market = new(season.Workers, season.Postings, season.Profile);
                lists.Add(() => Array.ForEach(market.Workers, worker => scan.Run<Listing>(worker, Listed)));
                round.Add(() => DeferredAcceptance.Assign(market));
                scan = new(market.Postings);
            }

            Console.WriteLine($"market {name}, {workers:N0} workers: {pairs:N0} pairs in a wished trade; top {Listed} for all {lists.Best:0.000} s, stable round {round.Best:0.000} s of processor; compiled market {memory / 1e6:N0} MB");
            if (before is { } smaller)
                Console.WriteLine($"  growth of the pairs {pairs / smaller.Pairs:0.0}×; top {Listed} {lists.Best / smaller.Lists:0.0}× ({lists.Best / smaller.Lists / (pairs / smaller.Pairs):0.00}), round {round.Best / smaller.Round:0.0}× ({round.Best / smaller.Round / (pairs / smaller.Pairs):0.00}), memory {memory / smaller.Memory:0.0}×");
            before = (pairs, lists.Best, round.Best, memory);
        }
    }

    static void TopLists(Market market, int times)
    {
        var scan = new PostingScan(market.Postings);
        Measure($"top {Listed} for all", times, () =>
        {
            foreach (var worker in market.Workers)
                scan.Run<Listing>(worker, Listed);
        });
        var every = Math.Max(1, market.Workers.Length / Sampled);
        var sample = market.Workers.Where((_, number) => number % every == 0).ToArray();
        void Scan()
        {
            foreach (var worker in sample)
                scan.Run<Listing>(worker, Listed);
        }

        Measure($"top {Listed} for {sample.Length:N0}", 5, Scan);
        Lanes.Vectors = false;
        Measure($"top {Listed} for {sample.Length:N0}, no vectors", 3, Scan);
        Lanes.Vectors = true;
        Measure($"top {Listed} for {sample.Length:N0}, plain loop over the same columns", 1, () => PlainLoop.Run(market, sample, Listed));
        long eligible = 0;
        Measure("eligible pairs counted", 1, () =>
        {
            foreach (var worker in market.Workers)
            {
                scan.Run<Counting>(worker, 1);
                eligible += scan.Counted;
            }
        });
        Console.WriteLine($"  {eligible:N0} eligible pairs of {market.Workers.Sum(worker => worker.Wishes.Sum(wish => (long)wish.Trade.All.Count)):N0} in a wished trade");
    }

    static void Rounds(SeasonMarket season, int times)
    {
        var best = new Times();
        (SeatHeaps Seats, long Proposals) round = (null!, 0);
        Market market = null!;
        for (var run = 0; run < times; run++)
        {
            market = new(season.Workers, season.Postings, season.Profile);
            best.Add(() => round = DeferredAcceptance.Assign(market));
        }

        best.Print("stable round, everybody alone");
        Console.WriteLine($"  {Enumerable.Range(0, market.Postings.SlotCount).Sum(slot => round.Seats.Held(slot)):N0} placed, {round.Proposals:N0} proposals");
        RoundResult result = null!;
        Measure("the same with reading the input and giving reasons", 1, () => result = DeferredAcceptance.Run(season.Workers, season.Postings, season.Profile));
        var sample = season.Workers.Where((_, number) => number % Math.Max(1, season.Workers.Length / 50) == 0).ToArray();
        Console.WriteLine($"  blocking pairs of {sample.Length} workers with all postings: {BlockingPairs.Count(season.Workers, season.Postings, result.Matches, season.Profile, default, sample)}; total {result.Total:N0}");
    }

    static void HighestTotals(SeasonMarket season, int[] steps)
    {
        foreach (var step in steps)
        {
            var market = new Market(season.Workers, season.Postings, season.Profile);
            (SeatHeaps Seats, long Bids) best = (null!, 0);
            Measure($"highest total, all pairs, ε {step / (double)Auction.Unit:0.##} points", 1, () => best = HighestTotal.Assign(market, step));
            var total = Results.Of(market, best.Seats, 0, Objective.Maximum, default).Total;
            long bound = 0;
            Measure("its certificate", 1, () => bound = HighestTotal.Bound(market, best.Seats));
            Console.WriteLine($"  {best.Bids:N0} bids, total {total:N0}, no more than {bound:N0}: at least {(double)total / bound:P4}");
        }
    }

    static void Together(SeasonMarket season)
    {
        var (alone, parties) = Party.Split(season.Workers);
        var market = new Market(alone, season.Postings, season.Profile);
        Standing standing = null!;
        (SeatHeaps Seats, long Proposals) round = (null!, 0);
        Measure("stable round of those who go alone", 1, () => round = DeferredAcceptance.Assign(market));
        Measure("taking it over to be kept", 1, () => standing = new(market, round.Seats));
        PartyReport report = null!;
        Measure("couples and groups", 1, () => report = standing.Place(parties));
        Console.WriteLine($"  {report.Parties:N0} parties, {report.Placed:N0} placed, {report.Tries:N0} tries, {report.Blocking.Count} blocking");
    }

    static void Increments(SeasonMarket season)
    {
        var changes = Math.Min(Changes, season.Postings.Length / 4);
        var standing = Standing.Of(season.Workers[changes..], season.Postings[changes..], season.Profile);
        Each("a worker joins", season.Workers[..changes], standing.Join);
        Each("a worker leaves", season.Workers[..changes], worker => standing.Leave(worker.Id));
        Each("a posting opens", season.Postings[..changes], standing.Open);
        Each("a posting closes", season.Postings[..changes], posting => standing.Close(posting.Id));
    }

    static void Books(SeasonMarket season)
    {
        using var book = new Book(season.Profile);
        Measure("fill a book", 1, () => book.Upsert(season.Workers, season.Postings));
        var postings = new PostingEntry[Listed];
        var workers = new WorkerEntry[Listed];
        var asking = season.Workers[..Math.Min(Sampled, season.Workers.Length)];
        void Ask(string when)
        {
            Each($"{Listed} postings for a worker{when}", asking, worker => book.TopPostings(worker.Id, postings));
            Each($"{Listed} workers for a posting{when}", season.Postings[..Math.Min(Changes, season.Postings.Length)], posting => book.TopWorkers(posting.Id, workers));
        }

        Ask(", warming up");
        Ask("");
        using var stop = new CancellationTokenSource();
        var round = Matching.Rounds.QuietThread.Run(() =>
        {
            var rounds = 0;
            for (; !stop.IsCancellationRequested; rounds++)
                DeferredAcceptance.Run(season.Workers, season.Postings, season.Profile);
            return rounds;
        });
        Ask(", while rounds run");
        stop.Cancel();
        round.Wait();
        Each("a worker changes", season.Workers[..Changes], book.Upsert);
        Each("a posting changes", season.Postings[..Math.Min(Changes, season.Postings.Length)], book.Upsert);
    }

    static void Measure(string what, int times, Action action)
    {
        var measured = new Times();
        for (var time = 0; time < times; time++)
            measured.Add(action);
        measured.Print(what);
    }

    static void Each<T>(string what, T[] items, Action<T> action)
    {
        var microseconds = new double[items.Length];
        var (before, processor) = (GC.GetAllocatedBytesForCurrentThread(), ThreadClock.Seconds);
        for (var item = 0; item < items.Length; item++)
        {
            var clock = Stopwatch.GetTimestamp();
            action(items[item]);
            microseconds[item] = Stopwatch.GetElapsedTime(clock).TotalMicroseconds;
        }

        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / items.Length;
        processor = ThreadClock.Seconds - processor;
        Array.Sort(microseconds);
        Console.WriteLine($"  {what}: mean {microseconds.Average():0.0} µs (processor {processor / items.Length * 1e6:0.0}), p50 {microseconds[items.Length / 2]:0.0}, p99 {microseconds[items.Length * 99 / 100]:0.0}; {allocated:N0} bytes each");
    }

    sealed class Times
    {
        readonly List<double> seconds = [], processor = [];
        long allocated;

        /// <summary>Least seconds of processor.</summary>
        public double Best => processor.Min();

        public void Add(Action action)
        {
            GC.Collect();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (clock, cpu) = (Stopwatch.GetTimestamp(), ThreadClock.Seconds);
            action();
            seconds.Add(Stopwatch.GetElapsedTime(clock).TotalSeconds);
            processor.Add(ThreadClock.Seconds - cpu);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        public void Print(string what)
        {
            seconds.Sort();
            processor.Sort();
            Console.WriteLine($"  {what}: {seconds[0]:0.000} s, {seconds[seconds.Count / 2]:0.000} s; processor {processor[0]:0.000} s, {processor[processor.Count / 2]:0.000} s; {allocated / 1e6:N1} MB allocated");
        }
    }
}
