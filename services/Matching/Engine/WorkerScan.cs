using System.Numerics;
using System.Runtime.Intrinsics;
using LaborBridge.Domain;

namespace LaborBridge.Matching.Engine;

/// <summary>
/// Finds the workers who suit a posting best, over all who are eligible: exact, whatever is skipped. The scratch paper of one thread; allocates nothing once it has the size.
/// </summary>
internal sealed class WorkerScan
{
    const int LateDays = 2 * Lanes.TableSize;

    // Everywhere, province, city: how much of a site's code names the shelf.
    static readonly int[] PlacesOfShelves = [0, DivisionPrefix.Province, DivisionPrefix.City];

    readonly WorkerIndex index;
    readonly short[] late = new short[LateDays];
    readonly short[] points = new short[Lanes.Block];
    PostingEntry posting = null!;
    Func<int, int, bool>? among;
    short latest;
    short asked;
    bool foreign;
    short elsewhere;
    int version = -1;

    public WorkerScan(WorkerIndex index)
    {
        this.index = index;
        Best = new(Comparer<int>.Create((a, b) => WorkerKey.Compare(index[a].Id, index[b].Id, index.Profile.LotterySeed)));
    }

    /// <summary>What the last scan found, best first.</summary>
    public TopList Best { get; }

    /// <summary>Lists the best workers for a posting, by <see cref="WorkerKey"/>.</summary>
    /// <param name="entry">The posting.</param>
    /// <param name="count">How many.</param>
    /// <param name="only">Whether the worker of a slot may be listed, who has so many points for trade and place at most; null for all.</param>
    public void Run(PostingEntry entry, int count, Func<int, int, bool>? only)
    {
        Best.Start(count);
        (posting, among) = (entry, only);
        if (posting.FreeSeats == 0 || index.Profile.AsOf >= posting.ValidTo)
            return;
        latest = posting.StartsOn is { } together ? Day.Of(together) : (short)(Day.Of(posting.ValidTo) - 1);
        asked = posting.StartsOn is null ? Day.Of(Pair.Later(index.Profile.AsOf, posting.ValidFrom)) : Day.Always;
        if (version != index.Version)
            Prepare();

        Read(posting.Trade);
        if (posting.Unskilled && posting.Trade != Trades.General)
            Read(Trades.General);
        Best.Finish();
    }

    void Prepare()
    {
        for (var days = 0; days < LateDays; days++)
            late[days] = (short)FirmFit.StartPoints(days, index.Profile.Firm.Start);
        elsewhere = (short)(AskRow.Elsewhere(Input.HighestGrade, index.Profile) - AskRow.Elsewhere(0, index.Profile));
        version = index.Version;
    }

    void Read(string code)
    {
        if (index.FindTrade(code) is not { } trade)
            return;
        foreign = code != posting.Trade;
        var skills = trade.RowFor(posting).Under(index.Version).Points;
        foreach (var length in PlacesOfShelves)
            if (trade.FindShelf(posting.Site.AsSpan(0, length)) is { } shelf)
                Read(shelf, skills);
    }

    void Read(WorkerShelf shelf, short[] skills)
    {
        for (var position = 0; position < shelf.Count; position += Lanes.Block)
        {
            var found = Lanes.Vectors ? Block(shelf, position, skills) : Singly(shelf, position, skills);
            if (position + Lanes.Block > shelf.Count)
                found &= (1UL << (shelf.Count - position)) - 1;
            for (; found != 0; found &= found - 1)
            {
                var lane = BitOperations.TrailingZeroCount(found);
                Offer(shelf.Slots[position + lane], (WorkerMarks)shelf.Marks[position + lane], points[lane], shelf.Lots[position + lane], shelf.Wished[position + lane]);
            }
        }
    }

    /// <summary>Which workers of a block may get in, as bits; their points, at least what they have, are left in the scratch.</summary>
    ulong Block(WorkerShelf shelf, int position, short[] skills)
    {
        var from = Lanes.At(shelf.From, position);
        var marks = Lanes.At(shelf.Marks, position);
        var score = Lanes.At(shelf.Points, position)
            + Lanes.Look(skills, skills.Length, shelf.Skill, position)
            + Lanes.Look(late, DaysLate(from))
            + (Vector512.Equals(marks & Mark(WorkerMarks.SkilledElsewhere), Mark(WorkerMarks.SkilledElsewhere)) & Vector512.Create(foreign ? elsewhere : (short)0));
        var pay = Vector512.Create((int)posting.GuaranteedPay);
        var good = Vector512.GreaterThanOrEqual(score, Vector512.Create((short)Best.Needed))
            & Vector512.LessThanOrEqual(from, Vector512.Create(latest))
            & Vector512.Narrow(
                Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref shelf.LowestPay[position]), pay),
                Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref shelf.LowestPay[position + Vector512<int>.Count]), pay));
        if (posting.Lodging == Lodging.None)
            good &= Vector512.Equals(marks & Mark(WorkerMarks.NeedsLodging), Vector512<short>.Zero);
        score.CopyTo(points);
        return good.ExtractMostSignificantBits();
    }

    // Enum.HasFlag allocates until it is compiled for good.
    static bool Has(WorkerMarks marks, WorkerMarks mark) => (marks & mark) != WorkerMarks.None;

    static Vector512<short> Mark(WorkerMarks mark) => Vector512.Create((short)mark);

    Vector512<short> DaysLate(Vector512<short> from)
    {
        var day = Vector512.Create(asked);
        var latestThatCounts = Vector512.Create((short)Math.Min(short.MaxValue, asked + LateDays - 1));
        return Vector512.Min(Vector512.Max(from, day), latestThatCounts) - day;
    }

    /// <summary>The same, one worker at a time.</summary>
    ulong Singly(WorkerShelf shelf, int position, short[] skills)
    {
        var found = 0UL;
        for (var lane = 0; lane < Math.Min(Lanes.Block, shelf.Count - position); lane++)
        {
            var marks = (WorkerMarks)shelf.Marks[position + lane];
            var from = shelf.From[position + lane];
            var score = shelf.Points[position + lane] + skills[shelf.Skill[position + lane]] + late[Math.Clamp(from - asked, 0, LateDays - 1)]
                + (foreign && Has(marks, WorkerMarks.SkilledElsewhere) ? elsewhere : 0);
            points[lane] = (short)score;
            var good = score >= Best.Needed && from <= latest && shelf.LowestPay[position + lane] <= posting.GuaranteedPay
                && (posting.Lodging != Lodging.None || !Has(marks, WorkerMarks.NeedsLodging));
            found |= good ? 1UL << lane : 0;
        }

        return found;
    }

    void Offer(int slot, WorkerMarks marks, int score, int lot, int wished)
    {
        // Threshold and columns decide about most; the entry itself lies elsewhere in memory.
        if (score < Best.Needed)
            return;
        if ((foreign && (marks & (WorkerMarks.WishesMore | WorkerMarks.SkilledElsewhere)) != WorkerMarks.None) || Has(marks, WorkerMarks.Ask))
        {
            var pair = new Pair(index[slot], posting, index.Profile);
            if (foreign && Has(marks, WorkerMarks.WishesMore) && Pair.TradesOf(pair.Worker).Contains(posting.Trade))
                return;
            if (Has(marks, WorkerMarks.Ask) && !Eligibility.Holds(pair))
                return;
            if (foreign && Has(marks, WorkerMarks.SkilledElsewhere))
                score = Fit.OfFirm(pair);
        }

        if (score < Best.Needed || among?.Invoke(slot, wished) == false)
            return;
        Best.Add(score, rank: 0, lot, slot);
    }
}
