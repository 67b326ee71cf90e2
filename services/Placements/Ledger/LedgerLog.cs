using System.Security.Cryptography;
using LaborBridge.Persistence;

namespace LaborBridge.Placements.Ledger;

/// <summary>
/// Appends to the ledger. Entries of a transaction are gathered and written together before its commit: that takes the lock of the
/// one-row head after all other rows and before the event log's (design.md 2), so positions are gapless and in the order of the commits.
/// </summary>
internal static class LedgerLog
{
    static readonly object Pending = new();

    public const string Genesis = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Records a fact; it is written with the commit.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="time">The clock that says since when it is known.</param>
    /// <param name="entry">The fact, without position, known and previous.</param>
    public static void Record(this Tx tx, TimeProvider time, LedgerEntry entry)
    {
        var pending = tx.Item<List<(TimeProvider Time, LedgerEntry Entry)>>(Pending);
        if (pending is null)
        {
            pending = tx.Item(Pending, () => new List<(TimeProvider Time, LedgerEntry Entry)>());
            tx.BeforeCommit(() => Write(tx));
        }

        pending.Add((time, entry));
    }

    /// <summary>Writes what was recorded so far, so that this transaction can read it.</summary>
    public static async Task Write(Tx tx)
    {
        if (tx.Item<List<(TimeProvider Time, LedgerEntry Entry)>>(Pending) is not { Count: > 0 } pending)
            return;
        var head = await Lock(tx);
        var (position, known, hash) = (head.Position, Instant.Micros(head.Known), head.Hash);
        var rows = new List<LedgerRow>(pending.Count);
        foreach (var (time, entry) in pending)
        {
            position++;
            known = Math.Max(Instant.Micros(time.GetUtcNow()), known + 1);
            var canonical = (entry with { Position = position, Known = known, Previous = hash }).ToCanonical();
            hash = HashOf(canonical);
            rows.Add(new LedgerRow
            {
                Position = position,
                Kind = Domain.Kebab.Of(entry.Kind),
                OnDay = entry.On,
                Known = Instant.Of(known),
                WorkerId = entry.Worker,
                PlacementId = entry.Placement,
                Canonical = canonical,
                Hash = hash,
            });
        }

        pending.Clear();
        await tx.ExecuteMany(Insert, rows);
        await tx.Execute(MoveHead, new { Position = position, Known = Instant.Of(known), Hash = hash });
    }

    /// <summary>The head, locked to the end of the transaction.</summary>
    public static async Task<LedgerHead> Lock(Tx tx) =>
        await tx.First<LedgerHead>(LockHead) ?? throw new InvalidOperationException("ledger_head has no row; the migration puts it there.");

    public static async Task<LedgerHead> Head(Tx tx) =>
        await tx.First<LedgerHead>(ReadHead) ?? throw new InvalidOperationException("ledger_head has no row; the migration puts it there.");

    /// <summary>The course of one placement, oldest first.</summary>
    public static async Task<IReadOnlyList<LedgerEntry>> Of(Tx tx, Guid placement) =>
        [.. (await tx.Query<LedgerRow>(OfPlacement, new { PlacementId = placement })).Select(row => LedgerEntry.FromCanonical(row.Canonical))];

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string HashOf(byte[] canonical) => Convert.ToHexStringLower(SHA256.HashData(canonical));

    static readonly Sql LockHead = Sql.Text("SELECT position, known, hash, sealed_position, sealed_known FROM ledger_head {lock} WHERE id = 1 {for update}");

    static readonly Sql ReadHead = Sql.Text("SELECT position, known, hash, sealed_position, sealed_known FROM ledger_head WHERE id = 1");

    static readonly Sql Insert = Sql.Insert("ledger", "position, kind, on_day, known, worker_id, placement_id, canonical, hash");

    static readonly Sql MoveHead = Sql.Text("UPDATE ledger_head SET position = @Position, known = @Known, hash = @Hash WHERE id = 1");

    static readonly Sql OfPlacement = Sql.Text(
        "SELECT position, kind, on_day, known, worker_id, placement_id, canonical, hash FROM ledger WHERE placement_id = @PlacementId ORDER BY position");
}

internal sealed class LedgerRow
{
    public required long Position { get; init; }

    public required string Kind { get; init; }

    public required DateOnly OnDay { get; init; }

    public required DateTimeOffset Known { get; init; }

    public Guid? WorkerId { get; init; }

    public Guid? PlacementId { get; init; }

    public required byte[] Canonical { get; init; }

    public required string Hash { get; init; }
}

internal sealed class LedgerHead
{
    public required long Position { get; init; }

    public required DateTimeOffset Known { get; init; }

    public required string Hash { get; init; }

    public required long SealedPosition { get; init; }

    public required DateTimeOffset SealedKnown { get; init; }
}
