using System.Data.Common;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace LaborBridge.Persistence;

/// <summary>
/// All writes of a process to one SQLite file: one connection behind a queue. Units that wait share a commit, each in a
/// savepoint of its own, so that one that fails takes no other with it. Nobody hears of success before the common commit is durable.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    // A group ends when this much time went into it: clerks wait for the group's commit, which costs some milliseconds however few they are.
    private static readonly TimeSpan GroupTime = TimeSpan.FromMilliseconds(20);
    private const int GroupSize = 256;
    private static readonly AsyncLocal<bool> Inside = new();

    private readonly string connectionString;
    private readonly Db db;
    private readonly Channel<Unit> queue = Channel.CreateBounded<Unit>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly Lazy<Task> loop;
    private readonly SqliteCheckpoints checkpoints;
    private SqliteKeepingConnection? connection;

    public SqliteWriter(string connectionString, Db db)
    {
        this.connectionString = connectionString;
        this.db = db;
        checkpoints = new SqliteCheckpoints(connectionString);
        loop = new Lazy<Task>(() => Task.Run(Loop));
    }

    /// <summary>Adds what every connection needs: a time-out for a lock that another process holds, and foreign keys.</summary>
    public static string Tune(string connectionString) =>
        new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = 5, ForeignKeys = true, Pooling = true }.ConnectionString;

    public async Task<T> Run<T>(Func<Tx, Task<T>> work, bool alone, CancellationToken cancel)
    {
        if (Inside.Value)
        {
            throw new InvalidOperationException("A write inside a write would wait for itself. Use the Tx at hand.");
        }

        _ = loop.Value;
        var unit = new Unit<T>(work) { Alone = alone };
        await queue.Writer.WriteAsync(unit, cancel);
        var result = await unit.Result;
        db.RaiseCommitted();
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        if (loop.IsValueCreated)
        {
            await loop.Value;
        }

        if (connection is not null)
        {
            await checkpoints.DisposeAsync();
            await connection.DisposeAsync();
        }
    }

    private async Task Loop()
    {
        Inside.Value = true;
        var group = new List<Unit>();
        while (await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            try
            {
                connection ??= Open();
                Execute("BEGIN IMMEDIATE");
                await RunGroup(group);
                Execute("COMMIT");
                checkpoints.After(connection);
                foreach (var unit in group)
                {
                    unit.Succeed();
                }
            }
            catch (Exception error)
            {
                // The transaction as a whole failed (busy, disk full, I/O): nothing of the group is stored, and each caller hears it.
                Reset();
                if (group.Count == 0 && queue.Reader.TryRead(out var first))
                {
                    group.Add(first);
                }

                foreach (var unit in group)
                {
                    unit.Fail(error);
                }
            }
        }
    }

    private async Task RunGroup(List<Unit> group)
    {
        var started = Stopwatch.GetTimestamp();
        while (group.Count < GroupSize && Stopwatch.GetElapsedTime(started) < GroupTime && !EndsBefore(group) && queue.Reader.TryRead(out var unit))
        {
            group.Add(unit);
            Execute("SAVEPOINT unit");
            if (await unit.Run(new Tx(db, connection!, transaction: null, writes: true)) is { } refusal)
            {
                Undo(refusal);
            }

            Execute("RELEASE unit");
        }
    }

    // Units before one with many rows are committed first, and those behind it share none of its time.
    private bool EndsBefore(List<Unit> group) => group.Count > 0 && (group[^1].Alone || (queue.Reader.TryPeek(out var next) && next.Alone));

    private void Undo(Exception refusal)
    {
        try
        {
            Execute("ROLLBACK TO unit");
        }
        catch (SqliteException)
        {
            // SQLite has rolled the whole transaction back by itself, for the reason that the unit heard: the group fails as a whole.
            ExceptionDispatchInfo.Throw(refusal);
        }
    }

    private SqliteKeepingConnection Open()
    {
        var opened = new SqliteKeepingConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        opened.Open();
        using var command = opened.CreateCommand();
        // An import touches a thousand pages of indexes a commit. The log is copied into the file behind the commits; by a commit itself only what is left at 64 MB.
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 16000; PRAGMA temp_store = MEMORY;";
        command.ExecuteNonQuery();
        return opened;
    }

    private void Execute(string sql)
    {
        using DbCommand command = new SqliteKeptCommand(connection!);
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Reset()
    {
        connection?.Dispose();
        connection = null;
    }

    private abstract class Unit
    {
        /// <summary>Whether it is to share no commit.</summary>
        public required bool Alone { get; init; }

        /// <summary>Why the unit is not to be stored; null when it is.</summary>
        public abstract Task<Exception?> Run(Tx tx);

        public abstract void Succeed();

        public abstract void Fail(Exception error);
    }

    private sealed class Unit<T>(Func<Tx, Task<T>> work) : Unit
    {
        private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Tx? ran;
        private T? value;
        private Exception? refused;

        public Task<T> Result => source.Task;

        public override async Task<Exception?> Run(Tx tx)
        {
            try
            {
                value = await work(tx);
                await tx.RunBeforeCommit();
                ran = tx;
                return null;
            }
            catch (Exception error)
            {
                return refused = error;
            }
        }

        public override void Succeed()
        {
            if (refused is not null)
            {
                source.TrySetException(refused);
                return;
            }

            ran!.RunAfterCommit();
            source.TrySetResult(value!);
        }

        // Also for who refused: he may have done so for what a neighbour in the group had written, which is not stored.
        public override void Fail(Exception error) => source.TrySetException(error);
    }
}
