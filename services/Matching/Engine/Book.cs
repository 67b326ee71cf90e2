namespace LaborBridge.Matching.Engine;

/// <summary>
/// The willing workers and open postings of one replica, kept by events and asked by requests.
/// Safe for any number of threads: queries run side by side, a change waits for them.
/// </summary>
internal sealed class Book : IDisposable
{
    readonly ReaderWriterLockSlim gate = new();
    ThreadLocal<Scans> scans;
    WorkerIndex workers;
    PostingIndex postings;
    Dictionary<Guid, WorkerView> views = [];
    WorkerKinds kinds;

    /// <exception cref="ArgumentException">The profile is broken.</exception>
    public Book(Profile profile)
    {
        Input.Check(profile);
        (workers, postings) = (new(profile), new(profile));
        kinds = new(postings);
        scans = NewScans();
    }

    /// <summary>The profile of the top lists; set a new one when the day or the policy changes.</summary>
    /// <exception cref="ArgumentException">The profile is broken; the old one stays.</exception>
    public Profile Profile
    {
        get => Read(() => postings.Profile);
        set
        {
            Input.Check(value);
            Write(() =>
            {
                var old = postings.Profile;
                if ((old.Worker, old.Firm, old.PayCeiling, old.LotterySeed) != (value.Worker, value.Firm, value.PayCeiling, value.LotterySeed))
                    Rebuild(value);
                else
                    postings.Profile = workers.Profile = value;
            });
        }
    }

    public int WorkerCount => Read(() => workers.Count);

    public int PostingCount => Read(() => postings.Count);

    /// <summary>Adds the worker or replaces the entry of the same id.</summary>
    /// <exception cref="ArgumentException">The entry is broken; the book stays as it was.</exception>
    public void Upsert(WorkerEntry worker)
    {
        Input.Check(worker);
        Write(() => Put(worker));
    }

    /// <inheritdoc cref="Upsert(WorkerEntry)"/>
    public void Upsert(PostingEntry posting)
    {
        Input.Check(posting);
        Write(() => Put(posting));
    }

    /// <summary>Adds or replaces many at once: faster than one by one, and queries see all of them or none.</summary>
    /// <exception cref="ArgumentException">An entry is broken; the book stays as it was.</exception>
    public void Upsert(IReadOnlyCollection<WorkerEntry> someWorkers, IReadOnlyCollection<PostingEntry> somePostings)
    {
        foreach (var worker in someWorkers)
            Input.Check(worker);
        foreach (var posting in somePostings)
            Input.Check(posting);
        Write(() => Put(someWorkers, somePostings));
    }

    /// <returns>False if the worker was not in the book.</returns>
    public bool RemoveWorker(Guid id) => Write(() => workers.Remove(id) && views.Remove(id));

    /// <returns>False if the posting was not in the book.</returns>
    public bool RemovePosting(Guid id) => Write(() => postings.Remove(id));

    public WorkerEntry? FindWorker(Guid id) => Read(() => workers.Find(id));

    public PostingEntry? FindPosting(Guid id) => Read(() => postings.Find(id));

    /// <summary>Everything in the book at one moment: the input of a round.</summary>
    public (WorkerEntry[] Workers, PostingEntry[] Postings) Snapshot() => Read(() => (workers.Entries.ToArray(), postings.Entries.ToArray()));

    /// <summary>The k eligible postings that suit the worker best, best first by <see cref="PostingKey"/>: exactly what all pairs would give.</summary>
    /// <returns>Null if the worker is not in the book.</returns>
    public IReadOnlyList<Candidate>? TopPostings(Guid workerId, int count) => Read(() => Best(workerId, count) is not { } best
        ? null
        : best.Items.ToArray().Select(item => Candidate.Of(new(views[workerId].Entry, postings[(int)item], postings.Profile))).ToArray());

    /// <summary>The same without the scores and without allocation: fills the span, best first.</summary>
    /// <returns>How many; -1 if the worker is not in the book.</returns>
    public int TopPostings(Guid workerId, Span<PostingEntry> best)
    {
        gate.EnterReadLock();
        try
        {
            if (Best(workerId, best.Length) is not { } found)
                return -1;
            for (var position = 0; position < found.Count; position++)
                best[position] = postings[found.SlotAt(position)];
            return found.Count;
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    /// <summary>The k eligible workers who suit the posting best, best first by <see cref="WorkerKey"/>: exactly what all pairs would give.</summary>
    /// <param name="postingId">The posting.</param>
    /// <param name="count">k.</param>
    /// <param name="among">Who may be listed; null for all.</param>
    /// <returns>Null if the posting is not in the book.</returns>
    public IReadOnlyList<Candidate>? TopWorkers(Guid postingId, int count, Func<WorkerEntry, bool>? among = null) => Read(() => Best(postingId, count, among) is not { } best
        ? null
        : best.Items.ToArray().Select(item => Candidate.Of(new(workers[(int)item], postings.Find(postingId)!, postings.Profile))).ToArray());

    /// <inheritdoc cref="TopPostings(Guid, Span{PostingEntry})"/>
    public int TopWorkers(Guid postingId, Span<WorkerEntry> best, Func<WorkerEntry, bool>? among = null)
    {
        gate.EnterReadLock();
        try
        {
            if (Best(postingId, best.Length, among) is not { } found)
                return -1;
            for (var position = 0; position < found.Count; position++)
                best[position] = workers[found.SlotAt(position)];
            return found.Count;
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    /// <summary>Why, or why not: for any worker and posting in the book.</summary>
    /// <returns>Null if one of them is not in the book.</returns>
    public Explanation? Explain(Guid workerId, Guid postingId) => Read(() =>
        workers.Find(workerId) is { } worker && postings.Find(postingId) is { } posting ? Explanation.Of(new(worker, posting, postings.Profile)) : null);

    public void Dispose()
    {
        gate.Dispose();
        scans.Dispose();
    }

    TopList? Best(Guid workerId, int count)
    {
        if (!views.TryGetValue(workerId, out var view))
            return null;
        var scan = scans.Value!.Postings;
        scan.Run<Listing>(view, count);
        return scan.Best;
    }

    TopList? Best(Guid postingId, int count, Func<WorkerEntry, bool>? among)
    {
        if (postings.Find(postingId) is not { } posting)
            return null;
        var scan = scans.Value!.Workers;
        scan.Run(posting, count, among is null ? null : BySlot(among));
        return scan.Best;
    }

    // Apart, since a lambda is allocated where its variables begin: in every query.
    Func<int, int, bool> BySlot(Func<WorkerEntry, bool> among) => (slot, _) => among(workers[slot]);

    void Put(WorkerEntry worker)
    {
        workers.Put(worker);
        views[worker.Id] = new(worker, postings, kinds);
    }

    void Put(PostingEntry posting)
    {
        workers.Heed(posting);
        postings.Put(posting);
    }

    void Put(IReadOnlyCollection<WorkerEntry> someWorkers, IReadOnlyCollection<PostingEntry> somePostings)
    {
        foreach (var posting in somePostings.OrderByDescending(posting => posting.GuaranteedPay).ThenBy(posting => posting.Id))
            Put(posting);
        foreach (var worker in someWorkers)
            Put(worker);
    }

    void Rebuild(Profile profile)
    {
        var (oldWorkers, oldPostings) = (workers, postings);
        (workers, postings, views) = (new(profile), new(profile), new(oldWorkers.Count));
        kinds = new(postings);
        scans.Dispose();
        scans = NewScans();
        Put([.. oldWorkers.Entries], [.. oldPostings.Entries]);
    }

    ThreadLocal<Scans> NewScans()
    {
        var (ofPostings, ofWorkers) = (postings, workers);
        return new(() => new(ofPostings, ofWorkers));
    }

    T Read<T>(Func<T> query)
    {
        gate.EnterReadLock();
        try
        {
            return query();
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    T Write<T>(Func<T> change)
    {
        gate.EnterWriteLock();
        try
        {
            return change();
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    void Write(Action change) => Write(() =>
    {
        change();
        return true;
    });

    sealed class Scans(PostingIndex postings, WorkerIndex workers)
    {
        public PostingScan Postings { get; } = new(postings);

        public WorkerScan Workers { get; } = new(workers);
    }
}

/// <summary>An eligible pair in a top list, with what both scores are made of.</summary>
internal sealed record Candidate(WorkerEntry Worker, PostingEntry Posting, Score WorkerScore, Score FirmScore)
{
    public static Candidate Of(Pair pair) => new(pair.Worker, pair.Posting, Fit.ExplainWorker(pair), Fit.ExplainFirm(pair));
}

/// <summary>Everything that can be said about a pair. The scores are given even when a rule bars it.</summary>
internal sealed record Explanation(IReadOnlyList<Bar> BarredBy, Score WorkerScore, Score FirmScore)
{
    public bool Eligible => BarredBy.Count == 0;

    public static Explanation Of(Pair pair) => new(Eligibility.BarredBy(pair), Fit.ExplainWorker(pair), Fit.ExplainFirm(pair));
}
