using LaborBridge.Persistence;
using LaborBridge.Placements.Ledger;

namespace LaborBridge.Placements.Indicators;

/// <summary>
/// The ledger in memory. Each query first reads what was appended since, by one look at the ledger's head, so that every replica answers from all that is committed.
/// </summary>
internal sealed class OutflowBook(Db<PlacementsService> db) : IDisposable
{
    const int Portion = 5000;

    readonly SemaphoreSlim reading = new(1, 1);
    readonly ReaderWriterLockSlim gate = new();
    SpellBook book = new();

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
            return query(book.At(knownAt is { } moment ? book.Facts.KnownAt(Instant.Micros(moment)) : book.Facts.Count));
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
                if (head.Position < book.Facts.Count)
                    Change(() => book = new SpellBook()); // restored from a backup: start again
                while (head.Position > book.Facts.Count)
                {
                    var rows = await tx.Query<CanonicalRow>(ReadOn, new { After = (long)book.Facts.Count, N = Portion });
                    var entries = rows.ConvertAll(row => LedgerEntry.FromCanonical(row.Canonical));
                    if (entries.Count == 0)
                        throw new InvalidOperationException($"The ledger's head stands at {head.Position}, but nothing follows position {book.Facts.Count}.");
                    Change(() => book.Add(entries));
                }

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

    void Change(Action change)
    {
        gate.EnterWriteLock();
        try
        {
            change();
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    static readonly Sql ReadOn = Sql.Text("SELECT canonical FROM ledger WHERE position > @After ORDER BY position {first:@N}");

    sealed class CanonicalRow
    {
        public required byte[] Canonical { get; init; }
    }
}
