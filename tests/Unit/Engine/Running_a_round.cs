using LaborBridge.Matching.Engine;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

public sealed class Running_a_round
{
    [Fact]
    public void leaves_no_blocking_pair_and_overfills_nothing()
    {
        var (matched, contested) = (0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            var (workers, postings) = Markets.Make(seed, workers: 10 + seed, postings: 5 + seed / 3);
            var result = Markets.Run(workers, postings, Markets.Profile);
            var stability = new Stability(workers, postings, Markets.Profile);
            var places = stability.Places(result.Matches);
            Assert.True(stability.Feasible(places), $"seed {seed}: not feasible");
            Assert.True(stability.BlockingPairs(places) == 0, $"seed {seed}: {stability.BlockingPairs(places)} blocking pairs");
            Assert.Equal(0, Markets.CountBlocking(workers, postings, result.Matches, Markets.Profile));
            Assert.Equal(workers.Length, result.Matches.Count + result.Unmatched.Count);
            Assert.Equal(workers.Select(worker => worker.Id).Order(), result.Matches.Select(match => match.WorkerId).Concat(result.Unmatched.Select(unmatched => unmatched.WorkerId)).Order());
            matched += result.Matches.Count;
            contested += result.Unmatched.Count(unmatched => unmatched.Code == "outbid");
        }

        Assert.True(matched > 1_000 && contested > 500, $"{matched} matched, {contested} outbid: the markets test too little");
    }

    [Fact]
    public void equals_the_plain_engine_to_the_last_reason()
    {
        var matched = 0;
        for (var seed = 0; seed < 2_000; seed++)
        {
            var (workers, postings) = Markets.Make(seed, workers: 1 + seed % 61, postings: 1 + seed % 23);
            var profile = Markets.Profile with
            {
                Worker = (seed % 4) switch { 0 => new() { Pay = 577 }, 1 => new() { Pay = 600, Place = 0, Trade = 0 }, 2 => new() { Pay = 0 }, _ => new() },
                PayCeiling = seed % 3 == 0 ? 613_337 : 600_000,
            };
            var (expected, result) = (Markets.RunPlain(workers, postings, profile), Markets.Run(workers, postings, profile));
            Assert.True(expected.Matches.SequenceEqual(result.Matches), $"seed {seed}: other matches");
            Assert.True(expected.Cutoffs.SequenceEqual(result.Cutoffs), $"seed {seed}: other cutoffs");
            Assert.True(expected.Unmatched.SequenceEqual(result.Unmatched), $"seed {seed}: other reasons");
            matched += result.Matches.Count;
        }

        Assert.True(matched > 10_000, $"{matched} matched: the markets test too little");
    }

    [Fact]
    public void gives_every_worker_the_best_of_all_stable_assignments()
    {
        var choices = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var lists = RandomLists(new Random(seed), names: 5, mostSeats: 1 + seed % 3 / 2);
            var stability = new Stability(lists.Workers, lists.Postings, PreferenceLists.Profile);
            var all = stability.AllStable();
            var places = stability.Places(lists.Run().Matches);
            Assert.Contains(all, stable => stable.SequenceEqual(places));
            Assert.True(stability.BestForEveryWorker(places, all), $"seed {seed}");
            choices += all.Count > 1 ? 1 : 0;
        }

        Assert.True(choices > 30, $"only {choices} markets had more than one stable assignment");
    }

    [Fact]
    public void gives_every_worker_the_best_on_scored_markets_too()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var (workers, postings) = Markets.Make(seed, workers: 6, postings: 5);
            workers = [.. workers.Select(worker => worker with { Consent = true, Free = true, WishedPlaces = [], NeedsLodging = false, LowestPay = 0 })];
            var stability = new Stability(workers, postings, Markets.Profile);
            var places = stability.Places(Markets.Run(workers, postings, Markets.Profile).Matches);
            Assert.True(stability.BestForEveryWorker(places, stability.AllStable()), $"seed {seed}");
        }
    }

    [Fact]
    public void does_not_depend_on_the_order_of_the_input()
    {
        var (workers, postings) = Markets.Make(seed: 11, workers: 300, postings: 90);
        var expected = Markets.Run(workers, postings, Markets.Profile);
        var random = new Random(1);
        for (var shuffle = 0; shuffle < 10; shuffle++)
        {
            random.Shuffle(workers);
            random.Shuffle(postings);
            var result = Markets.Run(workers, postings, Markets.Profile);
            Assert.Equal(expected.Matches, result.Matches);
            Assert.Equal(expected.Unmatched, result.Unmatched);
            Assert.Equal(expected.Cutoffs, result.Cutoffs);
            Assert.Equal(expected.Proposals, result.Proposals);
            Assert.Equal(expected.Digest(), result.Digest());
        }
    }

    [Fact]
    public void reads_lists_to_their_end_when_everyone_wants_the_same()
    {
        // One trade, equal postings but for pay: the weakest of 400 workers has to go down the whole list.
        var (worker, posting) = Markets.Plain();
        var random = new Random(5);
        var workers = Enumerable.Range(0, 400).Select(number => worker with { Id = Markets.Id(random), ExperienceMonths = number % 50 }).ToArray();
        var postings = Enumerable.Range(0, 400).Select(number => posting with { Id = Markets.Id(random), GuaranteedPay = 500_000 + number }).ToArray();
        var result = Markets.Run(workers, postings, Markets.Profile);

        Assert.Equal(400, result.Matches.Count);
        var paid = postings.ToDictionary(posting => posting.Id, posting => posting.GuaranteedPay);
        Assert.Equal(
            workers.OrderByDescending(worker => WorkerKey.Of(new(worker, posting, Markets.Profile))).Select(worker => worker.Id),
            result.Matches.OrderByDescending(match => paid[match.PostingId]).Select(match => match.WorkerId));
    }

    [Fact]
    public void breaks_ties_by_the_published_lottery()
    {
        var (worker, posting) = Markets.Plain();
        var random = new Random(6);
        var workers = Enumerable.Range(0, 20).Select(_ => worker with { Id = Markets.Id(random) }).ToArray();
        var winners = Enumerable.Range(0, 10).Select(seed => Assert.Single(Markets.Run(workers, [posting], Markets.Profile with { LotterySeed = seed }).Matches).WorkerId).ToArray();
        Assert.Equal(Enumerable.Range(0, 10).Select(seed => workers.MaxBy(worker => WorkerKey.Draw(seed, worker.Id))!.Id), winners);
        Assert.True(winners.Distinct().Count() > 3);
    }

    [Fact]
    public void draws_lots_that_never_change() =>
        Assert.Equal(7897900170795661487UL, WorkerKey.Draw(20261122, new("01934d00-0000-7000-8000-000000000001")));

    [Fact]
    public void states_cutoffs_only_where_seats_ran_out()
    {
        var (workers, postings) = Markets.Make(seed: 12, workers: 200, postings: 60);
        var result = Markets.Run(workers, postings, Markets.Profile);
        Assert.Equal(postings.Select(posting => posting.Id).Order(), result.Cutoffs.Select(cutoff => cutoff.PostingId));
        foreach (var cutoff in result.Cutoffs)
        {
            var taken = result.Matches.Where(match => match.PostingId == cutoff.PostingId).ToArray();
            Assert.Equal(taken.Length, cutoff.Taken);
            Assert.Equal(cutoff.Taken == cutoff.Seats && cutoff.Seats > 0 ? taken.Min(match => match.FirmScore) : null, cutoff.Key?.Score);
        }

        Assert.Contains(result.Cutoffs, cutoff => cutoff.Key is not null);
        Assert.Contains(result.Cutoffs, cutoff => cutoff is { Key: null, Seats: > 0 });
    }

    [Fact]
    public void explains_every_pair()
    {
        var (workers, postings) = Markets.Make(seed: 13, workers: 120, postings: 40);
        var result = Markets.Run(workers, postings, Markets.Profile);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var worker in workers)
            foreach (var posting in postings)
            {
                var pair = new Pair(worker, posting, Markets.Profile);
                var reason = result.Explain(pair);
                codes.Add(reason.Code);
                Assert.Equal(reason.Code == "barred", !Eligibility.Holds(pair));
                Assert.Equal(reason.Code == "matched-here", result.MatchOf(worker.Id)?.PostingId == posting.Id);
                if (reason.Code == "posting-full")
                    Assert.True(reason.Key < reason.Cutoff);
            }

        Assert.Equal(["barred", "better-place", "matched-here", "posting-full"], codes.Order());
    }

    [Fact]
    public void says_at_which_cutoff_a_posting_was_full()
    {
        var (worker, posting) = Markets.Plain();
        var skilled = worker with { Id = new("01934d00-0000-7000-8000-0000000000ff"), ExperienceMonths = 60 };
        var result = Markets.Run([worker, skilled], [posting], Markets.Profile);
        Assert.Equal("岗位已满，录用线 1520 分，本人 1320 分", result.Explain(new(worker, posting, Markets.Profile)).Sentence.Zh);
        Assert.Equal("outbid", Assert.Single(result.Unmatched).Code);
    }

    [Fact]
    public void says_why_somebody_got_nothing()
    {
        var (worker, posting) = Markets.Plain();
        string Reason(WorkerEntry w, params PostingEntry[] postings) => Assert.Single(Markets.Run([w], postings, Markets.Profile).Unmatched).Code;

        Assert.Equal("no-posting-in-trade", Reason(worker));
        Assert.Equal("no-posting-in-trade", Reason(worker with { WishedTrades = ["shoe-making"] }, posting));
        Assert.Equal("no-posting-in-places", Reason(worker with { WishedPlaces = ["64"] }, posting));
        Assert.Equal("no-posting-in-places", Reason(worker with { WishedPlaces = ["350212"] }, posting));
        Assert.Equal("consent", Reason(worker with { Consent = false }, posting));
        Assert.Equal("lowest-pay", Reason(worker with { LowestPay = 510_000 }, posting));
        Assert.Equal("lodging", Reason(
            worker with { LowestPay = 510_000, NeedsLodging = true },
            posting,
            posting with { Id = new(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), GuaranteedPay = 520_000 },
            posting with { Id = new(2, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), GuaranteedPay = 520_000 }));
    }

    [Fact]
    public void stops_when_cancelled()
    {
        var (workers, postings) = Markets.Make(seed: 14, workers: 10, postings: 10);
        Assert.Throws<OperationCanceledException>(() => DeferredAcceptance.Run(workers, postings, Markets.Profile, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void reports_progress_to_the_end()
    {
        var (workers, postings) = Markets.Make(seed: 15, workers: 3_000, postings: 100);
        var reports = new Reports();
        var result = DeferredAcceptance.Run(workers, postings, Markets.Profile, TestContext.Current.CancellationToken, reports);
        Assert.True(reports.Seen.Count > 2);
        Assert.Equal(new(3_000, 3_000, 0), reports.Seen[0]);
        Assert.Equal(new(3_000, 0, result.Proposals), reports.Seen[^1]);
    }

    [Fact]
    public void has_a_checker_that_finds_planted_blocking_pairs()
    {
        var lists = new PreferenceLists(
            workers: new() { ["a"] = ["X", "Y"], ["b"] = ["X", "Y"] },
            postings: new() { ["X"] = ["a", "b"], ["Y"] = ["a", "b"] });
        var swapped = new[] { new Match(lists.Workers[0].Id, lists.Postings[1].Id, 0, 0), new Match(lists.Workers[1].Id, lists.Postings[0].Id, 0, 0) };
        var stability = new Stability(lists.Workers, lists.Postings, PreferenceLists.Profile);
        Assert.Equal(1, Markets.CountBlocking(lists.Workers, lists.Postings, swapped, PreferenceLists.Profile));
        Assert.Equal(1, stability.BlockingPairs(stability.Places(swapped)));
        Assert.Equal(4, Markets.CountBlocking(lists.Workers, lists.Postings, [], PreferenceLists.Profile));
        Assert.Equal(4, stability.BlockingPairs(stability.Places([])));
    }

    [Fact]
    public void counts_blocking_pairs_as_the_scalar_checker_does()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var (workers, postings) = Markets.Make(seed, workers: 25, postings: 12);
            var run = Markets.Run(workers, postings, Markets.Profile with { Worker = new() { Pay = 0 }, LotterySeed = 1 });
            var stability = new Stability(workers, postings, Markets.Profile);
            Assert.Equal(stability.BlockingPairs(stability.Places(run.Matches)), Markets.CountBlocking(workers, postings, run.Matches, Markets.Profile));
        }
    }

    [Fact]
    public void counts_blocking_pairs_of_a_sample()
    {
        var (workers, postings) = Markets.Make(seed: 16, workers: 80, postings: 30);
        var result = Markets.Run(workers, postings, Markets.Profile with { Worker = new() { Pay = 0 }, LotterySeed = 1 });
        var all = Markets.CountBlocking(workers, postings, result.Matches, Markets.Profile);
        Assert.True(all > 0);
        Assert.Equal(all, workers.Chunk(7).Sum(sample =>
            BlockingPairs.Count(workers, postings, result.Matches, Markets.Profile, TestContext.Current.CancellationToken, sample)));
    }

    static PreferenceLists RandomLists(Random random, int names, int mostSeats)
    {
        var workers = Enumerable.Range(0, names).Select(number => $"w{number}").ToArray();
        var postings = Enumerable.Range(0, names).Select(number => $"p{number}").ToArray();
        string[] Shuffled(string[] all)
        {
            var copy = all.ToArray();
            random.Shuffle(copy);
            return copy[random.Next(2)..];
        }

        return new(
            workers.ToDictionary(name => name, _ => Shuffled(postings)),
            postings.ToDictionary(name => name, _ => Shuffled(workers)),
            postings.ToDictionary(name => name, _ => random.Next(1, mostSeats + 1)));
    }

    sealed class Reports : IProgress<RoundProgress>
    {
        public List<RoundProgress> Seen { get; } = [];

        public void Report(RoundProgress value) => Seen.Add(value);
    }
}
