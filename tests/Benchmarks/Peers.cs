using System.Diagnostics;
using System.Globalization;
using LaborBridge.Matching.Engine;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Benchmarks;

/// <summary>The engine beside LEMON's network simplex on identical edges: each worker's best 50 postings. Needs g++ and liblemon-dev.</summary>
internal static class Peers
{
    const int ListLength = 50, Repetitions = 5;

    /// <summary>Five points a match: the largest whole number that keeps 99.999 % here.</summary>
    const int Step = 5 * Auction.Unit;

    public static void Run(string name, int workers)
    {
        using var folder = TempFolder.Create();
        var solver = Path.Combine(folder.Path, "network_simplex");
        var source = Path.Combine(Repository.Root, "tests", "Benchmarks", "peers", "network_simplex.cpp");
        if (Execute("g++", "-O3", "-march=native", "-w", "-o", solver, source, "-llemon") is null)
        {
            Console.WriteLine("skipped: needs g++ and liblemon-dev");
            return;
        }

        var season = SeasonMarket.Of(name, workers);
        var market = new Market(season.Workers, season.Postings, season.Profile);
        var edges = Edges(market);
        var file = Path.Combine(folder.Path, "edges");
        Write(file, market, edges);
        Console.WriteLine($"market {name}, {workers:N0} workers, {edges.Sum(list => list.Length):N0} edges, {Environment.ProcessorCount} cores; best and median of {Repetitions}, one after the other");

        var (lemon, auction, stable) = (new double[Repetitions], new double[Repetitions], new double[Repetitions]);
        var (optimum, total) = (0L, 0L);
        for (var run = 0; run < Repetitions; run++)
        {
            var answer = (Execute(solver, file) ?? throw new InvalidOperationException("LEMON failed")).Split(' ');
            (lemon[run], optimum) = (double.Parse(answer[0], CultureInfo.InvariantCulture), long.Parse(answer[1], CultureInfo.InvariantCulture));

            var offers = new GivenEdges(edges, market.Postings.SlotCount);
            var seats = new SeatHeaps(market.Postings);
            GC.Collect();
            var clock = Stopwatch.GetTimestamp();
            Auction.Run(offers, seats, step: Step);
            auction[run] = Stopwatch.GetElapsedTime(clock).TotalSeconds;
            total = offers.Total(seats);

            var fresh = new Market(season.Workers, season.Postings, season.Profile);
            GC.Collect();
            clock = Stopwatch.GetTimestamp();
            DeferredAcceptance.Assign(fresh);
            stable[run] = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        }

        Array.Sort(lemon);
        Array.Sort(auction);
        Array.Sort(stable);
        const int middle = Repetitions / 2;
        Console.WriteLine($"  LEMON network simplex        {lemon[0]:0.000} s, {lemon[middle]:0.000} s; optimum {optimum:N0}");
        Console.WriteLine($"  auction, five points a match {auction[0]:0.000} s, {auction[middle]:0.000} s; total {total:N0}, {(double)total / optimum:P4} of the optimum; {lemon[0] / auction[0]:0.0}×, {lemon[middle] / auction[middle]:0.0}×");
        Console.WriteLine($"  stable round, all pairs      {stable[0]:0.000} s, {stable[middle]:0.000} s; {lemon[0] / stable[0]:0.0}×, {lemon[middle] / stable[middle]:0.0}×");
    }

    static long[][] Edges(Market market)
    {
        var scan = new PostingScan(market.Postings);
        return [.. market.Workers.Select(worker =>
        {
            scan.Run<Listing>(worker, ListLength);
            return scan.Best.Items.ToArray().Select(item =>
            {
                var pair = new Pair(worker.Entry, market.Postings[(int)item], market.Profile);
                return ((long)((Fit.OfWorker(pair) + Fit.OfFirm(pair)) * Auction.Unit) << 32) | (uint)item;
            }).ToArray();
        })];
    }

    static void Write(string file, Market market, long[][] edges)
    {
        using var writer = new BinaryWriter(File.Create(file));
        writer.Write(edges.Length);
        writer.Write(market.Postings.SlotCount);
        writer.Write(edges.Sum(list => list.Length));
        for (var slot = 0; slot < market.Postings.SlotCount; slot++)
            writer.Write(market.Postings[slot].FreeSeats);
        for (var worker = 0; worker < edges.Length; worker++)
            foreach (var edge in edges[worker])
            {
                writer.Write(worker);
                writer.Write((int)edge);
                writer.Write((int)(edge >> 32) / Auction.Unit);
            }
    }

    static string? Execute(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // The program is not installed.
            return null;
        }
    }

    /// <summary>Lists that stay what they are.</summary>
    sealed class GivenEdges(long[][] edges, int postings) : IOffers
    {
        readonly int[] prices = new int[postings];
        readonly long[] best = new long[ListLength];
        readonly int[] left = new int[ListLength];

        public int Bidders => edges.Length;

        public ReadOnlySpan<long> Best(int bidder, int count)
        {
            var found = 0;
            foreach (var item in edges[bidder])
            {
                var leaves = (int)(item >> 32) - prices[(int)item];
                if (leaves <= 0 || (found == count && leaves <= left[found - 1]))
                    continue;
                var place = found < count ? found++ : found - 1;
                for (; place > 0 && left[place - 1] < leaves; place--)
                    (left[place], best[place]) = (left[place - 1], best[place - 1]);
                (left[place], best[place]) = (leaves, item);
            }

            return best.AsSpan(0, found);
        }

        public void SetPrice(int slot, int price) => prices[slot] = price;

        public long Total(SeatHeaps seats)
        {
            long total = 0;
            for (var slot = 0; slot < prices.Length; slot++)
                foreach (var key in seats.Holders(slot))
                    total += edges[(int)(uint)key].First(item => (int)item == slot) >> 32;
            return total / Auction.Unit;
        }
    }
}
