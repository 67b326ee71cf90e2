namespace LaborBridge.Matching.Engine;

/// <summary>The proof of a total: no assignment can have more than the bound (weak duality of linear programs), whatever it took to find the assignment.</summary>
/// <param name="Total">Sum of both scores over all matches.</param>
/// <param name="Bound">What no assignment exceeds: the prices of all seats, and for each worker what the best posting leaves after its price.</param>
internal readonly record struct Certificate(long Total, long Bound)
{
    /// <summary>At least this share of the highest possible total is reached.</summary>
    public double Share => Bound == 0 ? 1 : (double)Total / Bound;
}

/// <summary>Where a bidder's few best postings come from.</summary>
internal interface IOffers
{
    int Bidders { get; }

    /// <summary>The postings that leave the bidder most after their price, more than nothing, best first: value in <see cref="Auction.Unit"/>s in the upper half, slot in the lower.</summary>
    ReadOnlySpan<long> Best(int bidder, int count);

    /// <summary>The price of a posting rose.</summary>
    void SetPrice(int slot, int price);
}

/// <summary>
/// The assignment of the highest total of both scores, but for a small part: an auction (Bertsekas 1981) in which workers bid for seats, and the lowest of a full posting's bids is its price.
/// A bid leaves the bidder as well off as the second best would, less ε; so at the end every worker is within ε of the best at the prices, and the total within ε a match of the optimum.
/// ε stays fixed: the ever smaller one of the textbook takes hours. Bidders go one after another in a fixed order, so the result is reproducible.
/// It is not strategy-proof, and pairs may be left who would rather have each other.
/// </summary>
internal sealed class Auction
{
    /// <summary>Values and prices count quarters of a point.</summary>
    public const int Unit = 4;

    /// <summary>The smallest ε, a quarter of a point a match.</summary>
    public const int SmallestStep = 1;

    const int ListLength = 16;
    const int ReportEvery = 4096;

    readonly IOffers offers;
    readonly SeatHeaps seats;
    readonly int step;
    readonly long[] lists;
    readonly byte[] lengths;
    readonly int[] bounds;

    Auction(IOffers offers, SeatHeaps seats, int step)
    {
        (this.offers, this.seats, this.step) = (offers, seats, step);
        lists = new long[offers.Bidders * ListLength];
        lengths = new byte[offers.Bidders];
        bounds = new int[offers.Bidders];
    }

    /// <summary>Bids until nobody wants to bid any more.</summary>
    /// <param name="offers">Who bids for what.</param>
    /// <param name="seats">Empty seats; filled with bids: the price in the upper half of a key, the bidder in the lower.</param>
    /// <param name="step">ε, in <see cref="Unit"/>s: the larger, the faster and the farther from the optimum.</param>
    /// <param name="cancellation">Stops the auction.</param>
    /// <param name="progress">Told how many are still bidding.</param>
    /// <returns>How many bids it took.</returns>
    public static long Run(IOffers offers, SeatHeaps seats, int step = SmallestStep, CancellationToken cancellation = default, IProgress<RoundProgress>? progress = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, SmallestStep);
        return new Auction(offers, seats, step).Run(cancellation, progress);
    }

    long Run(CancellationToken cancellation, IProgress<RoundProgress>? progress)
    {
        Array.Fill(bounds, int.MaxValue);
        var waiting = new Queue<int>(Enumerable.Range(0, offers.Bidders));
        long bids = 0;
        for (long turn = 0; waiting.TryDequeue(out var bidder); turn++)
        {
            if (turn % ReportEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new(offers.Bidders, waiting.Count + 1, bids));
            }

            // Who was outbid bids again at once: the prices that he knows are still warm.
            while (bidder >= 0 && Choose(bidder) is var (slot, bid) && slot >= 0)
            {
                bids++;
                var before = seats.Cutoffs[slot];
                var outbid = seats.Propose(slot, PostingScan.Key(bid, (uint)bidder));
                if (seats.Cutoffs[slot] != before)
                    offers.SetPrice(slot, Price(slot));
                bidder = outbid == SeatHeaps.Open ? -1 : (int)(uint)outbid;
            }
        }

        progress?.Report(new(offers.Bidders, 0, bids));
        return bids;
    }

    int Price(int slot) => seats.Cutoffs[slot] == SeatHeaps.Open ? 0 : (int)(seats.Cutoffs[slot] >> 32);

    /// <summary>The posting that leaves most at today's prices, and the bid for it; slot -1 if nothing leaves anything.</summary>
    (int Slot, int Bid) Choose(int bidder)
    {
        while (true)
        {
            var (slot, value, best, second) = (-1, 0, 0, 0);
            foreach (var item in lists.AsSpan(bidder * ListLength, lengths[bidder]))
            {
                var left = (int)(item >> 32) - Price((int)item);
                if (left > best)
                    (slot, value, second, best) = ((int)item, (int)(item >> 32), best, left);
                else if (left > second)
                    second = left;
            }

            // What is not on the list leaves at most the bound, since prices only rise.
            var bound = bounds[bidder];
            if (best >= bound && best > 0)
                return (slot, value - Math.Max(second, bound) + step);
            if (bound == 0)
                return (-1, 0);
            Fetch(bidder);
        }
    }

    void Fetch(int bidder)
    {
        var found = offers.Best(bidder, ListLength);
        found.CopyTo(lists.AsSpan(bidder * ListLength));
        lengths[bidder] = (byte)found.Length;
        bounds[bidder] = found.Length < ListLength ? 0 : (int)(found[^1] >> 32) - Price((int)found[^1]);
    }
}
