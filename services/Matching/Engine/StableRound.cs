namespace LaborBridge.Matching.Engine;

/// <summary>
/// A round in which couples and groups go together: who goes alone first, by deferred acceptance, then the parties among them. With a minimum for a trip, postings that
/// too few would go to are closed then, see <see cref="Trips"/>.
/// </summary>
internal static class StableRound
{
    /// <exception cref="ArgumentException">The input is broken; nothing has run.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static (RoundResult Result, PartyReport Parties) Run(
        IReadOnlyCollection<WorkerEntry> workers,
        IReadOnlyCollection<PostingEntry> postings,
        Profile profile,
        CancellationToken cancellation = default,
        IProgress<RoundProgress>? progress = null,
        TripMinimum? minimum = null)
    {
        Input.Check(workers, postings, profile);
        minimum?.Check();
        var (alone, parties) = Party.Split(workers);
        if (parties.Count == 0 && minimum is null)
            return (DeferredAcceptance.Run(workers, postings, profile, cancellation, progress), new(0, 0, 0, []));

        Input.Check(parties, postings);
        var trips = minimum is null ? null : new Trips(minimum, postings);
        var market = new Market(alone, trips?.Open ?? postings, profile, cancellation);
        var (seats, proposals) = DeferredAcceptance.Assign(market, cancellation, progress);
        var standing = new Standing(market, seats);
        var report = standing.Place(parties, cancellation: cancellation);
        while (trips?.CloseSmall(standing, cancellation) == true)
            report = standing.PlaceAgain(cancellation: cancellation);
        var result = standing.Result(proposals, cancellation);
        return (trips is null ? result : result.Without(trips.Closed, trips.Reasons(result.Unmatched, workers.ToDictionary(worker => worker.Id), profile), postings), report);
    }
}
