using System.Text.RegularExpressions;
using LaborBridge.Persistence;
using LaborBridge.Tests.Architecture.Surface;
using Xunit;

namespace LaborBridge.Tests.Architecture.Statements;

public sealed partial class Every_encrypted_column
{
    /// <summary>Encrypted under the keys of the files, which are in <c>rosters.file_key</c> and <c>papers.file_key</c>; the ledger's entries as hashed, which are not encrypted.</summary>
    private static readonly string[] Others = ["roster_parts.content", "paper_parts.content", "ledger.canonical"];

    [Fact]
    public void gets_a_new_key_when_keys_rotate()
    {
        var stored = AllStatements.Migrations.Where(migration => !migration.Set.Contains("Tests", StringComparison.Ordinal)).SelectMany(migration => Bytes(migration.Text)).ToList();
        var renewed = Endpoints.Services.SelectMany(service => service.Sealed).Append(Idempotency.Bodies).Select(one => one.Name).ToList();
        Assert.Contains("workers.name", stored);
        Faults.None(stored.Except(renewed, StringComparer.Ordinal).Except(Others, StringComparer.Ordinal).Select(column => $"{column} keeps its old key"));
        Assert.Equal(["a.b", "c.d"], Bytes("CREATE TABLE a (\n    id {id} NOT NULL,\n    b {bytes} NULL\n);\nALTER TABLE c ADD d {bytes} NULL;\n"));
    }

    private static IEnumerable<string> Bytes(string migration) => Table().Matches(migration)
        .SelectMany(table => Column().Matches(table.Value).Select(column => $"{table.Groups[1].Value}.{column.Groups[1].Value}"));

    [GeneratedRegex(@"(?:CREATE|ALTER) TABLE (\w+)[^;]*;", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Table();

    [GeneratedRegex(@"(\w+) \{bytes\}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Column();
}
