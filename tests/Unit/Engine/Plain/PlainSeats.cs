using LaborBridge.Matching.Engine;

namespace LaborBridge.Tests.Unit.Engine;

/// <summary>A posting in a running round, with the workers who hold its seats for now.</summary>
sealed class PlainSeats(PostingEntry posting)
{
    readonly PriorityQueue<PlainProposer, WorkerKey> held = new();

    public PostingEntry Posting { get; } = posting;

    public IEnumerable<PlainProposer> Holders => held.UnorderedItems.Select(item => item.Element);

    public Cutoff Cutoff => new(Posting.Id, Posting.FreeSeats, held.Count, LowestKept);

    WorkerKey? LowestKept => held.Count == Posting.FreeSeats && held.TryPeek(out _, out var key) ? key : null;

    public bool WouldTake(Pair pair) => held.Count < Posting.FreeSeats || (LowestKept is { } lowest && WorkerKey.Of(pair) > lowest);

    /// <summary>Takes the worker if there is room or a weaker one to send away.</summary>
    /// <returns>Who is without a seat now: null, the weakest holder, or the proposer.</returns>
    public PlainProposer? Propose(PlainProposer proposer)
    {
        var key = WorkerKey.Of(proposer.With(Posting));
        if (held.Count == Posting.FreeSeats)
            return held.EnqueueDequeue(proposer, key);
        held.Enqueue(proposer, key);
        return null;
    }

    public IEnumerable<Match> Matches(Profile profile) => Holders.Select(proposer =>
    {
        var pair = new Pair(proposer.Worker, Posting, profile);
        return new Match(proposer.Worker.Id, Posting.Id, Fit.OfWorker(pair), Fit.OfFirm(pair));
    });
}
