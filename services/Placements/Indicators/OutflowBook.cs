using LaborBridge.Persistence;
using LaborBridge.Placements.Ledger;

namespace LaborBridge.Placements.Indicators;

/// <summary>
/// The ledger's facts and spells in memory. Each query first reads what was appended since, by one look at the ledger's head, so that every replica answers from
/// all that is committed. What was known earlier is folded anew from the facts and kept for a while.
/// </summary>
internal sealed class OutflowBook(Db<PlacementsService> db) : IDisposable
{
    const int SnapshotsKept = 4;

    readonly SemaphoreSlim reading = new(1, 1);
    readonly ReaderWriterLockSlim gate = new();
    readonly LinkedList<Snapshot> earlier = new();
    Facts facts = new();
    List<Spell?> spells = [];

    /// <summary>Runs a query on what is known at a moment.</summary>
    /// <param name="knownAt">The moment; null: now.</param>
    /// <param name="query">Runs while nothing is added; it must not keep the snapshot.</param>
    /// <param name="cancel">Stops before the query.</param>
    public async Task<T> Query<T>(DateTimeOffset? knownAt, Func<Snapshot, T> query, CancellationToken cancel = default)
    {
        await CatchUp(cancel);
        gate.EnterReadLock();
        try
        {
            var upTo = knownAt is { } moment ? facts.KnownAt(Instant.Micros(moment)) : facts.Count;
            return query(upTo == facts.Count ? new Snapshot(facts, spells, upTo) : Earlier(upTo));
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    /// <summary>Reads what the ledger has more.</summary>
    public async Task CatchUp(CancellationToken cancel = default)
    {
        await reading.WaitAsync(cancel);
        try
        {
            await db.Read(async tx =>
            {
                var head = await LedgerLog.Head(tx);
                if (head.Position < facts.Count)
                    Reset();
                if (head.Position > facts.Count)
                    await Append(tx);
                return true;
            }, cancel);
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose()
    {
        reading.Dispose();
        gate.Dispose();
    }

    async Task Append(Tx tx)
    {
        const int Portion = 5000;
        while (true)
        {
            var rows = await tx.Query<CanonicalRow>(ReadOn, new { After = (long)facts.Count, N = Portion });
            var entries = rows.ConvertAll(row => LedgerEntry.FromCanonical(row.Canonical));
            gate.EnterWriteLock();
            try
            {
                Add(entries);
            }
            finally
            {
                gate.ExitWriteLock();
            }

            if (rows.Count < Portion)
                return;
        }
    }

    void Add(List<LedgerEntry> entries)
    {
        var touched = new HashSet<int>();
        foreach (var entry in entries)
        {
            var (placement, worker) = facts.Add(entry);
            if (placement >= 0)
                touched.Add(placement);
            if (worker >= 0)
                touched.UnionWith(facts.PlacementsOf(worker));
        }

        while (spells.Count < facts.Placements)
            spells.Add(null);
        var course = new List<int>();
        foreach (var placement in touched)
            spells[placement] = Spell.Fold(facts, placement, facts.Count, course);
    }

    Snapshot Earlier(int upTo)
    {
        lock (earlier)
        {
            for (var node = earlier.First; node is not null; node = node.Next)
            {
                if (node.Value.Position != upTo)
                    continue;
                earlier.Remove(node);
                earlier.AddFirst(node);
                return node.Value;
            }

            var course = new List<int>();
            var folded = new List<Spell?>(facts.Placements);
            for (var placement = 0; placement < facts.Placements; placement++)
                folded.Add(Spell.Fold(facts, placement, upTo, course));
            var snapshot = new Snapshot(facts, folded, upTo);
            earlier.AddFirst(snapshot);
            if (earlier.Count > SnapshotsKept)
                earlier.RemoveLast();
            return snapshot;
        }
    }

    // The database was restored from a backup: start again.
    void Reset()
    {
        gate.EnterWriteLock();
        facts = new Facts();
        spells = [];
        lock (earlier)
            earlier.Clear();
        gate.ExitWriteLock();
    }

    static readonly Sql ReadOn = Sql.Text("SELECT canonical FROM ledger WHERE position > @After ORDER BY position {first:@N}");

    sealed class CanonicalRow
    {
        public required byte[] Canonical { get; init; }
    }
}

/// <summary>What is known at one position of the ledger.</summary>
/// <param name="Facts">The facts; only the first <paramref name="Position"/> count.</param>
/// <param name="Spells">By number of the placement; null where nothing is known of it yet, or its opening was taken back.</param>
/// <param name="Position">How many entries are known.</param>
internal sealed record Snapshot(Facts Facts, IReadOnlyList<Spell?> Spells, int Position)
{
    /// <summary>Since when the last of them is known; null for the empty ledger.</summary>
    public DateTimeOffset? Known => Position == 0 ? null : Instant.Of(Facts[Position - 1].Known);
}
