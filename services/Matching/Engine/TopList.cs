using System.Diagnostics;

namespace LaborBridge.Matching.Engine;

/// <summary>
/// Keeps the k best of what is offered: by score, then by rank (0 first), then by a second number (greater first), then as <paramref name="ties"/> says.
/// A buffer is filled and now and then cut back to k; from then on it tells which score is needed. Reused from query to query, without allocation.
/// </summary>
/// <param name="ties">Compares slots whose keys are equal, the better one first.</param>
internal sealed class TopList(IComparer<int> ties)
{
    /// <summary>The longest list.</summary>
    public const int Longest = 1 << (IndexBits - 1);

    /// <summary>The highest second number that is told apart from a higher one by the key; beyond, <c>ties</c> decides.</summary>
    public const long HighestSecond = (1L << SecondBits) - 1;

    const int IndexBits = 14;
    /// <summary>Width of the second number.</summary>
    public const int SecondBits = 28;

    const int RankBits = 8;
    const int ScoreBits = 14;
    const int HighestScore = (1 << ScoreBits) - 1;
    const int HighestRank = (1 << RankBits) - 1;

    // Inverted, so that the smallest is the best, with the position of the slot below.
    ulong[] keys = [];
    long[] items = [];
    long[] spare = [];
    int wanted;
    int capacity;
    ulong worst;

    public int Count { get; private set; }

    /// <summary>Scores below this cannot get in any more.</summary>
    public int Needed { get; private set; }

    /// <summary>What was offered, after <see cref="Finish"/>: best first.</summary>
    public ReadOnlySpan<long> Items => items.AsSpan(0, Count);

    /// <summary>The slot of the item at a position.</summary>
    public int SlotAt(int position) => (int)items[position];

    /// <summary>Begins an empty list of the best <paramref name="count"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The list would be longer than <see cref="Longest"/>.</exception>
    public void Start(int count, int needed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Longest);
        // A short list after a long one is cut back as early as ever, or it would not tell what is needed.
        capacity = Math.Min(1 << IndexBits, 2 * count + Math.Min(count, Lanes.Block));
        if (keys.Length < capacity)
            (keys, items, spare) = (new ulong[capacity], new long[capacity], new long[capacity]);
        (wanted, Count, Needed, worst) = (count, 0, needed, ulong.MaxValue);
    }

    /// <summary>Offers an item.</summary>
    /// <param name="score">0 to 16,383.</param>
    /// <param name="rank">0 to 255.</param>
    /// <param name="second">0 to <see cref="HighestSecond"/>.</param>
    /// <param name="item">A slot in the lower half, whatever the asker wants to know later in the upper.</param>
    public void Add(int score, int rank, long second, long item)
    {
        Debug.Assert(score is >= 0 and <= HighestScore);
        var key = ((ulong)(HighestScore - score) << (RankBits + SecondBits + IndexBits))
            | ((ulong)Math.Min(rank, HighestRank) << (SecondBits + IndexBits))
            | ((ulong)(HighestSecond - second) << IndexBits);
        if (key > worst)
            return;
        keys[Count] = key | (uint)Count;
        items[Count] = item;
        if (++Count == capacity)
            Cut();
    }

    /// <summary>Sorts what there is and keeps the best.</summary>
    public void Finish() => Cut();

    public int ScoreAt(int position) => HighestScore - (int)(keys[position] >> (RankBits + SecondBits + IndexBits));

    void Cut()
    {
        keys.AsSpan(0, Count).Sort();
        const ulong index = (1UL << IndexBits) - 1;
        for (var position = 0; position < Count; position++)
            spare[position] = items[keys[position] & index];
        (items, spare) = (spare, items);
        OrderTies();
        Count = Math.Min(Count, wanted);
        for (var position = 0; position < Count; position++)
            keys[position] = (keys[position] & ~index) | (uint)position;
        if (Count == wanted)
        {
            worst = keys[Count - 1] & ~index;
            Needed = Math.Max(Needed, ScoreAt(Count - 1));
        }
    }

    void OrderTies()
    {
        for (var position = 1; position < Count; position++)
        {
            var item = items[position];
            var place = position;
            while (place > 0 && keys[place - 1] >> IndexBits == keys[position] >> IndexBits && ties.Compare((int)items[place - 1], (int)item) > 0)
            {
                items[place] = items[place - 1];
                place--;
            }

            items[place] = item;
        }
    }
}
