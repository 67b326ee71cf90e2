namespace LaborBridge.Matching.Engine;

/// <summary>
/// Counts pairs that would both rather have each other than what a result gives them. Shares no index, list or heap with the run:
/// it looks at every pair, or at every pair of a sample of the workers where all are too many.
/// </summary>
internal static class BlockingPairs
{
    /// <param name="workers">Every worker of the round.</param>
    /// <param name="postings">Every posting of the round.</param>
    /// <param name="matches">The result.</param>
    /// <param name="profile">The profile of the round.</param>
    /// <param name="cancellation">Stops the count.</param>
    /// <param name="sample">The workers whose pairs are looked at; null for all.</param>
    public static long Count(
        IReadOnlyCollection<WorkerEntry> workers, IReadOnlyCollection<PostingEntry> postings, IReadOnlyCollection<Match> matches, Profile profile,
        CancellationToken cancellation = default, IReadOnlyCollection<WorkerEntry>? sample = null)
    {
        var postingById = postings.ToDictionary(posting => posting.Id);
        var placeOf = matches.ToDictionary(match => match.WorkerId, match => postingById[match.PostingId]);
        var workerById = workers.ToDictionary(worker => worker.Id);
        var weakest = matches
            .GroupBy(match => match.PostingId)
            .ToDictionary(group => group.Key, group => group.Min(match => WorkerKey.Of(new(workerById[match.WorkerId], postingById[group.Key], profile))));
        var taken = matches.CountBy(match => match.PostingId).ToDictionary();

        long blocking = 0;
        foreach (var worker in sample ?? workers)
        {
            cancellation.ThrowIfCancellationRequested();
            PostingKey? has = placeOf.TryGetValue(worker.Id, out var place) ? PostingKey.Of(new(worker, place, profile)) : null;
            foreach (var posting in postings)
            {
                var pair = new Pair(worker, posting, profile);
                if (place?.Id == posting.Id || !Eligibility.Holds(pair))
                    continue;
                var workerPrefers = has is null || PostingKey.Of(pair) > has;
                var firmPrefers = taken.GetValueOrDefault(posting.Id) < posting.FreeSeats || WorkerKey.Of(pair) > weakest[posting.Id];
                if (workerPrefers && firmPrefers)
                    blocking++;
            }
        }

        return blocking;
    }
}
