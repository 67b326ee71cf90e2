using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LaborBridge.Matching.Engine;

/// <summary>What a scan of the postings is for. A type each, so that every scan is compiled for its own question.</summary>
internal interface IAim
{
    /// <summary>Whether the firm's score counts: against the cutoff, or added to the worker's.</summary>
    static abstract bool Firm { get; }

    /// <summary>Whether the postings are counted and not listed.</summary>
    static abstract bool Counts { get; }

    /// <summary>Whether all postings are collected and no best are chosen.</summary>
    static abstract bool Collects { get; }

    /// <summary>Whether both scores are added, times <see cref="Auction.Unit"/>, less the price of a seat, which stands where a round has the cutoff.</summary>
    static abstract bool Priced { get; }
}

/// <summary>The postings that suit the worker best.</summary>
internal readonly struct Listing : IAim
{
    public static bool Firm => false;
    public static bool Counts => false;
    public static bool Collects => false;
    public static bool Priced => false;
}

/// <summary>The same among those that would take the worker: <see cref="PostingShelf.Cutoff"/> and <see cref="PostingScan.Cutoffs"/>.</summary>
internal readonly struct Proposing : IAim
{
    public static bool Firm => true;
    public static bool Counts => false;
    public static bool Collects => false;
    public static bool Priced => false;
}

/// <summary>All postings that would take the worker.</summary>
internal readonly struct Collecting : IAim
{
    public static bool Firm => true;
    public static bool Counts => false;
    public static bool Collects => true;
    public static bool Priced => false;
}

/// <summary>The postings that leave most of both scores after the price of a seat.</summary>
internal readonly struct Bidding : IAim
{
    public static bool Firm => true;
    public static bool Counts => false;
    public static bool Collects => false;
    public static bool Priced => true;
}

/// <summary>How many postings the worker is eligible for.</summary>
internal readonly struct Counting : IAim
{
    public static bool Firm => false;
    public static bool Counts => true;
    public static bool Collects => false;
    public static bool Priced => false;
}

/// <summary>
/// Finds the postings that suit a worker best, over all that the worker is eligible for: exact, whatever is skipped. It is the scratch paper of one thread and allocates nothing once
/// it has the size.
/// </summary>
internal sealed class PostingScan
{
    /// <summary>How long the table of days too late is.</summary>
    const int LateDays = 2 * Lanes.TableSize;

    const int UnitBits = 2;

    readonly PostingIndex index;
    readonly short[] late = new short[LateDays];
    readonly short[] elsewhere = new short[Input.HighestGrade + 1];
    readonly short[] points = new short[Lanes.Block];
    readonly short[] firms = new short[Lanes.Block];
    short[] site = [];
    int siteHighest;
    int firmVersion = -1;
    int asOf;
    WorkerView worker = null!;

    public PostingScan(PostingIndex index)
    {
        this.index = index;
        Best = new(Comparer<int>.Create((a, b) => index[a].Id.CompareTo(index[b].Id)));
    }

    /// <summary>What the last scan found, best first. The upper half of an item is the firm's score, or with prices the sum of both in <see cref="Auction.Unit"/>s.</summary>
    public TopList Best { get; }

    /// <summary>What the last scan collected, in no order: the worker's score in the upper half, the slot in the lower.</summary>
    public List<long> Collected { get; } = [];

    /// <summary>What the last scan counted.</summary>
    public int Counted { get; private set; }

    /// <summary>In a round: the key of the weakest worker taken by slot, -1 where a seat is free.</summary>
    public long[] Cutoffs { get; set; } = [];

    /// <summary>In a round: the worker's place in the lottery, the greater the better; the lower half of a key.</summary>
    public uint Lot { get; set; }

    /// <summary>Lists the best postings for a worker, by <see cref="PostingKey"/>.</summary>
    /// <param name="view">The worker.</param>
    /// <param name="count">How many.</param>
    /// <param name="needed">Lower scores are left out.</param>
    public void Run<TAim>(WorkerView view, int count, int needed = 0) where TAim : struct, IAim
    {
        Best.Start(count, needed);
        Counted = 0;
        Collected.Clear();
        if (!view.MayBeListed)
            return;
        Prepare(view);
        if (TAim.Firm)
            PrepareFirm();
        foreach (var wish in view.Wishes)
        {
            var shelves = wish.Trade.Shelves(view.ShelfPlaces);
            for (var number = 0; number < shelves; number++)
                if (wish.Trade.Shelf(view.ShelfPlaces, number) is { Count: > 0 } shelf)
                    Read<TAim>(wish, shelf);
        }

        Best.Finish();
    }

    void Prepare(WorkerView view)
    {
        worker = view;
        asOf = Day.Of(index.Profile.AsOf);
        var weights = index.Profile.Worker;
        var home = view.Home.Under(index.Version);
        if (site.Length != home.Points.Length)
            site = Lanes.Table(index.Sites.Count);
        if (view.WishedSites.Length == 0)
        {
            var anywhere = (short)WorkerFit.PlacePoints(rank: 0, weights.Place);
            for (var kind = 0; kind < home.Kinds; kind++)
                site[kind] = (short)(home.Points[kind] + anywhere);
            siteHighest = home.Highest + anywhere;
        }
        else
        {
            site.AsSpan().Fill(Row.Barred);
            siteHighest = Row.Barred;
            for (var rank = view.WishedSites.Length - 1; rank >= 0; rank--)
            {
                var wished = WorkerFit.PlacePoints(rank, weights.Place);
                foreach (var kind in view.WishedSites[rank])
                {
                    site[kind] = (short)(home.Points[kind] + wished);
                    siteHighest = Math.Max(siteHighest, site[kind]);
                }
            }
        }

        if (view.Entry.PartnerAt is not null && weights.Partner > 0)
            AddPartner();
    }

    void AddPartner()
    {
        for (var kind = 0; kind < index.Sites.Count; kind++)
            site[kind] += (short)Fit.Of(Facet.Partner, new(worker.Entry, index.Sites[kind], index.Profile));
        siteHighest += index.Profile.Worker.Partner;
    }

    void PrepareFirm()
    {
        if (firmVersion == index.Version)
            return;
        for (var days = 0; days < LateDays; days++)
            late[days] = (short)FirmFit.StartPoints(days, index.Profile.Firm.Start);
        for (var grade = 0; grade < elsewhere.Length; grade++)
            elsewhere[grade] = (short)(AskRow.Elsewhere(grade, index.Profile) - AskRow.Elsewhere(0, index.Profile));
        firmVersion = index.Version;
    }

    void Read<TAim>(Wish wish, PostingShelf shelf) where TAim : struct, IAim
    {
        var paying = shelf.PayingAtLeast(worker.LowestPay);
        if (paying == 0)
            return;
        if (Lanes.Vectors && shelf.Wide == 0)
            ReadBlocks<TAim>(wish, shelf, paying);
        else
            ReadSingly<TAim>(wish, shelf, paying);
    }

    void ReadBlocks<TAim>(Wish wish, PostingShelf shelf, int paying) where TAim : struct, IAim
    {
        var scale = index.Pay;
        var rest = (int)scale.Rest(worker.LowestPay);
        // Where every pay is a whole number of points, a wish that is not counts as the next one.
        var whole = shelf.Rests == 0;
        var wished = (short)(scale.Quotient(worker.LowestPay) + (whole && rest > 0 ? 1 : 0));
        var needs = worker.Needs.Under(index.Version);
        var trade = WorkerFit.TradePoints(wish.Rank, index.Profile.Worker.Trade);
        var highest = trade + siteHighest + needs.Highest;
        var ask = TAim.Firm ? wish.Ask.Under(index.Version) : Row.Table.Empty;
        var inTime = worker.From <= asOf;
        var firmOfAll = (short)(worker.FirmPoints + (inTime ? late[0] : 0));

        var highestFirm = firmOfAll + ask.Highest + (inTime ? 0 : late[0]) + (wish.SkilledElsewhere.Length == 0 ? 0 : elsewhere[^1]);

        var siteLength = site.Length;
        for (var position = 0; position < paying; position += Lanes.Block)
        {
            var most = Math.Min(scale.Weight, shelf.PayPoints[position] - wished) + highest;
            if (TAim.Priced)
                most = (most + highestFirm) * Auction.Unit;
            if (most < Best.Needed)
                break;
            if (TAim.Firm && shelf.LowestCutoff[position / Lanes.Block] > (TAim.Priced ? most - Best.Needed : highestFirm))
                continue;

            var good = Vector512.GreaterThanOrEqual(Lanes.At(shelf.LatestStart, position), Vector512.Create(worker.From))
                & Vector512.GreaterThan(Lanes.At(shelf.ValidTo, position), Vector512.Create((short)asOf));
            if (TAim.Firm)
            {
                var firm = Lanes.Look(ask.Points, ask.Points.Length, shelf.Ask, position) + Vector512.Create(firmOfAll);
                if (!inTime)
                    firm += Lanes.Look(late, DaysLate(shelf, position));
                foreach (var (other, grade) in wish.SkilledElsewhere)
                    firm += Vector512.Equals(Lanes.At(shelf.Origin, position), Vector512.Create(other)) & Vector512.Create(elsewhere[grade]);
                if (!TAim.Priced)
                    good &= Vector512.GreaterThanOrEqual(firm, Lanes.At(shelf.Cutoff, position));
                if (good == Vector512<short>.Zero)
                    continue;
                firm.CopyTo(firms);
            }

            var score = Lanes.At(shelf.PayPoints, position) - Vector512.Create(wished);
            if (!whole)
                score += Borrow(shelf, position, rest);
            score = Vector512.Min(score, Vector512.Create((short)scale.Weight)) + Vector512.Create((short)trade);
            score += Lanes.Look(site, siteLength, shelf.Site, position);
            score += Lanes.Look(needs.Points, needs.Points.Length, shelf.Offer, position);
            if (TAim.Priced)
            {
                good &= Vector512.GreaterThanOrEqual(score, Vector512<short>.Zero);
                score = ((score + Vector512.LoadUnsafe(ref firms[0])) << UnitBits) - Lanes.At(shelf.Cutoff, position);
            }

            good &= Vector512.GreaterThanOrEqual(score, Vector512.Create((short)Best.Needed));
            foreach (var origin in wish.FoundEarlier)
                good = Vector512.AndNot(good, Vector512.Equals(Lanes.At(shelf.Origin, position), Vector512.Create(origin)));
            var found = good.ExtractMostSignificantBits();
            if (position + Lanes.Block > paying)
                found &= (1UL << (paying - position)) - 1;
            if (found == 0)
                continue;
            score.CopyTo(points);
            for (; found != 0; found &= found - 1)
            {
                var lane = System.Numerics.BitOperations.TrailingZeroCount(found);
                Offer<TAim>(wish, shelf, position + lane, points[lane], firms[lane]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Offer<TAim>(Wish wish, PostingShelf shelf, int position, int score, int firm) where TAim : struct, IAim
    {
        var slot = shelf.Slots[position];
        if (TAim.Priced)
            firm = score + shelf.Cutoff[position];
        else if (TAim.Firm && Key(firm, Lot) <= Cutoffs[slot])
            return;
        if (worker.Entry.Turns18On is not null && !Eligibility.Holds(new(worker.Entry, index[slot], index.Profile)))
            return;
        if (TAim.Collects)
            Collected.Add(((long)score << 32) | (uint)slot);
        else if (TAim.Counts)
            Counted++;
        else
            Best.Add(score, wish.Rank, shelf.Pay[position], ((long)firm << 32) | (uint)slot);
    }

    /// <summary>A worker's key for a firm as one number: the score, then the lot.</summary>
    public static long Key(int score, uint lot) => ((long)score << 32) | lot;

    static Vector512<short> Borrow(PostingShelf shelf, int position, int rest)
    {
        var wish = Vector512.Create(rest);
        return Vector512.Narrow(
            Vector512.LessThan(Vector512.LoadUnsafe(ref shelf.PayRest[position]), wish),
            Vector512.LessThan(Vector512.LoadUnsafe(ref shelf.PayRest[position + Vector512<int>.Count]), wish));
    }

    Vector512<short> DaysLate(PostingShelf shelf, int position)
    {
        var asked = Vector512.Max(Lanes.At(shelf.FirstDay, position), Vector512.Create((short)Math.Max(asOf, worker.From - LateDays + 1)));
        var from = Vector512.Create(worker.From);
        return from - Vector512.Min(asked, from);
    }

    /// <summary>The same, one posting at a time.</summary>
    void ReadSingly<TAim>(Wish wish, PostingShelf shelf, int paying) where TAim : struct, IAim
    {
        var needs = worker.Needs.Under(index.Version);
        var trade = WorkerFit.TradePoints(wish.Rank, index.Profile.Worker.Trade);
        var highest = trade + siteHighest + needs.Highest;
        var ask = TAim.Firm ? wish.Ask.Under(index.Version) : Row.Table.Empty;
        for (var position = 0; position < paying; position++)
        {
            var pay = index.Pay.Points(shelf.Pay[position], worker.LowestPay);
            if (!TAim.Priced && pay + highest < Best.Needed)
                break;
            var score = pay + trade + site[shelf.Site[position]] + needs.Points[shelf.Offer[position]];
            var firm = TAim.Firm ? FirmSingly(wish, shelf, position, ask) : 0;
            if (TAim.Priced && score >= 0)
                score = (score + firm) * Auction.Unit - shelf.Cutoff[position];
            if (score < Best.Needed || shelf.LatestStart[position] < worker.From || shelf.ValidTo[position] <= asOf || wish.FoundEarlier.Contains(shelf.Origin[position]))
                continue;
            Offer<TAim>(wish, shelf, position, score, firm);
        }
    }

    int FirmSingly(Wish wish, PostingShelf shelf, int position, Row.Table ask)
    {
        var firm = worker.FirmPoints + ask.Points[shelf.Ask[position]];
        firm += late[Math.Clamp(worker.From - Math.Max(shelf.FirstDay[position], asOf), 0, LateDays - 1)];
        foreach (var (other, grade) in wish.SkilledElsewhere)
            if (other == shelf.Origin[position])
                firm += elsewhere[grade];
        return firm;
    }
}
