using LaborBridge.Matching.Engine;

namespace LaborBridge.Tests.Unit.Engine;

/// <summary>A checker that shares nothing with the engine's rounds: whole preference lists as tables of ranks, every assignment of a tiny market tried.</summary>
sealed class Stability
{
    readonly int[] capacity;

    /// <summary>Rank of a posting for a worker and of a worker for a posting, 0 the best; -1 where the pair is not eligible.</summary>
    readonly int[,] workerRank;
    readonly int[,] postingRank;

    public Stability(WorkerEntry[] workers, PostingEntry[] postings, Profile profile)
    {
        (Workers, Postings) = (workers, postings);
        capacity = [.. postings.Select(posting => Math.Max(0, posting.Headcount - posting.Accepted))];
        workerRank = new int[workers.Length, postings.Length];
        postingRank = new int[workers.Length, postings.Length];
        var pairs = (
            from w in Enumerable.Range(0, workers.Length)
            from p in Enumerable.Range(0, postings.Length)
            let pair = new Pair(workers[w], postings[p], profile)
            let eligible = Eligibility.BarredBy(pair).Count == 0
            select (w, p, pair, eligible)).ToArray();
        foreach (var (w, p, _, _) in pairs)
            workerRank[w, p] = postingRank[w, p] = -1;
        foreach (var group in pairs.Where(x => x.eligible).GroupBy(x => x.w))
            foreach (var (rank, x) in group.OrderByDescending(x => Fit.ExplainWorker(x.pair).Total).ThenBy(x => x.pair.TradeRank)
                .ThenByDescending(x => x.pair.Posting.GuaranteedPay).ThenBy(x => x.pair.Posting.Id).Index())
                workerRank[x.w, x.p] = rank;
        foreach (var group in pairs.Where(x => x.eligible).GroupBy(x => x.p))
            foreach (var (rank, x) in group.OrderByDescending(x => Fit.ExplainFirm(x.pair).Total)
                .ThenByDescending(x => WorkerKey.Draw(profile.LotterySeed, x.pair.Worker.Id)).ThenBy(x => x.pair.Worker.Id).Index())
                postingRank[x.w, x.p] = rank;
    }

    public WorkerEntry[] Workers { get; }

    public PostingEntry[] Postings { get; }

    public int EligiblePairs => workerRank.Cast<int>().Count(rank => rank >= 0);

    /// <summary>The assignment as posting numbers by worker, -1 for none.</summary>
    public int[] Places(IEnumerable<Match> matches)
    {
        var places = Enumerable.Repeat(-1, Workers.Length).ToArray();
        foreach (var match in matches)
            places[Array.FindIndex(Workers, worker => worker.Id == match.WorkerId)] = Array.FindIndex(Postings, posting => posting.Id == match.PostingId);
        return places;
    }

    public bool Feasible(int[] places) =>
        places.Index().All(x => x.Item < 0 || workerRank[x.Index, x.Item] >= 0)
        && places.Where(place => place >= 0).CountBy(place => place).All(count => count.Value <= capacity[count.Key]);

    public int BlockingPairs(int[] places)
    {
        var blocking = 0;
        for (var w = 0; w < Workers.Length; w++)
            for (var p = 0; p < Postings.Length; p++)
            {
                if (workerRank[w, p] < 0 || places[w] == p)
                    continue;
                var workerPrefers = places[w] < 0 || workerRank[w, p] < workerRank[w, places[w]];
                var holders = places.Index().Where(x => x.Item == p).Select(x => postingRank[x.Index, p]).ToArray();
                var postingPrefers = holders.Length < capacity[p] || holders.Any(rank => postingRank[w, p] < rank);
                if (workerPrefers && postingPrefers)
                    blocking++;
            }

        return blocking;
    }

    /// <summary>Every stable assignment there is, by trying all.</summary>
    public List<int[]> AllStable()
    {
        var stable = new List<int[]>();
        var places = Enumerable.Repeat(-1, Workers.Length).ToArray();
        var left = capacity.ToArray();
        void Try(int w)
        {
            if (w == places.Length)
            {
                if (BlockingPairs(places) == 0)
                    stable.Add([.. places]);
                return;
            }

            Try(w + 1);
            for (var p = 0; p < Postings.Length; p++)
            {
                if (workerRank[w, p] < 0 || left[p] == 0)
                    continue;
                (places[w], left[p]) = (p, left[p] - 1);
                Try(w + 1);
                (places[w], left[p]) = (-1, left[p] + 1);
            }
        }

        Try(0);
        return stable;
    }

    /// <summary>Whether no worker does better in any other of the assignments.</summary>
    public bool BestForEveryWorker(int[] places, IEnumerable<int[]> among) =>
        among.All(other => Enumerable.Range(0, Workers.Length).All(w => Rank(w, places[w]) <= Rank(w, other[w])));

    int Rank(int worker, int place) => place < 0 ? int.MaxValue : workerRank[worker, place];
}
