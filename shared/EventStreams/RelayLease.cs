using LaborBridge.Persistence;

namespace LaborBridge.EventStreams;

/// <summary>
/// The row that names the active relay, in database time. It keeps the order quick, not right: two relays at once would only
/// send segments twice.
/// </summary>
internal sealed class RelayLease(Db db, StreamOptions options)
{
    // An owner on a file database is this process: whoever else wrote there has died.
    internal static readonly string Process = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");

    private static readonly Sql Seed = Sql.InsertOrIgnore("stream_relay", "id", "lease_until, shipped_position");

    private static readonly Sql Claim = Sql.Text("""
        UPDATE stream_relay SET owner = @Me, lease_until = {now} + @Lease
        WHERE id = 1 AND (owner IS NULL OR owner = @Me OR lease_until < {now} OR (@Alone = 1 AND owner NOT LIKE @Mine))
        """);

    private static readonly Sql SelectShipped = Sql.Text("SELECT shipped_position FROM stream_relay WHERE id = 1");

    private static readonly Sql MoveShipped = Sql.Text("""
        UPDATE stream_relay SET shipped_position = @To, lease_until = {now} + @Lease WHERE id = 1 AND owner = @Me AND shipped_position <= @To
        """);

    private static readonly Sql GiveUp = Sql.Text("UPDATE stream_relay SET owner = NULL WHERE id = 1 AND owner = @Me");

    private readonly string me = $"{Process}/{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
    private volatile bool held;
    private long claimedAt;

    // A file belongs to one process, which need not prove every other second that it lives: that would keep the disk awake.
    private TimeSpan Lease => db.Dialect.Kind == SqlKind.Sqlite ? options.Lease * 12 : options.Lease;

    private long Microseconds => (long)Lease.TotalMicroseconds;

    public static Task SeedRow(Tx tx) => tx.Execute(Seed, new { Id = 1, LeaseUntil = 0L, ShippedPosition = 0L });

    /// <summary>Takes or prolongs the lease; false when another relay holds it.</summary>
    public async Task<bool> Hold(CancellationToken cancel)
    {
        if (held && TimeProvider.System.GetElapsedTime(Volatile.Read(ref claimedAt)) < Lease / 3)
        {
            return true;
        }

        var asked = TimeProvider.System.GetTimestamp();
        var alone = db.Dialect.Kind == SqlKind.Sqlite ? 1 : 0;
        var rows = await db.Write(
            tx => tx.Execute(Claim, new { Me = me, Lease = Microseconds, Alone = alone, Mine = Process + "%" }), repeatable: true, cancel);
        Volatile.Write(ref claimedAt, asked);
        return held = rows == 1;
    }

    /// <summary>How far the log is shipped.</summary>
    public Task<long> Shipped(CancellationToken cancel) => db.Read(tx => tx.Scalar<long>(SelectShipped), cancel);

    /// <summary>Counts as shipped up to a position; false when the lease was lost.</summary>
    public async Task<bool> Move(long to)
    {
        var asked = TimeProvider.System.GetTimestamp();
        var rows = await db.Write(tx => tx.Execute(MoveShipped, new { To = to, Me = me, Lease = Microseconds }), repeatable: true);
        Volatile.Write(ref claimedAt, asked);
        return held = rows == 1;
    }

    /// <summary>Lets another replica take over at once.</summary>
    public async Task Release()
    {
        await db.Write(tx => tx.Execute(GiveUp, new { Me = me }), repeatable: true);
        held = false;
    }
}
