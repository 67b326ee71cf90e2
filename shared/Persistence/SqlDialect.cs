using System.Collections;
using System.Data.Common;

namespace LaborBridge.Persistence;

/// <summary>What differs between the databases; one partial file each. Everything else is written in the common subset.</summary>
public abstract partial class SqlDialect
{
    /// <summary>SQLite.</summary>
    public static SqlDialect Sqlite { get; } = new SqliteDialect();

    /// <summary>PostgreSQL.</summary>
    public static SqlDialect PostgreSql { get; } = new PostgreSqlDialect();

    /// <summary>SQL Server.</summary>
    public static SqlDialect SqlServer { get; } = new SqlServerDialect();

    /// <summary>The dialect of a kind.</summary>
    public static SqlDialect Of(SqlKind kind) => kind switch
    {
        SqlKind.Sqlite => Sqlite,
        SqlKind.PostgreSql => PostgreSql,
        SqlKind.SqlServer => SqlServer,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Whether the error says, on whichever database, that it could not do its work just now.</summary>
    public static bool IsUnavailable(Exception error) => new[] { Sqlite, PostgreSql, SqlServer }.Any(dialect => dialect.IsTransient(error) || dialect.IsOutage(error));

    /// <summary>Which database this is.</summary>
    public abstract SqlKind Kind { get; }

    /// <summary>First n rows; stands at the end of a statement, after ORDER BY.</summary>
    public abstract string First(string count);

    /// <summary>Hint after a table's name that locks the rows read.</summary>
    public abstract string Lock { get; }

    /// <summary>Clause at the statement's end that locks the rows read.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>The database's clock in microseconds since 1970 UTC.</summary>
    public abstract string Now { get; }

    /// <summary>Type of a column in a migration: id, text, text:n, instant, date, int, long, flag, bytes, double. Besides <c>clustered</c>, behind a table: its rows lie in the order of the primary key.</summary>
    public abstract string Type(string token);

    /// <summary>Insert that leaves an existing row alone.</summary>
    public abstract string InsertOrIgnore(string table, string[] keys, string[] columns);

    /// <summary>Insert or update by key.</summary>
    public abstract string Upsert(string table, string[] keys, string[] columns);

    /// <summary>Statement that takes the migration lock (held by the session or transaction), or empty.</summary>
    public abstract string MigrationLock { get; }

    /// <summary>Whether the error may go away by itself, so that the whole transaction is worth repeating.</summary>
    public abstract bool IsTransient(Exception error);

    /// <summary>
    /// Whether the error says that the database cannot work now, whatever it is given: disk full, out of memory, unreadable file. Not worth repeating at once, but nothing
    /// that was being written is to blame.
    /// </summary>
    public abstract bool IsOutage(Exception error);

    /// <summary>Whether the error says that a unique key is taken.</summary>
    public abstract bool IsDuplicate(Exception error);

    /// <summary>A connection that is not open yet.</summary>
    internal abstract DbConnection Connect(string connectionString);

    /// <summary>Creates the database that the connection string names, where the server has none.</summary>
    internal abstract Task EnsureDatabase(string connectionString, CancellationToken cancel);

    /// <summary>The text with list parameters as the driver takes them.</summary>
    internal virtual string Lists(string text) => text;

    /// <summary>The value of a list parameter as the driver takes it; ids as their text.</summary>
    internal abstract object List(IEnumerable values);

    /// <summary>Text of a token of <see cref="Sql"/> or of a migration.</summary>
    internal string Token(string token) => token switch
    {
        "lock" => Lock,
        "for update" => ForUpdate,
        "now" => Now,
        _ when token.StartsWith("first:", StringComparison.Ordinal) => First(token["first:".Length..]),
        _ => Type(token),
    };

    private protected static string InsertInto(string table, IEnumerable<string> columns)
    {
        var all = columns.ToArray();
        return $"INSERT INTO {table} ({string.Join(", ", all)}) VALUES ({string.Join(", ", all.Select(Sql.Parameter))})";
    }

    private protected static string Where(string[] keys) => string.Join(" AND ", keys.Select(key => $"{key} = {Sql.Parameter(key)}"));

    private protected static ArgumentException Unknown(string token) => new($"Unknown SQL token {{{token}}}.");
}
