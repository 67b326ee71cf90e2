using LaborBridge.Persistence;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LaborBridge.Tests.Unit.Persistence;

/// <summary>On SQLite's writing connection statements stay compiled: nothing of one use may show in the next.</summary>
public sealed class A_kept_statement : IAsyncLifetime
{
    private static readonly Sql Create = Sql.Text("CREATE TABLE thing (id {int} NOT NULL PRIMARY KEY, word {text:20} NULL)");
    private static readonly Sql Insert = Sql.Insert("thing", "id, word");
    private static readonly Sql Words = Sql.Text("SELECT word FROM thing WHERE id IN @Ids ORDER BY id");
    private static readonly Sql Ids = Sql.Text("SELECT id FROM thing ORDER BY id");
    private static readonly Sql Add = Sql.Text("ALTER TABLE thing ADD COLUMN more {int} NULL");
    private static readonly Sql All = Sql.Text("SELECT * FROM thing ORDER BY id");

    private readonly string folder = Directory.CreateTempSubdirectory("laborbridge-").FullName;
    private Db db = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        db = new Db(SqlKind.Sqlite, $"Data Source={Path.Combine(folder, "things.db")};Pooling=false");
        await db.Write(tx => tx.Execute(Create));
        await Store(1, "one");
        await Store(2, "two");
    }

    public async ValueTask DisposeAsync()
    {
        await db.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task takes_lists_of_any_length()
    {
        Assert.Equal(["one"], await Read(1));
        Assert.Equal(["one", "two"], await Read(1, 2));
        Assert.Equal(["two"], await Read(2));
        Assert.Empty(await Read());
    }

    [Fact]
    public async Task works_after_an_error()
    {
        await Assert.ThrowsAsync<SqliteException>(() => Store(1, "again"));
        await Store(3, word: null);
        Assert.Equal([1, 2, 3], await db.Write(tx => tx.Query<int>(Ids), cancel: Cancel));
    }

    [Fact]
    public async Task may_run_within_itself()
    {
        var pairs = await db.Write(
            async tx =>
            {
                var found = new List<(int, int)>();
                await foreach (var outer in tx.Stream<int>(Ids))
                {
                    found.AddRange((await tx.Query<int>(Ids)).Select(inner => (outer, inner)));
                }

                return found;
            },
            cancel: Cancel);
        Assert.Equal([(1, 1), (1, 2), (2, 1), (2, 2)], pairs);
    }

    [Fact]
    public async Task sees_a_changed_table()
    {
        Assert.Equal(2, Columns(await db.Write(tx => tx.Query<dynamic>(All), cancel: Cancel)));
        await db.Write(tx => tx.Execute(Add), cancel: Cancel);
        Assert.Equal(3, Columns(await db.Write(tx => tx.Query<dynamic>(All), cancel: Cancel)));
    }

    private static int Columns(List<dynamic> rows) => ((IDictionary<string, object>)rows[0]).Count;

    private Task Store(int id, string? word) => db.Write(tx => tx.Execute(Insert, new { Id = id, Word = word }));

    private Task<List<string>> Read(params int[] ids) => db.Write(tx => tx.Query<string>(Words, new { Ids = ids }));
}
