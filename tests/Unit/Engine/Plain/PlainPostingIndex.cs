using LaborBridge.Domain;
using LaborBridge.Matching.Engine;

namespace LaborBridge.Tests.Unit.Engine;

/// <summary>
/// Postings by trade and place. A posting stands under its own trade and, if unskilled, under <see cref="Trades.General"/>,
/// and under each of: everywhere, its province, its city.
/// </summary>
sealed class PlainPostingIndex<T>(Func<T, PostingEntry> entry) where T : class
{
    readonly Dictionary<(string Trade, string Place), HashSet<T>> buckets = [];

    public void Add(T item)
    {
        foreach (var key in KeysOf(entry(item)))
        {
            if (!buckets.TryGetValue(key, out var bucket))
                buckets.Add(key, bucket = new(ReferenceEqualityComparer.Instance));
            bucket.Add(item);
        }
    }

    public void Remove(T item)
    {
        foreach (var key in KeysOf(entry(item)))
            if (buckets[key].Remove(item) && buckets[key].Count == 0)
                buckets.Remove(key);
    }

    /// <summary>Every posting whose trade the worker wishes and whose site may lie in a wished place, once. The rules decide what is eligible.</summary>
    public IEnumerable<T> CandidatesFor(WorkerEntry worker)
    {
        var places = PlaceKeys.OfWishes(worker.WishedPlaces);
        var trades = Pair.TradesOf(worker);
        for (var rank = 0; rank < trades.Count; rank++)
            foreach (var place in places)
                if (buckets.TryGetValue((trades[rank], place), out var bucket))
                    foreach (var item in bucket)
                        if (FoundFirstBy(worker, rank, entry(item)))
                            yield return item;
    }

    public bool HasTradeFor(WorkerEntry worker) => Pair.TradesOf(worker).Any(trade => buckets.ContainsKey((trade, PlaceKeys.Everywhere)));

    // A posting stands in the buckets of two trades at most; only the worker's first wish that finds it counts.
    static bool FoundFirstBy(WorkerEntry worker, int rank, PostingEntry posting) =>
        !posting.Unskilled || new Pair(worker, posting, null!).TradeRank == rank;

    static IEnumerable<(string, string)> KeysOf(PostingEntry posting)
    {
        foreach (var place in PlaceKeys.OfSite(posting.Site))
        {
            yield return (posting.Trade, place);
            if (posting.Unskilled && posting.Trade != Trades.General)
                yield return (Trades.General, place);
        }
    }
}
