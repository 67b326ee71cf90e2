using System.Collections;
using System.Data.Common;
using Dapper;

namespace LaborBridge.Persistence;

/// <summary>
/// What a unit of work sees of the database: statements, and what shall happen at the commit. A write's delegate may run more
/// than once (transient errors), so it touches nothing but the <see cref="Tx"/>; what must happen once goes to <see cref="AfterCommit"/>.
/// </summary>
public sealed class Tx
{
    private readonly DbConnection connection;
    private readonly DbTransaction? transaction;
    private readonly SqlKind kind;
    private readonly List<Func<Task>> beforeCommit = [];
    private Func<Task>? lastAct;
    private readonly List<Action> afterCommit = [];
    private Dictionary<object, object>? items;

    internal Tx(Db db, DbConnection connection, DbTransaction? transaction, bool writes)
    {
        this.connection = connection;
        this.transaction = transaction;
        kind = db.Dialect.Kind;
        Db = db;
        Dialect = db.Dialect;
        Writes = writes;
    }

    /// <summary>The database that this unit of work runs on.</summary>
    public Db Db { get; }

    /// <summary>The database's dialect.</summary>
    public SqlDialect Dialect { get; }

    /// <summary>Whether this is a write.</summary>
    public bool Writes { get; }

    /// <summary>All rows.</summary>
    public async Task<List<T>> Query<T>(Sql sql, object? args = null) =>
        (await connection.QueryAsync<T>(sql.Render(kind), Arguments(sql, args), transaction)).AsList();

    /// <summary>Rows one after the other, without holding them all.</summary>
    public IAsyncEnumerable<T> Stream<T>(Sql sql, object? args = null) =>
        connection.QueryUnbufferedAsync<T>(sql.Render(kind), Arguments(sql, args), transaction);

    /// <summary>The first row, or null.</summary>
    public Task<T?> First<T>(Sql sql, object? args = null) where T : class =>
        connection.QueryFirstOrDefaultAsync<T>(sql.Render(kind), Arguments(sql, args), transaction);

    /// <summary>The first column of the first row; default when there is none or it is NULL.</summary>
    public Task<T?> Scalar<T>(Sql sql, object? args = null) =>
        connection.ExecuteScalarAsync<T>(sql.Render(kind), Arguments(sql, args), transaction);

    /// <summary>Runs a statement and returns how many rows it touched.</summary>
    public Task<int> Execute(Sql sql, object? args = null)
    {
        if (!Writes)
        {
            throw new InvalidOperationException("A read does not write. Use Db.Write.");
        }

        return connection.ExecuteAsync(sql.Render(kind), Arguments(sql, args), transaction);
    }

    /// <summary>Runs one statement for many rows, prepared once and, where the database has it, in one round trip.</summary>
    public Task ExecuteMany<T>(Sql sql, IReadOnlyCollection<T> rows) where T : class
    {
        if (rows.Count == 0)
        {
            return Task.CompletedTask;
        }

        if (!Writes)
        {
            throw new InvalidOperationException("A read does not write. Use Db.Write.");
        }

        return BatchCommand<T>.Execute(connection, transaction, sql.Render(kind), rows);
    }

    /// <summary>Something made once for this unit of work.</summary>
    public T Item<T>(object key, Func<T> make) where T : class
    {
        items ??= [];
        if (items.TryGetValue(key, out var existing))
        {
            return (T)existing;
        }

        var made = make();
        items[key] = made;
        return made;
    }

    /// <summary>Something made once for this unit of work, if it was made.</summary>
    public T? Item<T>(object key) where T : class => items is not null && items.TryGetValue(key, out var existing) ? (T)existing : null;

    /// <summary>Runs inside the transaction when the work is done, in the order of the calls.</summary>
    public void BeforeCommit(Func<Task> action) => beforeCommit.Add(action);

    /// <summary>
    /// Runs inside the transaction after everything else: for the one lock that every writer takes, so that it is held for as
    /// short as possible and always taken last. There is one such act.
    /// </summary>
    public void LastAct(Func<Task> action) =>
        lastAct = lastAct is null ? action : throw new InvalidOperationException("This unit of work has its last act already.");

    /// <summary>Runs once, after the commit is durable. It must not throw.</summary>
    public void AfterCommit(Action action) => afterCommit.Add(action);

    // Lists need the driver's own shape; everything else goes to Dapper as it is.
    private object? Arguments(Sql sql, object? args)
    {
        if (sql.Lists.Count == 0 || args is null)
        {
            return args;
        }

        var all = args is IEnumerable<KeyValuePair<string, object?>> pairs
            ? pairs.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
            : args.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(args), StringComparer.Ordinal);
        foreach (var list in sql.Lists)
        {
            all[list] = Dialect.List((IEnumerable)all[list]!);
        }

        return all;
    }

    internal async Task RunBeforeCommit()
    {
        // By index: an action may add another.
        for (var i = 0; i < beforeCommit.Count; i++)
        {
            await beforeCommit[i]();
        }

        if (lastAct is not null)
        {
            await lastAct();
        }
    }

    internal void RunAfterCommit()
    {
        foreach (var action in afterCommit)
        {
            action();
        }
    }
}
