using LaborBridge.Matching.Engine;
using LaborBridge.Tests.Benchmarks;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

/// <summary>Scans look at blocks of postings with vector instructions, or at one posting at a time: the same lists and the same rounds.</summary>
public sealed class Scanning_without_vectors
{
    [Fact]
    public void lists_the_same()
    {
        foreach (var name in new[] { "A", "B" })
        {
            var market = SeasonMarket.Of(name, workers: 3_000);
            using var book = new Book(market.Profile);
            book.Upsert(market.Workers, market.Postings);
            var lists = OnBothPaths(() => (
                market.Workers.Select(worker => string.Join(' ', book.TopPostings(worker.Id, 20)!.Select(candidate => candidate.Posting.Id))).ToArray(),
                market.Postings.Select(posting => string.Join(' ', book.TopWorkers(posting.Id, 20)!.Select(candidate => candidate.Worker.Id))).ToArray()));
            Assert.Equal(lists.Single.Item1, lists.Vector.Item1);
            Assert.Equal(lists.Single.Item2, lists.Vector.Item2);
        }
    }

    [Fact]
    public void assigns_the_same()
    {
        foreach (var name in new[] { "A", "B" })
        {
            var market = SeasonMarket.Of(name, workers: 3_000);
            var results = OnBothPaths(() => Markets.Run(market.Workers, market.Postings, market.Profile));
            Assert.Equal(results.Single.Matches, results.Vector.Matches);
            Assert.Equal(results.Single.Unmatched, results.Vector.Unmatched);
        }
    }

    [Fact]
    public void equals_brute_force_and_the_plain_engine_too()
    {
        OnBothPaths(() =>
        {
            new Listing_the_best().equals_brute_force_both_ways_on_many_small_books();
            new Running_a_round().equals_the_plain_engine_to_the_last_reason();
            return true;
        });
    }

    // Other tests may run at the same time on the other path than they would: their results are the same, which is what is tested here.
    static (T Single, T Vector) OnBothPaths<T>(Func<T> ask)
    {
        Assert.True(Lanes.Vectors, "this machine has no vector instructions");
        try
        {
            Lanes.Vectors = false;
            var single = ask();
            Lanes.Vectors = true;
            return (single, ask());
        }
        finally
        {
            Lanes.Vectors = true;
        }
    }
}
