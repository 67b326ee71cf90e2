namespace LaborBridge.Matching.Engine;

/// <summary>
/// What a posting can be to a worker at most, beside its pay: by the shelf that it is looked for on. A worker who has a place of so many points is interested in no posting that pays less than
/// what is missing to them, so a search for somebody to take a free seat passes over most workers by one comparison of pay.
/// </summary>
internal static class Interest
{
    /// <summary>The most points without those for pay, in the order of the worker's shelves in <see cref="WorkerIndex"/>.</summary>
    public static short[] Most(WorkerEntry worker, Profile profile)
    {
        var (trades, places, weights) = (Pair.TradesOf(worker), PlaceKeys.OfWishes(worker.WishedPlaces), profile.Worker);
        var anywhere = weights.Lodging + weights.Canteen + (profile.Pairing ? weights.Pairing : 0) + (worker.PartnerAt is null ? 0 : weights.Partner);
        var most = new short[trades.Count * places.Count];
        var general = trades.Count;
        for (var rank = 0; rank < trades.Count; rank++)
        {
            if (trades[rank] == Domain.Trades.General)
                general = rank;
            // An unskilled posting of this trade is found by a dearer wish for general labour too.
            var trade = WorkerFit.TradePoints(Math.Min(rank, general), weights.Trade);
            for (var number = 0; number < places.Count; number++)
                most[rank * places.Count + number] = (short)(anywhere + trade + Wished(worker, places[number], weights.Place) + NearHome(worker.Home, places[number], weights.NearHome));
        }

        return most;
    }

    static int Wished(WorkerEntry worker, string place, int weight)
    {
        for (var rank = 0; rank < worker.WishedPlaces.Count; rank++)
            if (DivisionPrefix.Covers(place, worker.WishedPlaces[rank]) || DivisionPrefix.Covers(worker.WishedPlaces[rank], place))
                return WorkerFit.PlacePoints(rank, weight);
        return WorkerFit.PlacePoints(rank: 0, weight);
    }

    static int NearHome(string home, string place, int weight) =>
        DivisionPrefix.Covers(place, home) ? weight
        : DivisionPrefix.Share(home, place, DivisionPrefix.Province) ? weight / 3
        : 0;
}
