using System.Data.Common;
using Polly;
using Polly.Retry;

namespace LaborBridge.Persistence;

/// <summary>
/// One service's database. Reads run side by side; writes are transactions that are repeated as a whole after transient
/// errors. On SQLite all writes of the process pass one connection behind a queue and share commits under load.
/// </summary>
public class Db : IAsyncDisposable
{
    private readonly string connectionString;
    private readonly SqliteWriter? writer;
    private readonly ResiliencePipeline retry;

    /// <summary>Opens nothing yet; <see cref="Migrator"/> makes the database ready.</summary>
    /// <param name="kind">Which database.</param>
    /// <param name="connectionString">Its connection string, complete.</param>
    public Db(SqlKind kind, string connectionString)
    {
        Dialect = SqlDialect.Of(kind);
        this.connectionString = kind == SqlKind.Sqlite ? SqliteWriter.Tune(connectionString) : connectionString;
        writer = kind == SqlKind.Sqlite ? new SqliteWriter(this.connectionString, this) : null;
        retry = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 6,
            Delay = TimeSpan.FromMilliseconds(20),
            MaxDelay = TimeSpan.FromSeconds(2),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } error && IsWorthRepeating(error)),
        }).Build();
    }

    /// <summary>The dialect.</summary>
    public SqlDialect Dialect { get; }

    /// <summary>Raised after every durable commit, on the committing thread: keep it short.</summary>
    public event Action? Committed;

    /// <summary>Runs <paramref name="work"/> in one transaction and commits it.</summary>
    /// <param name="work">May run more than once; touches only the <see cref="Tx"/>.</param>
    /// <param name="repeatable">
    /// True when repeating after a commit of unknown outcome does no harm: the work carries an idempotency key, moves a checkpoint or
    /// a job step. Otherwise a connection lost during the commit itself is thrown to the caller.
    /// </param>
    /// <param name="cancel">Stops before the work starts, never in the middle of a commit.</param>
    /// <param name="many">The work writes hundreds of rows: where writes share commits (SQLite), it gets one of its own, and nobody else waits for its rows.</param>
    public async Task<T> Write<T>(Func<Tx, Task<T>> work, bool repeatable = false, CancellationToken cancel = default, bool many = false)
    {
        var result = await retry.ExecuteAsync(async token =>
        {
            try
            {
                return writer is null ? await OnServer(work, token) : await writer.Run(work, many, token);
            }
            catch (UncertainCommitException uncertain) when (repeatable)
            {
                throw new RepeatableException(uncertain.InnerException!);
            }
        }, cancel);
        return result;
    }

    /// <inheritdoc cref="Write{T}"/>
    public Task Write(Func<Tx, Task> work, bool repeatable = false, CancellationToken cancel = default, bool many = false) =>
        Write(async tx => { await work(tx); return true; }, repeatable, cancel, many);

    /// <summary>Runs <paramref name="work"/> on a connection of its own, without a transaction.</summary>
    public async Task<T> Read<T>(Func<Tx, Task<T>> work, CancellationToken cancel = default) =>
        await retry.ExecuteAsync(async token =>
        {
            await using var connection = Dialect.Connect(connectionString);
            await connection.OpenAsync(token);
            return await work(new Tx(this, connection, transaction: null, writes: false));
        }, cancel);

    /// <summary>Whether the error may go away by itself.</summary>
    public bool IsTransient(Exception error) => Dialect.IsTransient(error) || Dialect.IsOutage(error) || error is RepeatableException or UncertainCommitException;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (writer is not null)
        {
            await writer.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    // Not pooled: the migration lock belongs to the session, and a pooled session would keep it from the next replica.
    internal DbConnection Connect() => Dialect.Connect(connectionString.TrimEnd(';') + ";Pooling=False");

    internal Task EnsureDatabase(CancellationToken cancel) => Dialect.EnsureDatabase(connectionString, cancel);

    internal void RaiseCommitted() => Committed?.Invoke();

    private bool IsWorthRepeating(Exception error) => error is RepeatableException || (error is not UncertainCommitException && Dialect.IsTransient(error));

    private async Task<T> OnServer<T>(Func<Tx, Task<T>> work, CancellationToken cancel)
    {
        await using var connection = Dialect.Connect(connectionString);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var tx = new Tx(this, connection, transaction, writes: true);
        var result = await work(tx);
        await tx.RunBeforeCommit();
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception error) when (Dialect.IsTransient(error))
        {
            throw new UncertainCommitException(error);
        }

        tx.RunAfterCommit();
        RaiseCommitted();
        return result;
    }
}

/// <summary>The database of the service that <typeparamref name="TService"/> marks, so that several services live in one process.</summary>
/// <typeparam name="TService">The service's marker type.</typeparam>
public sealed class Db<TService>(SqlKind kind, string connectionString) : Db(kind, connectionString);

/// <summary>The connection was lost during the commit: it may or may not have happened.</summary>
public sealed class UncertainCommitException(Exception cause) : Exception("The connection was lost during the commit; whether it happened is not known.", cause);

/// <summary>A commit of unknown outcome whose work is safe to repeat.</summary>
internal sealed class RepeatableException(Exception cause) : Exception(cause.Message, cause);
