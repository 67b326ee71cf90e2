namespace LaborBridge.Matching.Engine;

/// <summary>From who holds which seat to what a round says: matches, the unmatched with reasons, cutoffs.</summary>
internal static class Results
{
    /// <param name="market">What the round ran on.</param>
    /// <param name="seats">Who holds which seat: lots below the scores where the round was stable, workers below the bids where the total was sought.</param>
    /// <param name="proposals">How many it took.</param>
    /// <param name="objective">What was sought.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static RoundResult Of(Market market, SeatHeaps seats, long proposals, Objective objective, CancellationToken cancellation)
    {
        var place = new int[market.Workers.Length];
        Array.Fill(place, -1);
        var postings = market.Postings;
        for (var slot = 0; slot < postings.SlotCount; slot++)
            foreach (var key in seats.Holders(slot))
                place[objective == Objective.Stable ? market.ByLot[(uint)key] : (int)(uint)key] = slot;

        var matches = new List<Match>();
        var unmatched = new List<Unmatched>();
        var scan = new PostingScan(postings);
        for (var worker = 0; worker < place.Length; worker++)
        {
            if (worker % 1024 == 0)
                cancellation.ThrowIfCancellationRequested();
            var view = market.Workers[worker];
            if (place[worker] < 0)
            {
                unmatched.Add(Unmatched.Of(view, postings, scan, objective));
                continue;
            }

            var pair = new Pair(view.Entry, postings[place[worker]], market.Profile);
            matches.Add(new(view.Entry.Id, pair.Posting.Id, Fit.OfWorker(pair), Fit.OfFirm(pair)));
        }

        return new(matches, unmatched, [.. Cutoffs(market, seats, objective)], proposals, objective);
    }

    static IEnumerable<Cutoff> Cutoffs(Market market, SeatHeaps seats, Objective objective) =>
        from slot in Enumerable.Range(0, market.Postings.SlotCount)
        let posting = market.Postings[slot]
        orderby posting.Id
        let cutoff = seats.Cutoffs[slot]
        select new Cutoff(posting.Id, posting.FreeSeats, seats.Held(slot), objective == Objective.Maximum || posting.FreeSeats == 0 || cutoff == SeatHeaps.Open ? null : market.KeyOf(cutoff));
}
