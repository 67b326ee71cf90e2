namespace LaborBridge.Matching.Engine;

/// <summary>What the columns do not say of a worker.</summary>
[Flags]
internal enum WorkerMarks : short
{
    None = 0,

    NeedsLodging = 1,

    /// <summary>The rules have to be asked: a minor, or a wish for a place below the city.</summary>
    Ask = 2,

    /// <summary>Wishes other trades too: a posting of one of them finds the worker there.</summary>
    WishesMore = 4,

    /// <summary>Has a grade in another trade: for an unskilled posting of it the columns know too few points.</summary>
    SkilledElsewhere = 8,
}

/// <summary>The workers who wish one trade in one place, as columns, in no order.</summary>
internal sealed class WorkerShelf
{
    public int Count { get; private set; }

    public int[] Slots { get; private set; } = [];

    /// <summary>In fen.</summary>
    public int[] LowestPay { get; private set; } = [];

    /// <summary>First possible day.</summary>
    public short[] From { get; private set; } = [];

    /// <summary>Kind of grade and certificates, among the trade's.</summary>
    public short[] Skill { get; private set; } = [];

    /// <summary>The firm's points for the worker alone.</summary>
    public short[] Points { get; private set; } = [];

    /// <summary>The upper bits of the worker's lot: <see cref="TopList.SecondBits"/>.</summary>
    public int[] Lots { get; private set; } = [];

    /// <summary>The worker's points for trade and place at most, of a posting that is found here.</summary>
    public short[] Wished { get; private set; } = [];

    /// <summary><see cref="WorkerMarks"/>.</summary>
    public short[] Marks { get; private set; } = [];

    /// <returns>Where the worker stands.</returns>
    public int Add(int slot, int lowestPay, short from, short skill, short points, int lot, short wished, WorkerMarks marks)
    {
        if (Count == Slots.Length)
            Grow(Math.Max(Lanes.Block, 2 * Count));
        (Slots[Count], LowestPay[Count], From[Count], Skill[Count], Points[Count]) = (slot, lowestPay, from, skill, points);
        (Lots[Count], Wished[Count], Marks[Count]) = (lot, wished, (short)marks);
        return Count++;
    }

    /// <summary>Takes a worker out; the last one moves into the gap.</summary>
    /// <returns>The slot of the one who moved, or -1.</returns>
    public int RemoveAt(int position)
    {
        Count--;
        (Slots[position], LowestPay[position], From[position]) = (Slots[Count], LowestPay[Count], From[Count]);
        (Skill[position], Points[position], Marks[position]) = (Skill[Count], Points[Count], Marks[Count]);
        (Lots[position], Wished[position]) = (Lots[Count], Wished[Count]);
        return position == Count ? -1 : Slots[position];
    }

    void Grow(int capacity)
    {
        (Slots, LowestPay, Lots) = (Resized(Slots), Resized(LowestPay), Resized(Lots));
        (From, Skill, Points, Wished, Marks) = (Resized(From), Resized(Skill), Resized(Points), Resized(Wished), Resized(Marks));

        T[] Resized<T>(T[] column)
        {
            Array.Resize(ref column, capacity);
            return column;
        }
    }
}
