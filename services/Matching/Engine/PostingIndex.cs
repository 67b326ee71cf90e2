using System.Runtime.InteropServices;
using LaborBridge.Domain;

namespace LaborBridge.Matching.Engine;

/// <summary>
/// Postings as columns, by trade and place. A posting stands under its own trade and, if unskilled, under <see cref="Trades.General"/>.
/// Postings come, change and go in place; the caller sees to it that nobody reads meanwhile.
/// </summary>
internal sealed class PostingIndex
{
    readonly Dictionary<string, PostingTrade> trades = [];
    readonly Dictionary<Guid, int> slots = [];
    readonly Stack<int> freeSlots = new();
    readonly Dictionary<string, int> placeNumbers = [];
    readonly List<int[]> placesOfSite = [];
    readonly Dictionary<string, List<int>> sitesUnder = [];
    PostingEntry?[] entries = [];

    public PostingIndex(Profile profile)
    {
        Profile = profile;
        Pay = new(profile.Worker.Pay, profile.PayCeiling);
    }

    /// <summary>Day, weights and pairings; its weight and ceiling of pay stay what they were at the beginning.</summary>
    public Profile Profile
    {
        get;
        set
        {
            field = value;
            Version++;
        }
    }

    /// <summary>Counts the profiles.</summary>
    public int Version { get; private set; }

    public PayScale Pay { get; }

    /// <summary>Every site that occurred.</summary>
    public Kinds<string, PostingEntry> Sites { get; } = new();

    /// <summary>Every kind of lodging and canteen that occurred.</summary>
    public Kinds<(Lodging Lodging, string Canteen), PostingEntry> Offers { get; } = new();

    public int Count => slots.Count;

    /// <summary>Slots in use lie below this.</summary>
    public int SlotCount { get; private set; }

    public IEnumerable<PostingEntry> Entries => slots.Values.Select(slot => this[slot]);

    public IEnumerable<PostingTrade> EveryTrade => trades.Values;

    /// <exception cref="InvalidOperationException">Nothing is there.</exception>
    public PostingEntry this[int slot] => entries[slot] ?? throw new InvalidOperationException($"slot {slot} is empty");

    public PostingEntry? Find(Guid id) => slots.TryGetValue(id, out var slot) ? entries[slot] : null;

    /// <summary>The posting's number, -1 for none.</summary>
    public int SlotOf(Guid id) => slots.GetValueOrDefault(id, -1);

    /// <summary>The trade, whether or not there are postings of it.</summary>
    public PostingTrade Trade(string code)
    {
        if (!trades.TryGetValue(code, out var trade))
            trades.Add(code, trade = new(code, checked((short)(trades.Count + PostingTrade.FirstNumber)), this));
        return trade;
    }

    /// <summary>The number of a province or city, or of <see cref="PlaceKeys.Everywhere"/>.</summary>
    public int PlaceNumber(string place)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(placeNumbers, place, out var known);
        return known ? number : number = placeNumbers.Count - 1;
    }

    /// <summary>Province and city of a site.</summary>
    public int[] PlacesOf(short site) => placesOfSite[site];

    /// <summary>The sites that a division covers; the list grows as sites are added.</summary>
    public List<int> SitesUnder(string division)
    {
        if (!sitesUnder.TryGetValue(division, out var sites))
            sitesUnder.Add(division, sites = []);
        return sites;
    }

    /// <summary>Adds the posting or replaces the entry of the same id. Many come faster the highest paid first.</summary>
    /// <returns>Its slot.</returns>
    public int Put(PostingEntry posting)
    {
        Remove(posting.Id);
        if (!freeSlots.TryPop(out var slot))
            slot = SlotCount++;
        if (slot >= entries.Length)
            Array.Resize(ref entries, Math.Max(64, 2 * entries.Length));
        entries[slot] = posting;
        slots.Add(posting.Id, slot);

        var own = Trade(posting.Trade);
        own.Add(FiguresOf(posting, slot, own));
        if (FindsGeneral(posting))
        {
            var general = Trade(Trades.General);
            general.Add(FiguresOf(posting, slot, general));
        }

        return slot;
    }

    /// <returns>False if it was not there.</returns>
    public bool Remove(Guid id)
    {
        if (!slots.Remove(id, out var slot))
            return false;
        var posting = this[slot];
        entries[slot] = null;
        freeSlots.Push(slot);
        var site = SiteOf(posting);
        Trade(posting.Trade).Remove(id, (int)posting.GuaranteedPay, site);
        if (FindsGeneral(posting))
            Trade(Trades.General).Remove(id, (int)posting.GuaranteedPay, site);
        return true;
    }

    /// <summary>Tells every shelf on which a posting stands the least score that gets in. A round that knows the positions has a faster way: <see cref="Market.SetCutoff"/>.</summary>
    public void SetCutoff(int slot, short score)
    {
        var posting = this[slot];
        var site = SiteOf(posting);
        Trade(posting.Trade).SetCutoff(posting.Id, (int)posting.GuaranteedPay, site, score);
        if (FindsGeneral(posting))
            Trade(Trades.General).SetCutoff(posting.Id, (int)posting.GuaranteedPay, site, score);
    }

    static bool FindsGeneral(PostingEntry posting) => posting.Unskilled && posting.Trade != Trades.General;

    PostingFigures FiguresOf(PostingEntry posting, int slot, PostingTrade trade)
    {
        var foreign = trade.Code != posting.Trade;
        trade.Asked.Add(posting);
        return new(
            slot,
            posting.Id,
            (int)posting.GuaranteedPay,
            SiteOf(posting),
            OfferOf(posting),
            checked((short)trade.Asks.Number((foreign, posting.RequiredGrade, Joined(posting.Certificates), Joined(posting.Languages)), () => posting)),
            foreign ? Trade(posting.Trade).Number : (short)(posting.Unskilled ? 1 : 0),
            posting.StartsOn is { } together ? Day.Of(together) : (short)(Day.Of(posting.ValidTo) - 1),
            posting.StartsOn is null ? Day.Of(posting.ValidFrom) : Day.Always,
            posting.FreeSeats > 0 ? Day.Of(posting.ValidTo) : Day.Never);
    }

    /// <summary>The kind of lodging and canteen.</summary>
    public short OfferOf(PostingEntry posting) => checked((short)Offers.Number((posting.Lodging, Joined(posting.Canteen)), () => posting));

    /// <summary>The kind of site.</summary>
    public short SiteOf(PostingEntry posting)
    {
        var site = Sites.Number(posting.Site, () => posting);
        if (site == placesOfSite.Count)
        {
            placesOfSite.Add([PlaceNumber(DivisionPrefix.Head(posting.Site, DivisionPrefix.Province)), PlaceNumber(DivisionPrefix.Head(posting.Site, DivisionPrefix.City))]);
            foreach (var length in DivisionPrefix.Lengths)
                if (length <= posting.Site.Length)
                    SitesUnder(posting.Site[..length]).Add(site);
        }

        return checked((short)site);
    }

    internal static string Joined(IReadOnlyList<string> words) => words.Count switch
    {
        0 => "",
        1 => words[0],
        _ => string.Join('\n', words.Order(StringComparer.Ordinal)),
    };
}
