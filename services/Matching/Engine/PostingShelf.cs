namespace LaborBridge.Matching.Engine;

/// <summary>What a posting says in numbers, for one trade that it stands under.</summary>
/// <param name="Slot">Its number in the index.</param>
/// <param name="Id">Its id.</param>
/// <param name="Pay">Guaranteed pay in fen.</param>
/// <param name="Site">Kind of site.</param>
/// <param name="Offer">Kind of lodging and canteen.</param>
/// <param name="Ask">Kind of what is asked for, among the trade's.</param>
/// <param name="Origin">0 skilled, 1 unskilled; under general labour the number of the posting's own trade, if that is another.</param>
/// <param name="LatestStart">Last first day of a worker.</param>
/// <param name="FirstDay">Day on which the firm would have everyone; <see cref="Day.Always"/> where all start together.</param>
/// <param name="ValidTo">First day on which it is no longer valid; <see cref="Day.Never"/> without a free seat.</param>
internal readonly record struct PostingFigures(
    int Slot, Guid Id, int Pay, short Site, short Offer, short Ask, short Origin, short LatestStart, short FirstDay, short ValidTo);

/// <summary>
/// The postings of one trade, or of one trade in one place, as columns: highest pay first, then the lower id. In that order equal scores are in order too, a wish for pay
/// is a prefix, and a scan can stop where no later posting pays enough.
/// </summary>
internal sealed class PostingShelf(PayScale scale)
{
    Guid[] ids = [];

    public int Count { get; private set; }

    public int[] Slots { get; private set; } = [];
    public int[] Pay { get; private set; } = [];

    /// <summary><see cref="PayScale.Rest"/> of the pay.</summary>
    public int[] PayRest { get; private set; } = [];

    /// <summary><see cref="PayScale.Quotient"/> of the pay.</summary>
    public short[] PayPoints { get; private set; } = [];
    public short[] Site { get; private set; } = [];
    public short[] Offer { get; private set; } = [];
    public short[] Ask { get; private set; } = [];
    public short[] Origin { get; private set; } = [];
    public short[] LatestStart { get; private set; } = [];
    public short[] FirstDay { get; private set; } = [];
    public short[] ValidTo { get; private set; } = [];

    /// <summary>Lowest score of the firm that gets in, in a round.</summary>
    public short[] Cutoff { get; private set; } = [];

    /// <summary>The lowest cutoff of each block.</summary>
    public short[] LowestCutoff { get; private set; } = [];

    /// <summary>How many rests of pay are not 0.</summary>
    public int Rests { get; private set; }

    /// <summary>How many quotients of pay do not fit their column.</summary>
    public int Wide { get; private set; }

    /// <summary>How many postings pay at least so much: they are the first ones.</summary>
    public int PayingAtLeast(int pay)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Pay[middle] >= pay)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    public void SetCutoff(int position, short score)
    {
        var (old, block) = (Cutoff[position], position / Lanes.Block);
        Cutoff[position] = score;
        if (old == LowestCutoff[block] || score < LowestCutoff[block])
            LowestCutoff[block] = Lanes.Lowest(Cutoff, block * Lanes.Block);
    }

    public void Add(in PostingFigures posting)
    {
        var position = Place(posting.Pay, posting.Id);
        if (Count == ids.Length)
            Grow(Math.Max(Lanes.Block, 2 * ids.Length));
        Shift(position, position + 1);
        Count++;
        ids[position] = posting.Id;
        Slots[position] = posting.Slot;
        Pay[position] = posting.Pay;
        PayRest[position] = (int)scale.Rest(posting.Pay);
        PayPoints[position] = (short)Math.Min(scale.Quotient(posting.Pay), PayScale.HighestQuotient);
        Site[position] = posting.Site;
        Offer[position] = posting.Offer;
        Ask[position] = posting.Ask;
        Origin[position] = posting.Origin;
        LatestStart[position] = posting.LatestStart;
        FirstDay[position] = posting.FirstDay;
        ValidTo[position] = posting.ValidTo;
        Cutoff[position] = 0;
        FindLowestFrom(position);
        CountOdd(posting.Pay, 1);
    }

    /// <summary>Where a posting stands.</summary>
    /// <exception cref="InvalidOperationException">It does not stand here.</exception>
    public int Find(Guid id, int pay)
    {
        var position = Place(pay, id);
        return position < Count && ids[position] == id ? position : throw new InvalidOperationException($"posting {id} is not on its shelf");
    }

    /// <exception cref="InvalidOperationException">The posting does not stand here.</exception>
    public void Remove(Guid id, int pay)
    {
        var position = Find(id, pay);
        Shift(position + 1, position);
        Count--;
        (ValidTo[Count], Cutoff[Count]) = (Day.Never, short.MaxValue);
        FindLowestFrom(position);
        CountOdd(pay, -1);
    }

    /// <summary>What stands at a position, to be put on another shelf too.</summary>
    public PostingFigures At(int position) => new(
        Slots[position], ids[position], Pay[position], Site[position], Offer[position], Ask[position], Origin[position], LatestStart[position], FirstDay[position], ValidTo[position]);

    void FindLowestFrom(int position)
    {
        for (var block = position / Lanes.Block; block < LowestCutoff.Length && block * Lanes.Block <= Count; block++)
            LowestCutoff[block] = Lanes.Lowest(Cutoff, block * Lanes.Block);
    }

    void CountOdd(int pay, int change)
    {
        Rests += scale.Rest(pay) != 0 ? change : 0;
        Wide += scale.Quotient(pay) > PayScale.HighestQuotient ? change : 0;
    }

    // The position of the first posting that does not come before the given one.
    int Place(int pay, Guid id)
    {
        var (low, high) = (0, Count);
        if (high > 0 && Before(high - 1))
            return high;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Before(middle))
                low = middle + 1;
            else
                high = middle;
        }

        return low;

        bool Before(int position) => Pay[position] > pay || (Pay[position] == pay && ids[position].CompareTo(id) < 0);
    }

    void Shift(int from, int to)
    {
        var length = Count - from;
        if (length <= 0)
            return;
        Array.Copy(ids, from, ids, to, length);
        foreach (var column in (ReadOnlySpan<Array>)[Slots, Pay, PayRest, PayPoints, Site, Offer, Ask, Origin, LatestStart, FirstDay, ValidTo, Cutoff])
            Array.Copy(column, from, column, to, length);
    }

    void Grow(int capacity)
    {
        Array.Resize(ref ids, capacity);
        (Slots, Pay, PayRest) = (Resized(Slots), Resized(Pay), Resized(PayRest));
        (PayPoints, Site, Offer, Ask) = (Resized(PayPoints), Resized(Site), Resized(Offer), Resized(Ask));
        (Origin, LatestStart, FirstDay, Cutoff) = (Resized(Origin), Resized(LatestStart), Resized(FirstDay), Resized(Cutoff));
        ValidTo = Resized(ValidTo);
        ValidTo.AsSpan(Count).Fill(Day.Never);
        Cutoff.AsSpan(Count).Fill(short.MaxValue);
        LowestCutoff = new short[capacity / Lanes.Block];
        FindLowestFrom(0);

        T[] Resized<T>(T[] column)
        {
            Array.Resize(ref column, capacity);
            return column;
        }
    }
}
