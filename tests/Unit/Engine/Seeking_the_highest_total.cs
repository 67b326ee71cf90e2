using LaborBridge.Matching.Engine;
using LaborBridge.Tests.Benchmarks;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

public sealed class Seeking_the_highest_total
{
    [Fact]
    public void comes_within_a_quarter_point_a_match_of_the_best_of_all_assignments()
    {
        var matched = 0;
        for (var seed = 0; seed < 1_000; seed++)
        {
            var (workers, postings) = Markets.Make(seed, workers: 1 + seed % 7, postings: 1 + seed % 5);
            var (result, certificate) = Run(workers, postings);
            var best = BestTotal(workers, postings);
            Assert.Equal(result.Total, certificate.Total);
            Assert.True(best <= certificate.Bound, $"seed {seed}: {best} is above the bound {certificate.Bound}");
            Assert.True(best - result.Total <= result.Matches.Count / 4.0, $"seed {seed}: {result.Total} of {best}");
            matched += result.Matches.Count;
        }

        Assert.True(matched > 500, $"{matched} matched: the markets test too little");
    }

    [Fact]
    public void is_feasible_and_proves_its_total_on_larger_markets()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var (workers, postings) = Markets.Make(seed, workers: 20 + 2 * seed, postings: 5 + seed / 2);
            var (result, certificate) = Run(workers, postings);
            var stability = new Stability(workers, postings, Markets.Profile);
            Assert.True(stability.Feasible(stability.Places(result.Matches)), $"seed {seed}");
            Assert.True(certificate.Bound - certificate.Total <= result.Matches.Count / 4.0 + 1, $"seed {seed}: {certificate}");
            Assert.True(result.Total >= Markets.Run(workers, postings, Markets.Profile).Total - result.Matches.Count / 4.0, $"seed {seed}: the stable total is higher");
            Assert.Equal(workers.Length, result.Matches.Count + result.Unmatched.Count);
        }
    }

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public void proves_999_thousandths_on_the_test_markets(string name)
    {
        var market = SeasonMarket.Of(name, workers: 3_000);
        var (result, certificate) = HighestTotal.Run(market.Workers, market.Postings, market.Profile, cancellation: TestContext.Current.CancellationToken);
        Assert.True(certificate.Share > 0.999, $"{certificate}: {certificate.Share}");
        Assert.True(result.Total > Markets.Run(market.Workers, market.Postings, market.Profile).Total);
    }

    [Fact]
    public void does_not_depend_on_the_order_of_the_input_or_on_vectors()
    {
        var (workers, postings) = Markets.Make(seed: 21, workers: 300, postings: 90);
        var expected = Run(workers, postings).Result;
        var random = new Random(1);
        for (var shuffle = 0; shuffle < 5; shuffle++)
        {
            random.Shuffle(workers);
            random.Shuffle(postings);
            Assert.Equal(expected.Digest(), Run(workers, postings).Result.Digest());
        }
    }

    [Fact]
    public void takes_larger_steps_when_told_so()
    {
        var market = SeasonMarket.A(workers: 3_000);
        var (_, fine) = HighestTotal.Run(market.Workers, market.Postings, market.Profile, cancellation: TestContext.Current.CancellationToken);
        var (rough, certificate) = HighestTotal.Run(market.Workers, market.Postings, market.Profile, step: 16, TestContext.Current.CancellationToken);
        Assert.True(certificate.Bound - certificate.Total <= 4 * rough.Matches.Count + 1);
        Assert.True(fine.Total >= certificate.Total);
    }

    [Fact]
    public void explains_every_pair()
    {
        var (workers, postings) = Markets.Make(seed: 13, workers: 120, postings: 40);
        var result = Run(workers, postings).Result;
        var codes = workers.SelectMany(worker => postings.Select(posting => result.Explain(new(worker, posting, Markets.Profile)).Code)).Distinct().Order();
        Assert.Equal(["barred", "matched-here", "total-elsewhere"], codes);
        Assert.Contains(result.Unmatched, unmatched => unmatched.Code == "total-elsewhere");
    }

    [Fact]
    public void stops_when_cancelled()
    {
        var (workers, postings) = Markets.Make(seed: 14, workers: 10, postings: 10);
        Assert.Throws<OperationCanceledException>(() => HighestTotal.Run(workers, postings, Markets.Profile, cancellation: new CancellationToken(canceled: true)));
    }

    static (RoundResult Result, Certificate Certificate) Run(WorkerEntry[] workers, PostingEntry[] postings) =>
        HighestTotal.Run(workers, postings, Markets.Profile, cancellation: TestContext.Current.CancellationToken);

    // Every assignment there is, by trying all.
    static long BestTotal(WorkerEntry[] workers, PostingEntry[] postings)
    {
        var left = postings.Select(posting => posting.FreeSeats).ToArray();
        long Try(int worker)
        {
            if (worker == workers.Length)
                return 0;
            var best = Try(worker + 1);
            for (var posting = 0; posting < postings.Length; posting++)
            {
                var pair = new Pair(workers[worker], postings[posting], Markets.Profile);
                if (left[posting] == 0 || !Eligibility.Holds(pair))
                    continue;
                left[posting]--;
                best = Math.Max(best, Fit.OfWorker(pair) + Fit.OfFirm(pair) + Try(worker + 1));
                left[posting]++;
            }

            return best;
        }

        return Try(0);
    }
}
