using LaborBridge.Matching.Engine;
using LaborBridge.Tests.Benchmarks;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

public sealed class Keeping_an_assignment
{
    [Fact]
    public void is_stable_after_every_change()
    {
        var changes = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed + 10_000);
            var (someWorkers, somePostings) = Markets.Make(seed, workers: 10 + seed % 30, postings: 4 + seed % 12);
            var (workers, postings) = (someWorkers.ToList(), somePostings.ToList());
            var standing = Standing.Of(workers, postings, Markets.Profile, TestContext.Current.CancellationToken);
            for (var step = 0; step < 40; step++)
            {
                Change(random, standing, workers, postings);
                AssertStable(standing, workers, postings, $"seed {seed}, step {step}");
                changes++;
            }

            standing.Rebase(TestContext.Current.CancellationToken);
            Assert.Equal(Markets.Run([.. workers], [.. postings], Markets.Profile).Matches, standing.Matches());
        }

        Assert.Equal(2_400, changes);
    }

    [Fact]
    public void begins_as_a_full_run_ends()
    {
        var market = SeasonMarket.B(workers: 2_000);
        var standing = Standing.Of(market.Workers, market.Postings, market.Profile, TestContext.Current.CancellationToken);
        Assert.Equal(Markets.Run(market.Workers, market.Postings, market.Profile).Matches, standing.Matches());
    }

    [Fact]
    public void equals_a_full_run_when_workers_only_join_and_postings_only_close()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var (workers, postings) = Markets.Make(seed, workers: 40, postings: 14);
            var standing = Standing.Of(workers[..20], postings, Markets.Profile, TestContext.Current.CancellationToken);
            foreach (var worker in workers[20..])
                standing.Join(worker);
            foreach (var posting in postings[..4])
                Assert.True(standing.Close(posting.Id));
            Assert.Equal(Markets.Run(workers, postings[4..], Markets.Profile).Matches, standing.Matches());
        }
    }

    [Fact]
    public void drifts_a_little_from_a_full_run_when_seats_fall_free()
    {
        var market = SeasonMarket.A(workers: 4_000);
        var standing = Standing.Of(market.Workers, market.Postings, market.Profile, TestContext.Current.CancellationToken);
        foreach (var worker in market.Workers.AsSpan(0, 400))
            Assert.True(standing.Leave(worker.Id));
        foreach (var worker in market.Workers.AsSpan(0, 400))
            standing.Join(worker);
        var full = Markets.Run(market.Workers, market.Postings, market.Profile);
        Assert.Equal(0, BlockingPairs.Count(market.Workers, market.Postings, standing.Matches(), market.Profile, TestContext.Current.CancellationToken, market.Workers[..300]));
        Assert.Equal(full.Matches.Count, standing.Matched);
        Assert.InRange(standing.Matches().Except(full.Matches).Count(), 0, full.Matches.Count / 20);
        standing.Rebase(TestContext.Current.CancellationToken);
        Assert.Equal(full.Matches, standing.Matches());
    }

    [Fact]
    public void refuses_what_is_there_already_and_knows_what_is_not()
    {
        var (worker, posting) = Markets.Plain();
        var standing = Standing.Of([worker], [posting], Markets.Profile, TestContext.Current.CancellationToken);
        Assert.Equal(posting.Id, standing.PlaceOf(worker.Id));
        Assert.Throws<ArgumentException>(() => standing.Join(worker));
        Assert.Throws<ArgumentException>(() => standing.Open(posting));
        Assert.Throws<ArgumentException>(() => standing.Open(posting with { Headcount = -1 }));
        Assert.False(standing.Leave(posting.Id));
        Assert.False(standing.Close(worker.Id));
    }

    static void Change(Random random, Standing standing, List<WorkerEntry> workers, List<PostingEntry> postings)
    {
        switch (random.Next(4))
        {
            case 0 when workers.Count > 0:
                var leaving = workers[random.Next(workers.Count)];
                workers.Remove(leaving);
                Assert.True(standing.Leave(leaving.Id));
                break;
            case 1 when postings.Count > 0:
                var closing = postings[random.Next(postings.Count)];
                postings.Remove(closing);
                Assert.True(standing.Close(closing.Id));
                break;
            case 2:
                workers.Add(Markets.Worker(random));
                standing.Join(workers[^1]);
                break;
            default:
                postings.Add(Markets.Posting(random));
                standing.Open(postings[^1]);
                break;
        }
    }

    static void AssertStable(Standing standing, List<WorkerEntry> workers, List<PostingEntry> postings, string when)
    {
        var stability = new Stability([.. workers], [.. postings], Markets.Profile);
        var places = stability.Places(standing.Matches());
        Assert.True(stability.Feasible(places), when);
        Assert.True(stability.BlockingPairs(places) == 0, $"{when}: {stability.BlockingPairs(places)} blocking pairs");
    }
}
