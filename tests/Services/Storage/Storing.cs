using System.Security.Cryptography;
using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Storage;

/// <summary>What every database must do alike; one class below for each that there is.</summary>
public abstract class Storing
{
    private static readonly Sql Insert = Sql.Insert("things", "id, name, on_day, at, flag, fen, data");
    private static readonly Sql InsertNew = Sql.InsertOrIgnore("things", "id", "name, on_day, at, flag, fen, data");
    private static readonly Sql Put = Sql.Upsert("things", "id", "name, on_day, at, flag, fen, data");
    private static readonly Sql All = Sql.Text("SELECT id, name, on_day, at, flag, fen, data FROM things ORDER BY name {first:@Limit}");
    private static readonly Sql Some = Sql.Text("SELECT id, name, on_day, at, flag, fen, data FROM things WHERE id IN @Ids ORDER BY name");

    [Fact]
    public async Task gives_back_what_was_stored()
    {
        await using var store = await Open();
        var thing = Thing.New("马燕", 1) with { OnDay = new DateOnly(2026, 2, 28), Flag = true, Fen = long.MaxValue, Data = [1, 2, 3] };
        var bare = Thing.New(name: null, 2);
        await store.Db.Write(tx => tx.ExecuteMany(Insert, new[] { thing, bare }));
        var rows = await store.Db.Read(tx => tx.Query<Thing>(Some, new { Ids = new[] { thing.Id, bare.Id } }));
        var back = rows.Single(row => row.Id == thing.Id);
        Assert.Equal((thing.Name, thing.OnDay, thing.At, thing.Flag, thing.Fen), (back.Name, back.OnDay, back.At, back.Flag, back.Fen));
        Assert.Equal(thing.Data, back.Data);
        Assert.Null(rows.Single(row => row.Id == bare.Id).OnDay);
    }

    [Fact]
    public async Task keeps_nothing_of_a_unit_that_fails_and_all_of_its_neighbours()
    {
        await using var store = await Open();
        var units = Enumerable.Range(0, 40).Select(i => store.Db.Write(async tx =>
        {
            await tx.Execute(Insert, Thing.New($"{i:00}", i));
            return i % 4 == 0 ? throw new InvalidDataException("refused") : i;
        })).ToList();
        foreach (var unit in units)
        {
            if (await Record.ExceptionAsync(() => unit) is { } error)
            {
                Assert.IsType<InvalidDataException>(error);
            }
        }

        var names = (await store.Db.Read(tx => tx.Query<Thing>(All, new { Limit = 100 }))).Select(row => row.Name);
        Assert.Equal(Enumerable.Range(0, 40).Where(i => i % 4 != 0).Select(i => $"{i:00}"), names);
    }

    [Fact]
    public async Task inserts_once_replaces_and_knows_a_duplicate()
    {
        await using var store = await Open();
        var thing = Thing.New("a", 1);
        Assert.Equal(1, await store.Db.Write(tx => tx.Execute(InsertNew, thing)));
        Assert.Equal(0, await store.Db.Write(tx => tx.Execute(InsertNew, thing with { Name = "b" })));
        await store.Db.Write(tx => tx.Execute(Put, thing with { Name = "c" }));
        Assert.Equal("c", (await store.Db.Read(tx => tx.Query<Thing>(All, new { Limit = 1 }))).Single().Name);
        var again = await Record.ExceptionAsync(() => store.Db.Write(tx => tx.Execute(Insert, thing)));
        Assert.True(again is not null && store.Db.Dialect.IsDuplicate(again) && !store.Db.IsTransient(again));
    }

    [Fact]
    public async Task writes_batches_on_after_one_that_broke_off()
    {
        await using var store = await Open();
        Thing[] first = [Thing.New("a", 1), Thing.New("b", 2)];
        await store.Db.Write(tx => tx.ExecuteMany(Insert, first));
        var refused = await Record.ExceptionAsync(() => store.Db.Write(tx => tx.ExecuteMany(Insert, [Thing.New("lost", 3), first[1]])));
        Assert.True(refused is not null && store.Db.Dialect.IsDuplicate(refused));
        await store.Db.Write(tx => tx.ExecuteMany(Insert, [Thing.New("c", 4) with { Data = null }]));
        Assert.Equal(["a", "b", "c"], (await store.Db.Read(tx => tx.Query<Thing>(All, new { Limit = 10 }))).Select(thing => thing.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task migrates_once_however_often_it_is_asked()
    {
        await using var store = await Open();
        await store.Db.Write(tx => tx.Execute(Insert, Thing.New("kept", 1)));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Migrator.Migrate(store.Db, [typeof(Storing).Assembly])));
        Assert.Single(await store.Db.Read(tx => tx.Query<Thing>(All, new { Limit = 10 })));
    }

    [Fact]
    public async Task binds_an_encrypted_value_to_its_row_and_keeps_old_keys_readable()
    {
        await using var store = await Open();
        var (old, lookup) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        var before = new KeyRing(new Dictionary<int, byte[]> { [1] = old }, lookup);
        var after = new KeyRing(new Dictionary<int, byte[]> { [1] = old, [2] = RandomNumberGenerator.GetBytes(32) }, lookup);
        var thing = Thing.New("x", 1);
        await store.Db.Write(tx => tx.Execute(Insert, thing with { Data = before.Encrypt("things", "data", thing.Id, "642223199001011234") }));
        var stored = (await store.Db.Read(tx => tx.Query<Thing>(All, new { Limit = 1 }))).Single();
        Assert.Equal("642223199001011234", after.Decrypt("things", "data", stored.Id, stored.Data!));
        Assert.ThrowsAny<CryptographicException>(() => after.Decrypt("things", "data", Guid.Empty, stored.Data!));
        Assert.Equal(2, after.Encrypt("things", "data", stored.Id, "y")[0]);
    }

    private protected abstract Task<Store> Open();

    private protected static async Task<Store> Ready(SqlKind kind, string connection, params object[] owned)
    {
        var db = new Db(kind, connection);
        await Migrator.Migrate(db, [typeof(Storing).Assembly]);
        return new Store(db, owned);
    }

    private protected sealed class Store(Db db, object[] owned) : IAsyncDisposable
    {
        public Db Db { get; } = db;

        public async ValueTask DisposeAsync()
        {
            await Db.DisposeAsync();
            foreach (var one in owned)
            {
                if (one is IAsyncDisposable later)
                {
                    await later.DisposeAsync();
                }
                else
                {
                    ((IDisposable)one).Dispose();
                }
            }
        }
    }

    private sealed record Thing
    {
        public required Guid Id { get; init; }
        public string? Name { get; init; }
        public DateOnly? OnDay { get; init; }
        public required DateTimeOffset At { get; init; }
        public bool Flag { get; init; }
        public long Fen { get; init; }
        public byte[]? Data { get; init; }

        public static Thing New(string? name, int number)
        {
            var at = new DateTimeOffset(2026, 6, 17, 8, 0, 0, TimeSpan.Zero).AddTicks(number * 10L);
            return new Thing { Id = Guid.CreateVersion7(at), Name = name, At = at };
        }
    }
}

public sealed class Storing_on_SQLite : Storing
{
    private protected override Task<Store> Open()
    {
        var folder = TempFolder.Create();
        return Ready(SqlKind.Sqlite, $"Data Source={folder["things.db"]}", folder);
    }
}

public sealed class Storing_on_PostgreSQL : Storing
{
    private protected override async Task<Store> Open()
    {
        Requires.PostgreSql();
        var database = await (await PostgreSql.Shared()).CreateDatabase();
        return await Ready(SqlKind.PostgreSql, database.ConnectionString, database);
    }
}

public sealed class Storing_on_SQL_Server : Storing
{
    private protected override Task<Store> Open() =>
        Ready(SqlKind.SqlServer, $"{Requires.SqlServer()};Initial Catalog=laborbridge_{Random.Shared.NextInt64():x16}");
}
