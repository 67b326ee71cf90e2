namespace LaborBridge.Matching.Engine;

/// <summary>What a trip brings people to.</summary>
internal enum TripTo
{
    Posting,

    /// <summary>All postings of a city together.</summary>
    City,
}

/// <summary>How many must be matched to a posting or city for a trip to go there.</summary>
internal sealed record TripMinimum(int Workers, TripTo To = TripTo.Posting)
{
    /// <exception cref="ArgumentException">Fewer than one.</exception>
    public void Check()
    {
        if (Workers < 1)
            throw new ArgumentException($"minimum: {Workers} workers for a trip; one is the least");
    }

    public string TripOf(PostingEntry posting) => To == TripTo.Posting ? posting.Id.ToString() : DivisionPrefix.Head(posting.Site, DivisionPrefix.City);
}

/// <summary>A posting that nobody goes to because too few would. Code: <c>too-few-seats</c> or <c>too-few-matched</c>.</summary>
internal sealed record ClosedPosting(Guid PostingId, string Code, Sentence Sentence);

/// <summary>
/// Closes what stays under the minimum: at once where the free seats are too few, and after a full run the trip with the fewest, whose workers are matched elsewhere, and so on until every trip
/// has enough or nobody. What is closed stays closed, so there are no more steps than trips; equal numbers go by the lower name of the trip. Without parties the rest is what a full run
/// without the closed postings would give. A closed posting might have been filled by those whom a later closing set free: whether an assignment exists of which nobody can say that is
/// NP-complete (Biró, Fleiner, Irving, Manlove 2010), so none is sought.
/// </summary>
internal sealed class Trips
{
    readonly TripMinimum minimum;
    readonly Dictionary<string, PostingEntry[]> open;
    readonly Dictionary<Guid, PostingEntry> shut = [];
    readonly List<ClosedPosting> closed = [];

    public Trips(TripMinimum minimum, IReadOnlyCollection<PostingEntry> postings)
    {
        this.minimum = minimum;
        open = postings.GroupBy(minimum.TripOf).ToDictionary(trip => trip.Key, trip => trip.OrderBy(posting => posting.Id).ToArray());
        foreach (var (trip, seats) in open.Select(trip => (trip.Key, trip.Value.Sum(posting => (long)posting.FreeSeats))).Where(trip => trip.Item2 < minimum.Workers).ToArray())
            Close(trip, "too-few-seats", new(
                $"{Where}只有 {seats} 个空余名额，达不到成行最低人数 {minimum.Workers} 人",
                $"Only {seats} free seats {EnglishWhere}, fewer than the {minimum.Workers} needed for a trip"));
    }

    /// <summary>In the order of ids.</summary>
    public IReadOnlyList<ClosedPosting> Closed => [.. closed.OrderBy(one => one.PostingId)];

    /// <summary>The postings that are not closed.</summary>
    public IReadOnlyList<PostingEntry> Open => [.. open.Values.SelectMany(trip => trip)];

    /// <summary>Closes every trip under the minimum, the smallest first.</summary>
    /// <returns>False if there was none.</returns>
    public bool CloseSmall(Standing standing, CancellationToken cancellation)
    {
        var smallest = new PriorityQueue<string, (int Matched, string Trip)>(Comparer<(int Matched, string Trip)>.Create((a, b) =>
            a.Matched != b.Matched ? a.Matched.CompareTo(b.Matched) : string.CompareOrdinal(a.Trip, b.Trip)));
        foreach (var trip in open.Keys)
            Consider(trip);
        var any = smallest.Count > 0;
        while (smallest.TryDequeue(out var trip, out var seen))
        {
            cancellation.ThrowIfCancellationRequested();
            var matched = Matched(trip);
            if (matched != seen.Matched)
            {
                // Those who lost another trip came here meanwhile.
                Consider(trip);
                continue;
            }

            foreach (var posting in open[trip])
                standing.Close(posting.Id);
            Close(trip, "too-few-matched", new(
                $"{Where}只匹配到 {matched} 人，达不到成行最低人数 {minimum.Workers} 人",
                $"Only {matched} matched {EnglishWhere}, fewer than the {minimum.Workers} needed for a trip"));
            standing.PlaceWaiting(cancellation);
        }

        return any;

        int Matched(string trip) => open[trip].Sum(posting => standing.Holding(posting.Id));

        void Consider(string trip)
        {
            if (Matched(trip) is > 0 and var matched && matched < minimum.Workers)
                smallest.Enqueue(trip, (matched, trip));
        }
    }

    /// <summary>The reasons of those who found nothing, where a closed posting would have been one for them.</summary>
    public IReadOnlyList<Unmatched> Reasons(IReadOnlyList<Unmatched> unmatched, IReadOnlyDictionary<Guid, WorkerEntry> workers, Profile profile)
    {
        var index = new PostingIndex(profile);
        foreach (var posting in shut.Values.OrderByDescending(posting => posting.GuaranteedPay).ThenBy(posting => posting.Id))
            index.Put(posting);
        var (kinds, scan) = (new WorkerKinds(index), new PostingScan(index));
        return [.. unmatched.Select(one =>
        {
            if (one.Eligible > 0 || one.Code == PartyReport.NoPlaceTogether)
                return one;
            scan.Run<Counting>(new WorkerView(workers[one.WorkerId], index, kinds), count: 1);
            return scan.Counted == 0 ? one : new(one.WorkerId, "trip-too-small", new(
                $"符合条件的 {scan.Counted} 个岗位因人数不足 {minimum.Workers} 人未能成行",
                $"{scan.Counted} eligible postings, closed since fewer than {minimum.Workers} would have gone"), 0);
        })];
    }

    string Where => minimum.To == TripTo.Posting ? "该岗位" : "该城市的岗位";

    string EnglishWhere => minimum.To == TripTo.Posting ? "in this posting" : "in the postings of this city";

    void Close(string trip, string code, Sentence sentence)
    {
        open.Remove(trip, out var postings);
        foreach (var posting in postings!)
        {
            shut.Add(posting.Id, posting);
            closed.Add(new(posting.Id, code, sentence));
        }
    }
}
