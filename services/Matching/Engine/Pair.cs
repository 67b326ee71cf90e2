using LaborBridge.Domain;

namespace LaborBridge.Matching.Engine;

/// <summary>One worker, one posting and the profile they are seen under: what every rule and every part of a score is a function of.</summary>
internal readonly record struct Pair(WorkerEntry Worker, PostingEntry Posting, Profile Profile)
{
    static readonly string[] GeneralOnly = [Trades.General];

    /// <summary>Wished trades with the meaning of an empty list spelled out.</summary>
    public static IReadOnlyList<string> TradesOf(WorkerEntry worker) => worker.WishedTrades.Count == 0 ? GeneralOnly : worker.WishedTrades;

    /// <summary>Position of the first wish that finds the posting, or -1.</summary>
    public int TradeRank
    {
        get
        {
            var trades = TradesOf(Worker);
            for (var rank = 0; rank < trades.Count; rank++)
                if (trades[rank] == Posting.Trade || (Posting.Unskilled && trades[rank] == Trades.General))
                    return rank;
            return -1;
        }
    }

    /// <summary>Position of the first wished place that covers the site, 0 if no place is wished, or -1.</summary>
    public int PlaceRank
    {
        get
        {
            var places = Worker.WishedPlaces;
            for (var rank = 0; rank < places.Count; rank++)
                if (DivisionPrefix.Covers(places[rank], Posting.Site))
                    return rank;
            return places.Count == 0 ? 0 : -1;
        }
    }

    /// <summary>The worker's grade in the posting's trade.</summary>
    public int Grade
    {
        get
        {
            // By number: an enumerator of an interface would be allocated, in every query.
            for (var number = 0; number < Worker.Skills.Count; number++)
                if (Worker.Skills[number].Trade == Posting.Trade)
                    return Worker.Skills[number].Grade;
            return 0;
        }
    }

    /// <summary>The earliest day on which this worker could begin in this posting.</summary>
    public DateOnly Start => Later(Profile.AsOf, Posting.StartsOn ?? Later(Worker.From, Posting.ValidFrom));

    public long PayOverWish => Posting.GuaranteedPay - Worker.LowestPay;

    public static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}

/// <summary>A sentence for a reader, in both languages.</summary>
internal readonly record struct Sentence(string Zh, string En);
