namespace LaborBridge.Tests.Unit.Engine;

/// <summary>Keeps the k items with the greatest keys of all that are offered.</summary>
sealed class PlainBest<TItem, TKey>(int count) where TKey : IComparable<TKey>
{
    readonly PriorityQueue<TItem, TKey> heap = new();

    /// <summary>Whether an item with this key would be kept.</summary>
    public bool Wants(TKey key) => heap.Count < count || (heap.TryPeek(out _, out var least) && key.CompareTo(least) > 0);

    public void Offer(TItem item, TKey key)
    {
        if (heap.Count < count)
            heap.Enqueue(item, key);
        else if (Wants(key))
            heap.DequeueEnqueue(item, key);
    }

    /// <summary>Takes everything out, best first.</summary>
    public List<(TItem Item, TKey Key)> Drain()
    {
        var items = new List<(TItem, TKey)>(heap.Count);
        while (heap.TryDequeue(out var item, out var key))
            items.Add((item, key));
        items.Reverse();
        return items;
    }
}
