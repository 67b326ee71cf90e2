namespace LaborBridge.Matching.Engine;

/// <summary>
/// The willing workers and open postings of one replica, kept by events and asked by requests.
/// Safe for any number of threads: queries run side by side, a change waits for them.
/// </summary>
internal sealed class Book : IDisposable
{
    readonly ReaderWriterLockSlim gate = new();
    readonly Dictionary<Guid, WorkerEntry> workers = [];
    readonly Dictionary<Guid, PostingEntry> postings = [];
    readonly WorkerIndex workerIndex = new();
    readonly PostingIndex<PostingEntry> postingIndex = new(posting => posting);
    Profile profile;

    /// <exception cref="ArgumentException">The profile is broken.</exception>
    public Book(Profile profile)
    {
        Input.Check(profile);
        this.profile = profile;
    }

    /// <summary>The profile of the top lists; set a new one when the day or the policy changes.</summary>
    /// <exception cref="ArgumentException">The profile is broken; the old one stays.</exception>
    public Profile Profile
    {
        get => Read(() => profile);
        set
        {
            Input.Check(value);
            Write(() => profile = value);
        }
    }

    public int WorkerCount => Read(() => workers.Count);

    public int PostingCount => Read(() => postings.Count);

    /// <summary>Adds the worker or replaces the entry of the same id.</summary>
    /// <exception cref="ArgumentException">The entry is broken; the book stays as it was.</exception>
    public void Upsert(WorkerEntry worker)
    {
        Input.Check(worker);
        Write(() =>
        {
            if (workers.TryGetValue(worker.Id, out var old))
                workerIndex.Remove(old);
            workers[worker.Id] = worker;
            workerIndex.Add(worker);
        });
    }

    /// <inheritdoc cref="Upsert(WorkerEntry)"/>
    public void Upsert(PostingEntry posting)
    {
        Input.Check(posting);
        Write(() =>
        {
            if (postings.TryGetValue(posting.Id, out var old))
                postingIndex.Remove(old);
            postings[posting.Id] = posting;
            postingIndex.Add(posting);
        });
    }

    /// <returns>False if the worker was not in the book.</returns>
    public bool RemoveWorker(Guid id) => Write(() =>
    {
        if (!workers.Remove(id, out var old))
            return false;
        workerIndex.Remove(old);
        return true;
    });

    /// <returns>False if the posting was not in the book.</returns>
    public bool RemovePosting(Guid id) => Write(() =>
    {
        if (!postings.Remove(id, out var old))
            return false;
        postingIndex.Remove(old);
        return true;
    });

    public WorkerEntry? FindWorker(Guid id) => Read(() => workers.GetValueOrDefault(id));

    public PostingEntry? FindPosting(Guid id) => Read(() => postings.GetValueOrDefault(id));

    /// <summary>Everything in the book at one moment: the input of a round.</summary>
    public (WorkerEntry[] Workers, PostingEntry[] Postings) Snapshot() => Read(() => (workers.Values.ToArray(), postings.Values.ToArray()));

    /// <summary>The k eligible postings that suit the worker best, best first by <see cref="PostingKey"/>: exactly what all pairs would give.</summary>
    /// <returns>Null if the worker is not in the book.</returns>
    public IReadOnlyList<Candidate>? TopPostings(Guid workerId, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return Read(() =>
        {
            if (!workers.TryGetValue(workerId, out var worker))
                return null;
            var best = new Best<Pair, PostingKey>(count);
            foreach (var posting in postingIndex.CandidatesFor(worker))
                if (new Pair(worker, posting, profile) is var pair && Eligibility.Holds(pair))
                    best.Offer(pair, PostingKey.Of(pair));
            return best;
        })?.Drain().ConvertAll(found => Candidate.Of(found.Item));
    }

    /// <summary>The k eligible workers who suit the posting best, best first by <see cref="WorkerKey"/>: exactly what all pairs would give.</summary>
    /// <param name="postingId">The posting.</param>
    /// <param name="count">k.</param>
    /// <param name="among">Who may be listed; null for all.</param>
    /// <returns>Null if the posting is not in the book.</returns>
    public IReadOnlyList<Candidate>? TopWorkers(Guid postingId, int count, Func<WorkerEntry, bool>? among = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return Read(() =>
        {
            if (!postings.TryGetValue(postingId, out var posting))
                return null;
            var best = new Best<Pair, WorkerKey>(count);
            foreach (var worker in workerIndex.CandidatesFor(posting))
                if ((among is null || among(worker)) && new Pair(worker, posting, profile) is var pair && Eligibility.Holds(pair))
                    best.Offer(pair, WorkerKey.Of(pair));
            return best;
        })?.Drain().ConvertAll(found => Candidate.Of(found.Item));
    }

    /// <summary>Why, or why not: for any worker and posting in the book.</summary>
    /// <returns>Null if one of them is not in the book.</returns>
    public Explanation? Explain(Guid workerId, Guid postingId) => Read(() =>
        workers.TryGetValue(workerId, out var worker) && postings.TryGetValue(postingId, out var posting)
            ? Explanation.Of(new(worker, posting, profile))
            : null);

    public void Dispose() => gate.Dispose();

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
