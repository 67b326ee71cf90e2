using System.Text.RegularExpressions;
using LaborBridge.Persistence;
using LaborBridge.Tests.Architecture.Knowing;
using LaborBridge.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace LaborBridge.Tests.Architecture.Statements;

public sealed partial class Every_statement
{
    [Fact]
    public void is_found() =>
        // Persistence has the idempotency keys at least; a service without statements would be one that the search misses.
        Assert.All(AllStatements.Assemblies.Where(assembly => Migrator.All(assembly).Count > 0),
            assembly => Assert.Contains(AllStatements.All, statement => statement.Assembly == assembly.GetName().Name));

    [Fact]
    public void is_made_in_the_initialiser_of_a_static_field()
    {
        var makers = AllStatements.Assemblies.Where(assembly => assembly != typeof(Sql).Assembly).SelectMany(Makers);
        Faults.None(makers.Where(call => call.Method != ".cctor").Select(call => $"{call.Type}.{call.Method} makes a statement that no test sees"));
        Assert.Contains(new CallFacts(typeof(Every_statement).FullName!, nameof(Hidden)), Makers(typeof(Every_statement).Assembly));
    }

    [Fact]
    public void parses_as_Transact_SQL() =>
        Faults.None(AllStatements.All.SelectMany(statement =>
            TransactSql.Errors(statement.Text(SqlKind.SqlServer)).Select(error => $"{statement}: {error}\n{statement.Text(SqlKind.SqlServer)}")));

    [Fact]
    public void of_every_migration_parses_as_Transact_SQL()
    {
        Assert.NotEmpty(AllStatements.Migrations);
        Faults.None(
            from migration in AllStatements.Migrations
            from text in Migrator.Render(migration, SqlKind.SqlServer)
            from error in TransactSql.Errors(text)
            select $"{migration.Set} {migration.Name}: {error}\n{text}");
    }

    [Theory]
    [InlineData(SqlKind.SqlServer, "UPDATE t SET a = 'b', c = N'海原县' WHERE d = N'西吉' AND e = 'f'")]
    [InlineData(SqlKind.PostgreSql, "UPDATE t SET a = 'b', c = '海原县' WHERE d = '西吉' AND e = 'f'")]
    public void of_a_migration_keeps_Chinese_words(SqlKind kind, string rendered) =>
        Assert.Equal(rendered, Assert.Single(Migrator.Render(new Migration("a", "001_a", "UPDATE t SET a = 'b', c = '海原县' WHERE d = '西吉' AND e = 'f';\n"), kind)));

    [Theory]
    [InlineData("SELECT id FROM worker ORDER BY id LIMIT 5")]
    [InlineData("INSERT INTO t (a) VALUES (@A) ON CONFLICT (a) DO NOTHING")]
    [InlineData("SELECT * FROM t WHERE flag = true AND")]
    [InlineData("CREATE TABLE IF NOT EXISTS t (a int)")]
    public void of_another_dialect_is_refused(string planted) => Assert.NotEmpty(TransactSql.Errors(planted));

    [Fact]
    public async Task finds_its_tables_and_columns_on_SQLite() => Faults.None(await Unfit(async (schema, statements) =>
    {
        using var folder = TempFolder.Create();
        var address = $"Data Source={folder["schema.db"]};Pooling=false";
        await Migrate(SqlKind.Sqlite, address, schema);
        await using var connection = new SqliteConnection(address);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var wrong = new Dictionary<Statement, string>();
        foreach (var statement in statements)
        {
            await using var command = new SqliteCommand("EXPLAIN " + statement.Text(SqlKind.Sqlite), connection);
            foreach (var name in ParametersOf(command.CommandText))
            {
                command.Parameters.AddWithValue(name, 0L);
            }
            if (await Try(() => command.ExecuteScalarAsync(TestContext.Current.CancellationToken)) is { } error)
            {
                wrong[statement] = $"{error.Message}\n{command.CommandText}";
            }
        }
        return wrong;
    }));

    [Fact]
    public async Task finds_its_tables_and_columns_on_PostgreSQL()
    {
        Requires.PostgreSql();
        var cluster = await PostgreSql.Shared();
        Faults.None(await Unfit(async (schema, statements) =>
        {
            await using var database = await cluster.CreateDatabase();
            await Migrate(SqlKind.PostgreSql, database.ConnectionString, schema);
            await using var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            var wrong = new Dictionary<Statement, string>();
            foreach (var statement in statements)
            {
                var text = Numbered(statement.Text(SqlKind.PostgreSql));
                await using var command = new NpgsqlCommand($"PREPARE one AS {text}; DEALLOCATE one", connection);
                // A parameter whose type only the client knows is no fault: Npgsql sends the type.
                if (await Try(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)) is PostgresException error
                    && !error.MessageText.StartsWith("could not determine data type of parameter", StringComparison.Ordinal))
                {
                    wrong[statement] = $"{error.MessageText}\n{text}";
                }
            }
            return wrong;
        }));
    }

    /// <summary>Planted: a statement that no static field holds.</summary>
    internal static Sql Hidden() => Sql.Text("SELECT 1");

    private static IReadOnlyList<CallFacts> Makers(System.Reflection.Assembly assembly) =>
        CallFacts.Of(assembly, typeof(Sql), nameof(Sql.Text), nameof(Sql.Insert), nameof(Sql.InsertOrIgnore), nameof(Sql.Upsert));

    /// <summary>Statements that fit no schema they may run on: a service's on its own, AllInOne's (it fills the demo) on any service's.</summary>
    private static async Task<IEnumerable<string>> Unfit(Func<System.Reflection.Assembly, List<Statement>, Task<Dictionary<Statement, string>>> wrongOn)
    {
        var wrong = new List<string>();
        foreach (var group in AllStatements.All.GroupBy(statement => statement.Assembly, StringComparer.Ordinal))
        {
            var left = group.ToDictionary(statement => statement, _ => "no schema was tried");
            foreach (var schema in AllStatements.Assemblies.Where(one => one.GetName().Name == group.Key || (group.Key == "LaborBridge.AllInOne" && Migrator.All(one).Count > 0)))
            {
                left = left.Count == 0 ? left : await wrongOn(schema, [.. left.Keys]);
            }
            wrong.AddRange(left.Select(one => $"{one.Key}: {one.Value}"));
        }
        return wrong;
    }

    // A service's database holds its own tables and those of the libraries below it.
    private static async Task Migrate(SqlKind kind, string address, System.Reflection.Assembly schema)
    {
        await using var db = new Db(kind, address);
        await Migrator.Migrate(db, AllStatements.Assemblies.Where(one => one == schema || one.GetName().Name is "LaborBridge.EventStreams" or "LaborBridge.ServiceDefaults"),
            TestContext.Current.CancellationToken);
    }

    private static async Task<System.Data.Common.DbException?> Try(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (System.Data.Common.DbException e)
        {
            return e;
        }
    }

    private static IEnumerable<string> ParametersOf(string text) => Parameter().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal);

    private static string Numbered(string text)
    {
        var names = ParametersOf(text).ToList();
        return Parameter().Replace(text, match => $"${names.IndexOf(match.Value) + 1}");
    }

    [GeneratedRegex("(?<!@)@[A-Za-z_][A-Za-z0-9_]*", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Parameter();
}
