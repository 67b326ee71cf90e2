namespace LaborBridge.Matching.Engine;

/// <summary>Who holds the seats of each posting for now: a heap of keys by slot, the weakest on top.</summary>
internal sealed class SeatHeaps
{
    /// <summary>The cutoff of a posting with a free seat: every key is greater.</summary>
    public const long Open = -1;

    readonly int[] start;
    readonly int[] held;
    readonly long[] keys;

    public SeatHeaps(PostingIndex postings)
    {
        start = new int[postings.SlotCount + 1];
        held = new int[postings.SlotCount];
        Cutoffs = new long[postings.SlotCount];
        for (var slot = 0; slot < held.Length; slot++)
        {
            start[slot + 1] = checked(start[slot] + postings[slot].FreeSeats);
            Cutoffs[slot] = postings[slot].FreeSeats == 0 ? long.MaxValue : Open;
        }

        keys = new long[start[^1]];
    }

    /// <summary>The key of the weakest holder where every seat is held, <see cref="Open"/> where one is free. Rises while a round runs, and never falls.</summary>
    public long[] Cutoffs { get; }

    public int Held(int slot) => held[slot];

    /// <summary>The keys of all who hold a seat.</summary>
    public ReadOnlySpan<long> Holders(int slot) => keys.AsSpan(start[slot], held[slot]);

    /// <summary>Takes the key if there is room or a weaker one to send away.</summary>
    /// <returns>The key that has no seat now: <see cref="Open"/> for none, the weakest holder's, or the proposed one.</returns>
    public long Propose(int slot, long key)
    {
        var heap = keys.AsSpan(start[slot], start[slot + 1] - start[slot]);
        if (held[slot] < heap.Length)
        {
            Rise(heap, held[slot]++, key);
            if (held[slot] == heap.Length)
                Cutoffs[slot] = heap[0];
            return Open;
        }

        if (key <= Cutoffs[slot])
            return key;
        var weakest = heap[0];
        Sink(heap, 0, key);
        Cutoffs[slot] = heap[0];
        return weakest;
    }

    static void Rise(Span<long> heap, int position, long key)
    {
        while (position > 0 && heap[(position - 1) / 2] > key)
        {
            heap[position] = heap[(position - 1) / 2];
            position = (position - 1) / 2;
        }

        heap[position] = key;
    }

    static void Sink(Span<long> heap, int position, long key)
    {
        while (2 * position + 1 < heap.Length)
        {
            var child = 2 * position + 1;
            if (child + 1 < heap.Length && heap[child + 1] < heap[child])
                child++;
            if (heap[child] >= key)
                break;
            heap[position] = heap[child];
            position = child;
        }

        heap[position] = key;
    }
}
