using LaborBridge.Persistence;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LaborBridge.Tests.Unit.Persistence;

/// <summary>Writes that wait on SQLite share a commit. When it fails, nobody may have drawn conclusions from what was never stored.</summary>
public sealed class A_shared_commit : IAsyncLifetime
{
    private static readonly Sql CreateFirm = Sql.Text("CREATE TABLE firm (id {long} NOT NULL PRIMARY KEY)");

    // The missing firm shows at the commit only.
    private static readonly Sql CreateWorker = Sql.Text("CREATE TABLE worker (id {long} NOT NULL PRIMARY KEY, firm {long} NOT NULL REFERENCES firm (id) DEFERRABLE INITIALLY DEFERRED)");

    private static readonly Sql Insert = Sql.Insert("worker", "id, firm");

    private static readonly Sql InsertOrEndAll = Sql.Text("INSERT OR ROLLBACK INTO firm (id) VALUES (@Id)");

    private static readonly Sql Count = Sql.Text("SELECT COUNT(*) FROM worker");

    private readonly string folder = Directory.CreateTempSubdirectory("laborbridge-").FullName;
    private Db db = null!;

    public async ValueTask InitializeAsync()
    {
        db = new Db(SqlKind.Sqlite, $"Data Source={Path.Combine(folder, "commits.db")};Pooling=false");
        await db.Write(async tx =>
        {
            await tx.Execute(CreateFirm);
            await tx.Execute(CreateWorker);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await db.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task that_fails_refuses_nobody_because_of_rows_that_were_never_stored()
    {
        var saw = false;
        var (stored, refused) = await Together(
            tx => tx.Execute(Insert, new { Id = 7, Firm = 1 }),
            async tx => await tx.Scalar<long>(Count) == 0 ? 0 : throw new InvalidDataException($"worker 7 is registered already, seen: {saw = true}"),
            _ => saw);

        Assert.IsType<SqliteException>(stored);
        Assert.IsType<SqliteException>(refused);
        Assert.Equal(0, await db.Read(tx => tx.Scalar<long>(Count), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task that_the_database_ends_by_itself_tells_everybody_why()
    {
        await db.Write(tx => tx.Execute(InsertOrEndAll, new { Id = 1 }), cancel: TestContext.Current.CancellationToken);
        Task<int>? inserted = null;
        var id = 7;

        var (stored, ended) = await Together(
            tx => inserted = tx.Execute(Insert, new { Id = id++, Firm = 1 }),
            tx => tx.Execute(InsertOrEndAll, new { Id = 1 }),
            one => one.IsFaulted && inserted!.IsCompletedSuccessfully);

        Assert.Contains("UNIQUE constraint failed", Assert.IsType<SqliteException>(ended).Message, StringComparison.Ordinal);
        Assert.Contains("UNIQUE constraint failed", Assert.IsType<SqliteException>(stored).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_none_of_a_unit_with_many_rows()
    {
        await db.Write(tx => tx.Execute(InsertOrEndAll, new { Id = 1 }), cancel: TestContext.Current.CancellationToken);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var holder = db.Write(_ => gate.Task, cancel: TestContext.Current.CancellationToken);
            var before = db.Write(tx => tx.Execute(Insert, new { Id = 1_000_000, Firm = 2 }), cancel: TestContext.Current.CancellationToken);
            var id = attempt;
            var many = db.Write(tx => tx.Execute(Insert, new { Id = id, Firm = 1 }), many: true, cancel: TestContext.Current.CancellationToken);
            var after = db.Write(tx => tx.Execute(Insert, new { Id = 1_000_000, Firm = 2 }), cancel: TestContext.Current.CancellationToken);
            gate.SetResult();
            await Assert.ThrowsAsync<SqliteException>(() => before);
            Assert.Equal(1, await many);
            await Assert.ThrowsAsync<SqliteException>(() => after);
            await holder.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        Assert.Equal(50, await db.Read(tx => tx.Scalar<long>(Count), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task leaves_the_log_to_be_copied_behind_it()
    {
        var file = new FileInfo(Path.Combine(folder, "commits.db"));
        var before = file.Length;
        await db.Write(tx => tx.Execute(InsertOrEndAll, new { Id = 1 }), cancel: TestContext.Current.CancellationToken);
        for (var portion = 0; portion < 12; portion++)
        {
            var first = portion * 1_000;
            await db.Write(tx => tx.ExecuteMany(Insert, [.. Enumerable.Range(first, 1_000).Select(id => new { Id = id, Firm = 1 })]), cancel: TestContext.Current.CancellationToken);
        }

        // Far from the 64 MB at which a commit would do it.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                file.Refresh();
                return file.Length > before + 50_000;
            },
            TimeSpan.FromSeconds(20)));
    }

    /// <summary>Runs both until they shared a group: they queue while another unit holds the writer, but a group lasts a few milliseconds only.</summary>
    private async Task<(Exception? First, Exception? Second)> Together(Func<Tx, Task<int>> first, Func<Tx, Task<int>> second, Func<Task, bool> shared)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var holder = db.Write(_ => gate.Task);
            var (one, two) = (db.Write(first), db.Write(second));
            gate.SetResult();
            await Task.WhenAll(holder, one, two).ContinueWith(_ => { }, TaskScheduler.Default);
            if (shared(one))
            {
                return (one.Exception?.InnerException, two.Exception?.InnerException);
            }
        }

        throw new InvalidOperationException("The two never shared a commit.");
    }
}
