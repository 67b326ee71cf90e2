using System.Data.Common;
using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;

namespace LaborBridge.Persistence;

/// <summary>
/// Brings a database to the present schema: numbered <c>Migrations/NNN_name.sql</c> resources of an assembly, in order, each
/// once, under a lock, so that replicas may start together. Column types are tokens of <see cref="SqlDialect.Type"/>.
/// Statements end with a semicolon at the end of a line.
/// </summary>
public static partial class Migrator
{
    /// <summary>Applies what is missing.</summary>
    /// <param name="db">The database; made where the server has none of that name.</param>
    /// <param name="sets">Assemblies in the order in which their migrations run; this library's own come first by themselves.</param>
    /// <param name="cancel">Stops between two migrations.</param>
    public static async Task Migrate(Db db, IEnumerable<Assembly> sets, CancellationToken cancel = default)
    {
        await db.EnsureDatabase(cancel);
        await using var connection = db.Connect();
        await connection.OpenAsync(cancel);
        if (db.Dialect.Kind == SqlKind.Sqlite)
        {
            await connection.ExecuteAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        }

        if (db.Dialect.MigrationLock.Length > 0)
        {
            await connection.ExecuteAsync(db.Dialect.MigrationLock);
        }

        await EnsureTable(connection, db.Dialect);
        foreach (var migration in sets.Prepend(typeof(Migrator).Assembly).Distinct().SelectMany(All))
        {
            cancel.ThrowIfCancellationRequested();
            await Apply(connection, db.Dialect, migration);
        }
    }

    /// <summary>The migrations of an assembly in order.</summary>
    public static IReadOnlyList<Migration> All(Assembly assembly) =>
        [.. assembly.GetManifestResourceNames()
            .Select(name => (Name: name, Match: ResourceName().Match(name)))
            .Where(resource => resource.Match.Success)
            .OrderBy(resource => resource.Match.Groups[1].Value, StringComparer.Ordinal)
            .Select(resource => new Migration(assembly.GetName().Name!, resource.Match.Groups[1].Value, Text(assembly, resource.Name)))];

    /// <summary>The statements of a migration for one database.</summary>
    public static IReadOnlyList<string> Render(Migration migration, SqlKind kind)
    {
        var dialect = SqlDialect.Of(kind);
        var text = TypeToken().Replace(Comment().Replace(migration.Text, ""), match => dialect.Type(match.Groups[1].Value));
        // Without the N, SQL Server reads a literal in the code page of the database.
        text = kind == SqlKind.SqlServer ? UnicodeLiteral().Replace(text, "N$0") : text;
        return [.. StatementEnd().Split(text).Select(statement => statement.Trim().TrimEnd(';')).Where(statement => statement.Length > 0)];
    }

    private static async Task EnsureTable(DbConnection connection, SqlDialect dialect)
    {
        var create = $"CREATE TABLE {(dialect.Kind == SqlKind.SqlServer ? "" : "IF NOT EXISTS ")}schema_migrations (set_name {dialect.Type("text:100")} NOT NULL, "
            + $"name {dialect.Type("text:200")} NOT NULL, PRIMARY KEY (set_name, name))";
        await connection.ExecuteAsync(dialect.Kind == SqlKind.SqlServer ? $"IF OBJECT_ID('schema_migrations') IS NULL {create}" : create);
    }

    private static async Task Apply(DbConnection connection, SqlDialect dialect, Migration migration)
    {
        var key = new { migration.Set, migration.Name };
        await using var transaction = await connection.BeginTransactionAsync();
        if (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM schema_migrations WHERE set_name = @Set AND name = @Name", key, transaction) > 0)
        {
            return;
        }

        foreach (var statement in Render(migration, dialect.Kind))
        {
            await connection.ExecuteAsync(statement, transaction: transaction);
        }

        await connection.ExecuteAsync("INSERT INTO schema_migrations (set_name, name) VALUES (@Set, @Name)", key, transaction);
        await transaction.CommitAsync();
    }

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\.Migrations\.([0-9]{3}_[a-z0-9_]+)\.sql$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ResourceName();

    [GeneratedRegex(@"\{([a-z][a-z0-9:]*)\}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TypeToken();

    [GeneratedRegex(@"--[^\n]*", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"'[^']*[^\x00-\x7F'][^']*'", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex UnicodeLiteral();

    [GeneratedRegex(@";[ \t]*\r?\n", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex StatementEnd();
}

/// <summary>One numbered schema change.</summary>
/// <param name="Set">The assembly it belongs to.</param>
/// <param name="Name">Its number and name, <c>001_first</c>.</param>
/// <param name="Text">Its statements with type tokens.</param>
public sealed record Migration(string Set, string Name, string Text);
