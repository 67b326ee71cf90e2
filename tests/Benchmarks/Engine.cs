using System.Diagnostics;
using LaborBridge.Matching.Engine;

namespace LaborBridge.Tests.Benchmarks;

/// <summary>The matching engine on the test market: top lists, the stable round.</summary>
internal static class Engine
{
    public static void Run(string name, int workers)
    {
        var market = SeasonMarket.Of(name, workers);
        Console.WriteLine($"market {name}, {market.Workers.Length:N0} workers, {market.Postings.Length:N0} postings, {market.Postings.Sum(posting => posting.Headcount):N0} seats, {Environment.ProcessorCount} cores, vectors {Lanes.Vectors}");
        Market compiled = null!;
        Measure("compile", 3, () => compiled = new Market(market.Workers, market.Postings, market.Profile));
        var scan = new PostingScan(compiled.Postings);
        long listed = 0;
        Measure("top 50 for all", 5, () =>
        {
            listed = 0;
            foreach (var worker in compiled.Workers)
            {
                scan.Run<Listing>(worker, 50);
                listed += scan.Best.Count;
            }
        });
        long eligible = 0;
        Measure("count eligible pairs", 3, () =>
        {
            eligible = 0;
            foreach (var worker in compiled.Workers)
            {
                scan.Run<Counting>(worker, 1);
                eligible += scan.Counted;
            }
        });
        Console.WriteLine($"  {listed:N0} listed, {eligible:N0} eligible pairs");
        (SeatHeaps Seats, long Proposals) result = (null!, 0);
        for (var run = 0; run < 5; run++)
        {
            compiled = new Market(market.Workers, market.Postings, market.Profile);
            Measure("stable round", 1, () => result = DeferredAcceptance.Assign(compiled));
        }

        var taken = Enumerable.Range(0, compiled.Postings.SlotCount).Sum(slot => result.Seats.Held(slot));
        Console.WriteLine($"  {taken:N0} placed, {result.Proposals:N0} proposals");
        foreach (var step in new[] { 64, 16 })
        {
            compiled = new Market(market.Workers, market.Postings, market.Profile);
            (SeatHeaps Seats, long Bids) best = (null!, 0);
            Measure($"highest total, step {step}", 1, () => best = HighestTotal.Assign(compiled, step));
            var total = Results.Of(compiled, best.Seats, 0, Objective.Maximum, default).Total;
            long bound = 0;
            Measure("bound", 1, () => bound = HighestTotal.Bound(compiled, best.Seats));
            Console.WriteLine($"  {best.Bids:N0} bids, total {total:N0}, bound {bound:N0}: {(double)total / bound:P4}");
        }

        Measure("whole run with result", 1, () => DeferredAcceptance.Run(market.Workers, market.Postings, market.Profile));
    }

    static void Measure(string what, int times, Action action)
    {
        var seconds = new double[times];
        var processor = new double[times];
        long allocated = 0;
        for (var time = 0; time < times; time++)
        {
            GC.Collect();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.GetTimestamp();
            var cpu = ThreadClock.Seconds;
            action();
            processor[time] = ThreadClock.Seconds - cpu;
            seconds[time] = Stopwatch.GetElapsedTime(clock).TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Array.Sort(seconds);
        Array.Sort(processor);
        Console.WriteLine($"  {what}: best {seconds[0]:0.000} s, median {seconds[times / 2]:0.000} s; processor {processor[0]:0.000} s, {processor[times / 2]:0.000} s; {allocated / 1e6:N1} MB allocated");
    }
}
