namespace LaborBridge.Matching.Engine;

/// <summary>The workers and postings of a round, resolved once: postings as columns, workers as views in the order of ids, and the lottery drawn.</summary>
internal sealed class Market
{
    readonly (PostingShelf Shelf, int Position)[] places;
    readonly int[] firstPlace;

    /// <exception cref="ArgumentException">The input is broken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Market(IReadOnlyCollection<WorkerEntry> workers, IReadOnlyCollection<PostingEntry> postings, Profile profile, CancellationToken cancellation = default)
    {
        Input.Check(workers, postings, profile);
        Profile = profile;
        Postings = new(profile);
        foreach (var posting in postings.OrderByDescending(posting => posting.GuaranteedPay).ThenBy(posting => posting.Id))
            Postings.Put(posting);
        cancellation.ThrowIfCancellationRequested();

        Kinds = new(Postings);
        Workers = new WorkerView[workers.Count];
        var number = 0;
        foreach (var worker in workers.OrderBy(worker => worker.Id))
        {
            if (number % 4096 == 0)
                cancellation.ThrowIfCancellationRequested();
            Workers[number++] = new(worker, Postings, Kinds);
        }

        foreach (var view in Workers)
            foreach (var wish in view.Wishes)
                wish.Ask.Under(Postings.Version);
        (Lots, ByLot) = Draw();
        (places, firstPlace) = Places();
    }

    public Profile Profile { get; }

    public PostingIndex Postings { get; }

    public WorkerKinds Kinds { get; }

    /// <summary>In the order of ids.</summary>
    public WorkerView[] Workers { get; }

    /// <summary>Each worker's place in the lottery, the greater the better.</summary>
    public uint[] Lots { get; }

    /// <summary>The worker of each lot.</summary>
    public int[] ByLot { get; }

    /// <summary>Tells every shelf on which the posting stands the least score that gets in.</summary>
    public void SetCutoff(int slot, short score)
    {
        for (var place = firstPlace[slot]; place < firstPlace[slot + 1]; place++)
            places[place].Shelf.SetCutoff(places[place].Position, score);
    }

    /// <summary>The key of a worker for a firm as all see it, from the number that the heaps hold.</summary>
    public WorkerKey KeyOf(long key)
    {
        var worker = Workers[ByLot[(uint)key]].Entry.Id;
        return new((int)(key >> 32), WorkerKey.Draw(Profile.LotterySeed, worker), worker);
    }

    // Ascending by draw; where two drew the same, the lower id is the better one and comes later.
    (uint[] Lots, int[] ByLot) Draw()
    {
        var byLot = new int[Workers.Length];
        var draws = new ulong[Workers.Length];
        for (var worker = 0; worker < Workers.Length; worker++)
        {
            // The highest number first, since a stable order of equal draws must put the lower id last.
            byLot[worker] = Workers.Length - 1 - worker;
            draws[worker] = WorkerKey.Draw(Profile.LotterySeed, Workers[byLot[worker]].Entry.Id);
        }

        Array.Sort(draws, byLot);
        for (var lot = 1; lot < byLot.Length; lot++)
            for (var equal = lot; equal > 0 && draws[equal - 1] == draws[equal] && byLot[equal - 1] < byLot[equal]; equal--)
                (byLot[equal - 1], byLot[equal]) = (byLot[equal], byLot[equal - 1]);
        var lots = new uint[byLot.Length];
        for (var lot = 0; lot < byLot.Length; lot++)
            lots[byLot[lot]] = (uint)lot;
        return (lots, byLot);
    }

    ((PostingShelf, int)[], int[]) Places()
    {
        var shelves = Postings.EveryTrade.SelectMany(trade => trade.Every()).ToArray();
        var first = new int[Postings.SlotCount + 1];
        foreach (var shelf in shelves)
            for (var position = 0; position < shelf.Count; position++)
                first[shelf.Slots[position] + 1]++;
        for (var slot = 0; slot < Postings.SlotCount; slot++)
            first[slot + 1] += first[slot];
        var next = first.AsSpan(0, Postings.SlotCount).ToArray();
        var all = new (PostingShelf, int)[first[^1]];
        foreach (var shelf in shelves)
            for (var position = 0; position < shelf.Count; position++)
                all[next[shelf.Slots[position]]++] = (shelf, position);
        return (all, first);
    }
}
