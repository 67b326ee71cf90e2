using LaborBridge.Matching.Engine;

namespace LaborBridge.Tests.Unit.Engine;

/// <summary>A worker in a running round, with a list of preferences that is read a few postings at a time.</summary>
sealed class PlainProposer(WorkerEntry worker, Profile profile, PlainPostingIndex<PlainSeats> index)
{
    const int FirstPortion = 8;
    const int LargestPortion = 512;

    readonly Queue<PlainSeats> portion = new();
    PostingKey? lastKey;
    int portionSize = FirstPortion;
    bool exhausted;

    public WorkerEntry Worker { get; } = worker;

    public Pair With(PostingEntry posting) => new(Worker, posting, profile);

    /// <summary>The next posting to propose to, or null when there is none left.</summary>
    public PlainSeats? Next()
    {
        while (portion.Count == 0 && !exhausted)
            Fetch();
        return portion.TryDequeue(out var seats) ? seats : null;
    }

    // Postings that would refuse the worker are left out: cutoffs only rise, so they would refuse later as well.
    void Fetch()
    {
        var best = new PlainBest<PlainSeats, PostingKey>(portionSize);
        foreach (var seats in index.CandidatesFor(Worker))
        {
            var pair = With(seats.Posting);
            if (!Eligibility.Holds(pair))
                continue;
            var key = PostingKey.Of(pair);
            if ((lastKey is not { } last || key < last) && best.Wants(key) && seats.WouldTake(pair))
                best.Offer(seats, key);
        }

        var found = best.Drain();
        exhausted = found.Count < portionSize;
        portionSize = Math.Min(2 * portionSize, LargestPortion);
        foreach (var (seats, key) in found)
        {
            portion.Enqueue(seats);
            lastKey = key;
        }
    }
}
