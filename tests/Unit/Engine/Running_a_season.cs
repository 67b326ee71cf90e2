using LaborBridge.Matching.Engine;
using LaborBridge.Tests.Benchmarks;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

/// <summary>The markets that figures are taken on, as large as a test has time for.</summary>
public sealed class Running_a_season
{
    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public void leaves_no_blocking_pair_among_thousands(string name)
    {
        var market = SeasonMarket.Of(name, workers: 10_000);
        var result = Markets.Run(market.Workers, market.Postings, market.Profile);
        var sample = market.Workers.Where((_, number) => number % 40 == 0).ToArray();
        Assert.Equal(0, BlockingPairs.Count(market.Workers, market.Postings, result.Matches, market.Profile, TestContext.Current.CancellationToken, sample));
        Assert.True(result.Matches.Count > 1_000 && result.Unmatched.Count > 1_000, $"{result.Matches.Count} matched: the market tests too little");
    }

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public void has_a_blocking_pair_as_soon_as_one_match_is_taken_away(string name)
    {
        var market = SeasonMarket.Of(name, workers: 2_000);
        var result = Markets.Run(market.Workers, market.Postings, market.Profile);
        var less = result.Matches.Skip(1).ToArray();
        Assert.True(BlockingPairs.Count(
            market.Workers, market.Postings, less, market.Profile, TestContext.Current.CancellationToken, [market.Workers.Single(worker => worker.Id == result.Matches[0].WorkerId)]) > 0);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public void equals_the_plain_engine(string name)
    {
        var market = SeasonMarket.Of(name, workers: 2_000);
        var (expected, result) = (Markets.RunPlain(market.Workers, market.Postings, market.Profile), Markets.Run(market.Workers, market.Postings, market.Profile));
        Assert.Equal(expected.Matches, result.Matches);
        Assert.Equal(expected.Cutoffs, result.Cutoffs);
        Assert.Equal(expected.Unmatched, result.Unmatched);
    }

    [Fact]
    public async Task comes_to_the_same_on_any_number_of_threads()
    {
        var market = SeasonMarket.B(workers: 2_000);
        var expected = Markets.Run(market.Workers, market.Postings, market.Profile).Digest();
        var digests = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Markets.Run(market.Workers, market.Postings, market.Profile).Digest())));
        Assert.All(digests, digest => Assert.Equal(expected, digest));
    }
}
