namespace LaborBridge.Matching.Engine;

/// <summary>How far a round has come; the undecided still have to propose.</summary>
internal readonly record struct RoundProgress(int Workers, int Undecided, long Proposals);

/// <summary>
/// Worker-proposing deferred acceptance with capacities (Gale and Shapley 1962) over all eligible pairs, no list cut short: a worker asks for the best few postings that would
/// take him at their present cutoffs, and asks again when all of them have refused. Cutoffs only rise, so what is left out would have refused.
/// Both orders are strict, so the result is the one assignment without blocking pairs that is best for every worker, whatever the order of the input.
/// </summary>
internal sealed class DeferredAcceptance
{
    const int ReportEvery = 1024;

    /// <summary>How many points of strength count as the same.</summary>
    const int Step = 128;

    /// <summary>How many postings are fetched at once.</summary>
    const int Portion = 8;

    readonly Market market;
    readonly SeatHeaps seats;
    readonly PostingScan scan;
    readonly long[] portions;
    readonly byte[] next;
    readonly byte[] end;

    DeferredAcceptance(Market market)
    {
        this.market = market;
        seats = new(market.Postings);
        scan = new(market.Postings) { Cutoffs = seats.Cutoffs };
        portions = new long[market.Workers.Length * Portion];
        next = new byte[market.Workers.Length];
        end = new byte[market.Workers.Length];
    }

    /// <exception cref="ArgumentException">The input is broken; nothing has run.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RoundResult Run(
        IReadOnlyCollection<WorkerEntry> workers,
        IReadOnlyCollection<PostingEntry> postings,
        Profile profile,
        CancellationToken cancellation = default,
        IProgress<RoundProgress>? progress = null)
    {
        progress?.Report(new(workers.Count, workers.Count, 0));
        var market = new Market(workers, postings, profile, cancellation);
        var (seats, proposals) = Assign(market, cancellation, progress);
        return Results.Of(market, seats, proposals, Objective.Stable, cancellation);
    }

    /// <summary>The assignment alone: who holds which seat.</summary>
    /// <returns>The seats, and how many proposals it took.</returns>
    public static (SeatHeaps Seats, long Proposals) Assign(Market market, CancellationToken cancellation = default, IProgress<RoundProgress>? progress = null)
    {
        var round = new DeferredAcceptance(market);
        return (round.seats, round.Run(cancellation, progress));
    }

    long Run(CancellationToken cancellation, IProgress<RoundProgress>? progress)
    {
        var undecided = new Stack<int>();
        var order = StrongestFirst();
        var turn = 0L;
        long proposals = 0;
        for (var begun = 0; undecided.Count > 0 || begun < order.Length; turn++)
        {
            if (turn % ReportEvery == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                if (turn > 0)
                    progress?.Report(new(order.Length, undecided.Count + order.Length - begun, proposals));
            }

            if (!undecided.TryPop(out var worker))
                worker = order[begun++];
            while (Next(worker) is >= 0 and var item)
            {
                proposals++;
                var slot = (int)item;
                var key = PostingScan.Key((int)(item >> 32), market.Lots[worker]);
                var before = seats.Cutoffs[slot];
                var rejected = seats.Propose(slot, key);
                if (seats.Cutoffs[slot] >> 32 != before >> 32)
                    market.SetCutoff(slot, (short)(seats.Cutoffs[slot] >> 32));
                if (rejected == key)
                    continue;
                if (rejected != SeatHeaps.Open)
                    undecided.Push(market.ByLot[(uint)rejected]);
                break;
            }
        }

        progress?.Report(new(order.Length, 0, proposals));
        return proposals;
    }

    /// <summary>The next posting to propose to, as the scan gave it, or -1 when there is none left.</summary>
    long Next(int worker)
    {
        if (next[worker] == end[worker])
        {
            scan.Lot = market.Lots[worker];
            scan.Run<Proposing>(market.Workers[worker], Portion);
            scan.Best.Items.CopyTo(portions.AsSpan(worker * Portion));
            (next[worker], end[worker]) = (0, (byte)scan.Best.Count);
            if (end[worker] == 0)
                return -1;
        }

        return portions[worker * Portion + next[worker]++];
    }

    // The order of proposing does not change the result, only the number of rejections: who suits the firms best is hardly ever sent away again.
    // About equals go by trade, since they read the same shelves.
    int[] StrongestFirst()
    {
        var order = new int[market.Workers.Length];
        var strength = new long[order.Length];
        for (var worker = 0; worker < order.Length; worker++)
        {
            var view = market.Workers[worker];
            var dearest = view.Wishes[0];
            var points = view.FirmPoints + Math.Max(0, dearest.Ask.Under(market.Postings.Version).Highest);
            order[worker] = worker;
            strength[worker] = ((long)((Profile.HighestScore - points) / Step) << 48) | ((long)dearest.Trade.Number << 32) | (uint)worker;
        }

        Array.Sort(strength, order);
        return order;
    }
}
