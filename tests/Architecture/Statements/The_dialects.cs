using System.Text;
using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Architecture.Statements;

public sealed class The_dialects
{
    private static readonly string[] Types = ["id", "text", "text:40", "instant", "date", "int", "long", "flag", "bytes", "double"];

    [Theory]
    [InlineData(SqlKind.Sqlite, "sqlite.txt")]
    [InlineData(SqlKind.PostgreSql, "postgresql.txt")]
    [InlineData(SqlKind.SqlServer, "sql-server.txt")]
    public void write_the_approved_texts(SqlKind kind, string file)
    {
        var path = Repository.PathOf("tests", "Architecture", "Approved", file);
        var text = Describe(SqlDialect.Of(kind));
        Assert.True(File.Exists(path) && File.ReadAllText(path) == text, $"To approve the change put this into tests/Architecture/Approved/{file}:\n{text}");
    }

    [Fact]
    public void have_every_member_approved()
    {
        // Behaviour without text (errors, connections) is tested on the real databases.
        string[] withoutText = ["Kind", "IsTransient", "IsOutage", "IsUnavailable", "IsDuplicate", "Sqlite", "PostgreSql", "SqlServer", "Of"];
        var members = typeof(SqlDialect).GetMembers(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.DeclaredOnly
                | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static)
            .Where(member => member is System.Reflection.PropertyInfo or System.Reflection.MethodInfo { IsSpecialName: false })
            .Select(member => member.Name).Except(withoutText, StringComparer.Ordinal);
        var described = Describe(SqlDialect.Sqlite);

        Assert.All(members, member => Assert.Contains($"{member}", described, StringComparison.Ordinal));
    }

    [Fact]
    public void write_parseable_Transact_SQL()
    {
        var dialect = SqlDialect.SqlServer;
        Assert.Empty(TransactSql.Errors(dialect.Upsert("t", ["a"], ["b", "c"])));
        Assert.Empty(TransactSql.Errors(dialect.InsertOrIgnore("t", ["a", "b"], ["c"])));
        Assert.Empty(TransactSql.Errors($"SELECT a FROM t {dialect.Lock} ORDER BY a {dialect.First("@N")} {dialect.ForUpdate}"));
        Assert.Empty(TransactSql.Errors($"SELECT {dialect.Now}"));
        Assert.Empty(TransactSql.Errors(dialect.MigrationLock));
        Assert.All(Types, type => Assert.Empty(TransactSql.Errors($"CREATE TABLE t (a {dialect.Type(type)} NOT NULL)")));
    }

    private static string Describe(SqlDialect dialect)
    {
        var text = new StringBuilder();
        void Line(string member, string rendered) => text.Append(member).Append(": ").Append(rendered).Append('\n');
        Line("First", dialect.First("@N"));
        Line("Lock", dialect.Lock);
        Line("ForUpdate", dialect.ForUpdate);
        Line("Now", dialect.Now);
        Line("MigrationLock", dialect.MigrationLock);
        Line("InsertOrIgnore", dialect.InsertOrIgnore("seat", ["posting_id", "worker_id"], ["taken_at"]));
        Line("InsertOrIgnore without columns", dialect.InsertOrIgnore("seat", ["posting_id"], []));
        Line("Upsert", dialect.Upsert("seat", ["posting_id", "worker_id"], ["taken_at", "state"]));
        foreach (var type in Types)
        {
            Line($"Type {type}", dialect.Type(type));
        }
        return text.ToString();
    }
}
