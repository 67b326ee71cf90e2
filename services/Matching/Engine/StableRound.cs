namespace LaborBridge.Matching.Engine;

/// <summary>A round in which couples and groups go together: who goes alone first, by deferred acceptance, then the parties among them.</summary>
internal static class StableRound
{
    /// <exception cref="ArgumentException">The input is broken; nothing has run.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static (RoundResult Result, PartyReport Parties) Run(
        IReadOnlyCollection<WorkerEntry> workers,
        IReadOnlyCollection<PostingEntry> postings,
        Profile profile,
        CancellationToken cancellation = default,
        IProgress<RoundProgress>? progress = null)
    {
        Input.Check(workers, postings, profile);
        var (alone, parties) = Party.Split(workers);
        if (parties.Count == 0)
            return (DeferredAcceptance.Run(workers, postings, profile, cancellation, progress), new(0, 0, 0, []));

        Input.Check(parties, postings);
        var market = new Market(alone, postings, profile, cancellation);
        var (seats, proposals) = DeferredAcceptance.Assign(market, cancellation, progress);
        var standing = new Standing(market, seats);
        var report = standing.Place(parties, cancellation: cancellation);
        return (standing.Result(proposals, cancellation), report);
    }
}
