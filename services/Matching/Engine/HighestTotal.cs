namespace LaborBridge.Matching.Engine;

/// <summary>The round whose sum of both scores is as high as it gets, with the proof: for comparison with the stable one, whose price an official may want to see.</summary>
internal static class HighestTotal
{
    /// <summary>Finds the assignment and its certificate.</summary>
    /// <param name="workers">Every worker of the round.</param>
    /// <param name="postings">Every posting of the round.</param>
    /// <param name="profile">The profile of the round.</param>
    /// <param name="step">ε of the auction, in quarters of a point a match: the larger, the faster and the farther from the optimum.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <exception cref="ArgumentException">The input is broken; nothing has run.</exception>
    public static (RoundResult Result, Certificate Certificate) Run(
        IReadOnlyCollection<WorkerEntry> workers, IReadOnlyCollection<PostingEntry> postings, Profile profile, int step = Auction.SmallestStep,
        CancellationToken cancellation = default, IProgress<RoundProgress>? progress = null)
    {
        var market = new Market(workers, postings, profile, cancellation);
        var (seats, bids) = Assign(market, step, cancellation, progress);
        var result = Results.Of(market, seats, bids, Objective.Maximum, cancellation);
        return (result, new(result.Total, Bound(market, seats, cancellation)));
    }

    public static (SeatHeaps Seats, long Bids) Assign(Market market, int step, CancellationToken cancellation = default, IProgress<RoundProgress>? progress = null)
    {
        var seats = new SeatHeaps(market.Postings);
        return (seats, Auction.Run(new AllPostings(market), seats, step, cancellation, progress));
    }

    /// <summary>What no assignment exceeds, from the prices alone: a scan over all postings for every worker.</summary>
    public static long Bound(Market market, SeatHeaps seats, CancellationToken cancellation = default)
    {
        long units = 0;
        for (var slot = 0; slot < market.Postings.SlotCount; slot++)
            if (seats.Held(slot) > 0 && seats.Cutoffs[slot] != SeatHeaps.Open)
                units += (seats.Cutoffs[slot] >> 32) * seats.Held(slot);
        var scan = new PostingScan(market.Postings);
        for (var worker = 0; worker < market.Workers.Length; worker++)
        {
            if (worker % 1024 == 0)
                cancellation.ThrowIfCancellationRequested();
            scan.Run<Bidding>(market.Workers[worker], count: 1, needed: 1);
            if (scan.Best.Count > 0)
                units += scan.Best.ScoreAt(0);
        }

        return units / Auction.Unit;
    }

    /// <summary>Every posting that a worker is eligible for.</summary>
    sealed class AllPostings(Market market) : IOffers
    {
        readonly PostingScan scan = new(market.Postings);

        public int Bidders => market.Workers.Length;

        public ReadOnlySpan<long> Best(int bidder, int count)
        {
            scan.Run<Bidding>(market.Workers[bidder], count, needed: 1);
            return scan.Best.Items;
        }

        public void SetPrice(int slot, int price) => market.SetCutoff(slot, checked((short)price));
    }
}
