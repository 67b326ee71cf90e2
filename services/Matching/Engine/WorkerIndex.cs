using LaborBridge.Domain;

namespace LaborBridge.Matching.Engine;

/// <summary>The mirror of <see cref="PostingIndex{T}"/>: workers by wished trade and wished place, no finer than the city.</summary>
internal sealed class WorkerIndex
{
    readonly Dictionary<(string Trade, string Place), HashSet<WorkerEntry>> buckets = [];

    public void Add(WorkerEntry worker)
    {
        foreach (var key in KeysOf(worker))
        {
            if (!buckets.TryGetValue(key, out var bucket))
                buckets.Add(key, bucket = new(ReferenceEqualityComparer.Instance));
            bucket.Add(worker);
        }
    }

    public void Remove(WorkerEntry worker)
    {
        foreach (var key in KeysOf(worker))
            if (buckets[key].Remove(worker) && buckets[key].Count == 0)
                buckets.Remove(key);
    }

    /// <summary>Every worker who wishes the posting's trade and, as far as the city tells, its place, once. The rules decide who is eligible.</summary>
    public IEnumerable<WorkerEntry> CandidatesFor(PostingEntry posting)
    {
        foreach (var place in PlaceKeys.OfSite(posting.Site))
        {
            foreach (var worker in Bucket(posting.Trade, place))
                yield return worker;
            if (!posting.Unskilled || posting.Trade == Trades.General)
                continue;
            foreach (var worker in Bucket(Trades.General, place))
                if (!Pair.TradesOf(worker).Contains(posting.Trade))
                    yield return worker;
        }
    }

    IEnumerable<WorkerEntry> Bucket(string trade, string place) => buckets.TryGetValue((trade, place), out var bucket) ? bucket : [];

    static IEnumerable<(string, string)> KeysOf(WorkerEntry worker) =>
        from place in PlaceKeys.OfWishes(worker.WishedPlaces)
        from trade in Pair.TradesOf(worker)
        select (trade, place);
}
