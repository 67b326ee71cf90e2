using LaborBridge.Persistence;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LaborBridge.Tests.Unit.Persistence;

/// <summary>Rows that go to SQLite in one batch are stored as single ones are.</summary>
public sealed class A_batch_of_rows : IAsyncLifetime
{
    private static readonly Sql Create = Sql.Text("""
        CREATE TABLE thing (id {id} NOT NULL PRIMARY KEY, word {text} NULL, day {date} NULL, at {instant} NOT NULL, flag {flag} NOT NULL, number {long} NOT NULL, small {int} NULL, share {double} NOT NULL, content {bytes} NULL)
        """);

    private static readonly Sql Insert = Sql.Insert("thing", "id, word, day, at, flag, number, small, share, content");

    private static readonly Sql All = Sql.Text("SELECT id, word, day, at, flag, number, small, share, content FROM thing ORDER BY id");

    private readonly string folder = Directory.CreateTempSubdirectory("laborbridge-").FullName;
    private Db db = null!;

    public async ValueTask InitializeAsync()
    {
        db = new Db(SqlKind.Sqlite, $"Data Source={Path.Combine(folder, "things.db")};Pooling=false");
        await db.Write(tx => tx.Execute(Create));
    }

    public async ValueTask DisposeAsync()
    {
        await db.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task keeps_every_kind_of_value()
    {
        var one = new Thing
        {
            Id = Guid.Parse("01999999-0000-7000-8000-000000000001"), Word = new string('马', 400) + "'\0x", Day = new DateOnly(2026, 12, 1), At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero),
            Flag = true, Number = long.MinValue, Small = -1, Share = 0.1, Content = [0, 1, 255],
        };
        var two = new Thing { Id = Guid.Parse("01999999-0000-7000-8000-000000000002"), Word = "", At = DateTimeOffset.UnixEpoch, Flag = false, Number = 0, Share = 0 };
        await db.Write(async tx =>
        {
            await tx.ExecuteMany(Insert, [one, two with { Content = [] }]);
        });
        var stored = await db.Read(tx => tx.Query<Thing>(All));
        Assert.Equal([one with { Content = null }, two with { Content = null }], stored.Select(thing => thing with { Content = null }));
        Assert.Equal([1, 0, 3], [stored.Count - 1, stored[1].Content!.Length, stored[0].Content!.Length]);
    }

    [Fact]
    public async Task tells_of_a_taken_key_and_leaves_nothing()
    {
        var thing = new Thing { Id = Guid.Parse("01999999-0000-7000-8000-000000000003"), At = DateTimeOffset.UnixEpoch, Flag = false, Number = 0, Share = 0 };
        var error = await Assert.ThrowsAsync<SqliteException>(() => db.Write(tx => tx.ExecuteMany(Insert, [thing, thing])));
        Assert.True(db.Dialect.IsDuplicate(error));
        Assert.Empty(await db.Read(tx => tx.Query<Thing>(All)));
        await db.Write(tx => tx.ExecuteMany(Insert, [thing]));
        Assert.Single(await db.Read(tx => tx.Query<Thing>(All)));
    }

    private sealed record Thing
    {
        public required Guid Id { get; init; }
        public string? Word { get; init; }
        public DateOnly? Day { get; init; }
        public required DateTimeOffset At { get; init; }
        public required bool Flag { get; init; }
        public required long Number { get; init; }
        public int? Small { get; init; }
        public required double Share { get; init; }
        public byte[]? Content { get; init; }
    }
}
