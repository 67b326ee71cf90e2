namespace LaborBridge.Matching.Engine;

/// <summary>A worker as a scan of the postings needs one: what the entry says, resolved against an index.</summary>
internal sealed class WorkerView
{
    /// <param name="worker">The entry.</param>
    /// <param name="index">The postings.</param>
    /// <param name="kinds">Shared by the views of one index.</param>
    public WorkerView(WorkerEntry worker, PostingIndex index, WorkerKinds kinds)
    {
        Entry = worker;
        From = Day.Of(worker.From);
        LowestPay = (int)worker.LowestPay;
        Home = kinds.Home(worker);
        Needs = kinds.Needs(worker);
        ShelfPlaces = [.. PlaceKeys.OfWishes(worker.WishedPlaces).Where(place => place != PlaceKeys.Everywhere).Select(index.PlaceNumber)];
        WishedSites = [.. worker.WishedPlaces.Select(index.SitesUnder)];
        FirmPoints = (short)Fit.Of(Facet.Worker, new(worker, null!, index.Profile));
        var trades = Pair.TradesOf(worker);
        Wishes = new Wish[trades.Count];
        for (var rank = 0; rank < Wishes.Length; rank++)
            Wishes[rank] = new(worker, rank, trades, index, kinds);
    }

    public WorkerEntry Entry { get; }

    /// <summary>First possible day.</summary>
    public short From { get; }

    /// <summary>In fen.</summary>
    public int LowestPay { get; }

    /// <summary>Points by site for what depends on the home.</summary>
    public Row Home { get; }

    /// <summary>Points by offer.</summary>
    public Row Needs { get; }

    /// <summary>Provinces and cities that cover all wishes, none within another; none: everywhere.</summary>
    public int[] ShelfPlaces { get; }

    /// <summary>Sites by wished place, the dearest first; none: all.</summary>
    public List<int>[] WishedSites { get; }

    public Wish[] Wishes { get; }

    /// <summary>The firm's points for the worker alone, under the profile that the view was made with.</summary>
    public short FirmPoints { get; }

    /// <summary>Consents and has no running placement.</summary>
    public bool MayBeListed => Entry is { Consent: true, Free: true };

    /// <summary>The slots of all postings in wished trades and, as far as the city tells, in wished places, each once.</summary>
    public IEnumerable<int> Candidates()
    {
        foreach (var wish in Wishes)
            for (var number = 0; number < wish.Trade.Shelves(ShelfPlaces); number++)
                if (wish.Trade.Shelf(ShelfPlaces, number) is { } shelf)
                    for (var position = 0; position < shelf.Count; position++)
                        if (!wish.FoundEarlier.Contains(shelf.Origin[position]))
                            yield return shelf.Slots[position];
    }
}

/// <summary>A wished trade.</summary>
internal sealed class Wish
{
    readonly WorkerEntry worker;
    readonly WorkerKinds kinds;
    AskRow? ask;
    int asked = -1;

    public Wish(WorkerEntry worker, int rank, IReadOnlyList<string> trades, PostingIndex index, WorkerKinds kinds)
    {
        (this.worker, this.kinds) = (worker, kinds);
        Rank = rank;
        Trade = index.Trade(trades[rank]);
        var earlier = trades.Take(rank);
        FoundEarlier = trades[rank] == Domain.Trades.General ? [.. earlier.Select(trade => index.Trade(trade).Number)]
            : earlier.Contains(Domain.Trades.General) ? [1]
            : [];
        SkilledElsewhere = trades[rank] != Domain.Trades.General
            ? []
            : [.. worker.Skills.Where(skill => skill.Grade > 0 && skill.Trade != Domain.Trades.General).Select(skill => (index.Trade(skill.Trade).Number, skill.Grade))];
    }

    /// <summary>0 the dearest.</summary>
    public int Rank { get; }

    public PostingTrade Trade { get; }

    /// <summary>Origins of the postings that a dearer wish finds: <see cref="PostingFigures.Origin"/>.</summary>
    public short[] FoundEarlier { get; }

    /// <summary>Under general labour: the other trades in which the worker has a grade.</summary>
    public (short Trade, int Grade)[] SkilledElsewhere { get; }

    /// <summary>The firm's points by what is asked for.</summary>
    public AskRow Ask
    {
        get
        {
            if (ask is null || asked != Trade.Asked.Count)
                (ask, asked) = (kinds.Ask(worker, Trade), Trade.Asked.Count);
            return ask;
        }
    }
}
