using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Distributed.Streams;

/// <summary>A service's database, which outlives the processes that use it.</summary>
internal sealed class Store(SqlKind kind, string connectionString)
{
    private static readonly Sql CreateArrivals = Sql.Text("CREATE TABLE IF NOT EXISTS arrivals (place {long} NOT NULL PRIMARY KEY, position {long} NOT NULL, number {int} NOT NULL)");

    private static readonly Sql Arrived = Sql.Text("""
        INSERT INTO arrivals (place, position, number) SELECT COALESCE(MAX(place), 0) + 1, @Position, @Number FROM arrivals
        """);

    private static readonly Sql SelectArrivals = Sql.Text("SELECT position FROM arrivals ORDER BY place");

    private static readonly Sql Clear = Sql.Text("DELETE FROM arrivals");

    private static readonly Sql HoldRelay = Sql.Text("UPDATE stream_relay SET owner = @Owner, lease_until = {now} + @For WHERE id = 1");

    private static readonly Sql FreeRelay = Sql.Text("UPDATE stream_relay SET owner = NULL, shipped_position = @Shipped WHERE id = 1");

    private static readonly Sql SelectOwner = Sql.Text("SELECT owner FROM stream_relay WHERE id = 1");

    private static readonly Sql CutLog = Sql.Text("DELETE FROM stream_log WHERE position > @Position");

    private static readonly Sql CutHead = Sql.Text("UPDATE stream_head SET position = @Position WHERE id = 1");

    private static readonly Sql CutShipped = Sql.Text("UPDATE stream_relay SET shipped_position = @Position WHERE id = 1");

    public static Store Sqlite(TempFolder folder, string name) => new(SqlKind.Sqlite, $"Data Source={folder[name + ".db"]}");

    public static Store PostgreSql(ScratchDatabase database) => new(SqlKind.PostgreSql, database.ConnectionString);

    public async Task<Db<TService>> Open<TService>()
    {
        var db = new Db<TService>(kind, connectionString);
        await Migrator.Migrate(db, [typeof(EventLog).Assembly]);
        await db.Write(tx => tx.Execute(CreateArrivals));
        return db;
    }

    public static Task Arrive(Tx tx, long position, int number) => tx.Execute(Arrived, new { Position = position, Number = number });

    public static Task Empty(Tx tx) => tx.Execute(Clear);

    public static Task<List<long>> Arrivals(Db db) => db.Read(tx => tx.Query<long>(SelectArrivals));

    /// <summary>As if another relay held the lease: one that is alive, or one that died just now.</summary>
    public static Task TakeLease(Db db, TimeSpan hold) => db.Write(async tx =>
    {
        await RelayLease.SeedRow(tx);
        await tx.Execute(HoldRelay, new { Owner = RelayLease.Process + "/another", For = (long)hold.TotalMicroseconds });
    });

    /// <summary>As if that relay had shipped up to a position and left.</summary>
    public static Task GiveLease(Db db, long shipped) => db.Write(tx => tx.Execute(FreeRelay, new { Shipped = shipped }));

    public static Task<string?> LeaseOwner(Db db) => db.Read(tx => tx.Scalar<string>(SelectOwner));

    /// <summary>As if a backup had been restored that ends at a position.</summary>
    public static Task RestoreBackup(Db db, long position) => db.Write(async tx =>
    {
        var cut = new { Position = position };
        await tx.Execute(CutLog, cut);
        await tx.Execute(CutHead, cut);
        await tx.Execute(CutShipped, cut);
        await tx.RenewIncarnation();
    });
}
