using System.Numerics;
using LaborBridge.Domain;

namespace LaborBridge.Matching.Engine;

/// <summary>
/// The mirror of <see cref="PostingIndex"/>: the workers who may be listed, as columns, by wished trade and by the provinces and cities that cover their wishes for a place.
/// Workers come, change and go in place; the caller sees to it that nobody reads meanwhile.
/// </summary>
internal sealed class WorkerIndex(Profile profile)
{
    readonly Dictionary<string, WorkerTrade> trades = [];
    readonly Dictionary<Guid, int> slots = [];
    readonly Stack<int> freeSlots = new();
    Standing?[] standings = [];
    int slotCount;

    /// <summary>Day, weights and pairings; its weights and its lottery stay what they were at the beginning.</summary>
    public Profile Profile
    {
        get;
        set
        {
            field = value;
            Version++;
        }
    } = profile;

    /// <summary>Counts the profiles.</summary>
    public int Version { get; private set; }

    public int Count => slots.Count;

    public IEnumerable<WorkerEntry> Entries => slots.Values.Select(slot => this[slot]);

    /// <exception cref="InvalidOperationException">Nobody is there.</exception>
    public WorkerEntry this[int slot] => standings[slot]?.Entry ?? throw new InvalidOperationException($"slot {slot} is empty");

    public WorkerEntry? Find(Guid id) => slots.TryGetValue(id, out var slot) ? this[slot] : null;

    /// <summary>The worker's number, -1 for none.</summary>
    public int SlotOf(Guid id) => slots.GetValueOrDefault(id, -1);

    public WorkerTrade? FindTrade(string code) => trades.GetValueOrDefault(code);

    /// <summary>Adds the worker or replaces the entry of the same id.</summary>
    /// <returns>The worker's slot.</returns>
    public int Put(WorkerEntry worker)
    {
        Remove(worker.Id);
        if (!freeSlots.TryPop(out var slot))
            slot = slotCount++;
        if (slot >= standings.Length)
            Array.Resize(ref standings, Math.Max(64, 2 * standings.Length));
        slots.Add(worker.Id, slot);
        standings[slot] = new(worker, worker is { Consent: true, Free: true } ? AddToShelves(worker, slot) : []);
        return slot;
    }

    /// <returns>False if the worker was not there.</returns>
    public bool Remove(Guid id)
    {
        if (!slots.Remove(id, out var slot))
            return false;
        foreach (var (shelf, position) in standings[slot]!.Places)
            if (shelf.RemoveAt(position) is >= 0 and var moved)
                standings[moved]!.Move(shelf, position);
        standings[slot] = null;
        freeSlots.Push(slot);
        return true;
    }

    /// <summary>A posting may be scanned for; the certificates and languages that it asks for count from now on in the shelves of the trades under which it is found.</summary>
    public void Heed(PostingEntry posting)
    {
        Heed(posting, Trade(posting.Trade));
        if (posting.Unskilled && posting.Trade != Trades.General)
            Heed(posting, Trade(Trades.General));
    }

    void Heed(PostingEntry posting, WorkerTrade shelves)
    {
        shelves.Heed(posting);
        if (!shelves.Asked.Add(posting))
            return;
        foreach (var shelf in shelves.Shelves)
            for (var position = 0; position < shelf.Count; position++)
                if (this[shelf.Slots[position]] is var worker
                    && Overlap.Count(posting.Certificates, worker.Certificates) + Overlap.Count(posting.Languages, worker.Languages) > 0)
                    shelf.Skill[position] = shelves.SkillOf(worker);
    }

    WorkerTrade Trade(string code)
    {
        if (!trades.TryGetValue(code, out var trade))
            trades.Add(code, trade = new(code, this));
        return trade;
    }

    (WorkerShelf, int)[] AddToShelves(WorkerEntry worker, int slot)
    {
        var wished = Pair.TradesOf(worker);
        var places = PlaceKeys.OfWishes(worker.WishedPlaces);
        var standing = new (WorkerShelf, int)[wished.Count * places.Count];
        var points = (short)Fit.Of(Facet.Worker, new(worker, null!, Profile));
        var lot = (int)(WorkerKey.Draw(Profile.LotterySeed, worker.Id) >> (64 - TopList.SecondBits));
        var (number, rank, general) = (0, 0, int.MaxValue);
        foreach (var code in wished)
        {
            var trade = Trade(code);
            if (code == Trades.General)
                general = rank;
            // An unskilled posting of this trade is found by a dearer wish for general labour too.
            var tradePoints = WorkerFit.TradePoints(Math.Min(rank++, general), Profile.Worker.Trade);
            var (skill, marks) = (trade.SkillOf(worker), MarksOf(worker, code, wished.Count));
            foreach (var place in places)
            {
                var shelf = trade.Shelf(place);
                standing[number++] = (shelf, shelf.Add(slot, (int)worker.LowestPay, Day.Of(worker.From), skill, points, lot, (short)(tradePoints + PlacePoints(worker, place)), marks));
            }
        }

        return standing;
    }

    int PlacePoints(WorkerEntry worker, string place)
    {
        for (var rank = 0; rank < worker.WishedPlaces.Count; rank++)
            if (DivisionPrefix.Covers(place, worker.WishedPlaces[rank]) || DivisionPrefix.Covers(worker.WishedPlaces[rank], place))
                return WorkerFit.PlacePoints(rank, Profile.Worker.Place);
        return WorkerFit.PlacePoints(rank: 0, Profile.Worker.Place);
    }

    static WorkerMarks MarksOf(WorkerEntry worker, string trade, int wished)
    {
        var marks = worker.NeedsLodging ? WorkerMarks.NeedsLodging : WorkerMarks.None;
        if (worker.Turns18On is not null || worker.WishedPlaces.Any(place => place.Length > DivisionPrefix.City))
            marks |= WorkerMarks.Ask;
        if (wished > 1)
            marks |= WorkerMarks.WishesMore;
        if (trade == Trades.General && worker.Skills.Any(skill => skill.Grade > 0 && skill.Trade != trade))
            marks |= WorkerMarks.SkilledElsewhere;
        return marks;
    }

    sealed class Standing(WorkerEntry entry, (WorkerShelf Shelf, int Position)[] places)
    {
        public WorkerEntry Entry { get; } = entry;

        public (WorkerShelf Shelf, int Position)[] Places { get; } = places;

        public void Move(WorkerShelf shelf, int position) => Places[Array.FindIndex(Places, place => place.Shelf == shelf)].Position = position;
    }
}

/// <summary>The workers who wish one trade, by place.</summary>
internal sealed class WorkerTrade
{
    readonly string code;
    readonly WorkerIndex index;
    readonly Dictionary<PostingEntry, SkillRow> rows;
    readonly Dictionary<string, WorkerShelf> shelves = [];
    readonly Dictionary<string, WorkerShelf>.AlternateLookup<ReadOnlySpan<char>> byPlace;

    public WorkerTrade(string code, WorkerIndex index)
    {
        (this.code, this.index) = (code, index);
        rows = new(new SameAsk(code));
        byPlace = shelves.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IEnumerable<WorkerShelf> Shelves => shelves.Values;

    public AskedFor Asked { get; } = new();

    /// <summary>What workers have: grade in the trade, and the certificates and languages that count.</summary>
    public Kinds<(int Grade, BigInteger Held), WorkerEntry> Skills { get; } = new();

    /// <summary>The points for grade, certificates and languages, by kind, as a posting asks for them that was heeded.</summary>
    public Row RowFor(PostingEntry posting) => rows[posting];

    public void Heed(PostingEntry posting) => rows.TryAdd(posting, new(this, posting, index));

    public WorkerShelf Shelf(string place)
    {
        if (!shelves.TryGetValue(place, out var shelf))
            shelves.Add(place, shelf = new());
        return shelf;
    }

    public WorkerShelf? FindShelf(ReadOnlySpan<char> place) => byPlace.TryGetValue(place, out var shelf) ? shelf : null;

    public short SkillOf(WorkerEntry worker)
    {
        var grade = 0;
        foreach (var skill in worker.Skills)
            grade = skill.Trade == code ? skill.Grade : grade;
        return checked((short)Skills.Number((grade, Asked.HeldBy(worker)), () => Asked.Example(worker, code, grade)));
    }
}

/// <summary>The mirror of <see cref="AskRow"/>: grade, certificates and languages, by what workers of the trade have.</summary>
internal sealed class SkillRow(WorkerTrade trade, PostingEntry example, WorkerIndex index) : Row
{
    protected override int Kinds => trade.Skills.Count;

    protected override int PointsOf(int kind) => Fit.Of(Facet.Ask, new(trade.Skills[kind], example, index.Profile));
}

/// <summary>Postings that ask for the same are one, whatever else they are; whether they belong to another trade counts, not to which.</summary>
internal sealed class SameAsk(string code) : IEqualityComparer<PostingEntry>
{
    public bool Equals(PostingEntry? a, PostingEntry? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && a.RequiredGrade == b.RequiredGrade && (a.Trade == code) == (b.Trade == code)
            && Same(a.Certificates, b.Certificates) && Same(a.Languages, b.Languages));

    public int GetHashCode(PostingEntry posting)
    {
        var hash = posting.RequiredGrade;
        for (var number = 0; number < posting.Certificates.Count; number++)
            hash += posting.Certificates[number].GetHashCode(StringComparison.Ordinal);
        for (var number = 0; number < posting.Languages.Count; number++)
            hash += posting.Languages[number].GetHashCode(StringComparison.Ordinal);
        return hash;
    }

    // Input is refused where a word comes twice.
    static bool Same(IReadOnlyList<string> a, IReadOnlyList<string> b) => a.Count == b.Count && Overlap.Count(a, b) == a.Count;
}
