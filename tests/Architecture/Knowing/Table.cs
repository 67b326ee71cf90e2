namespace LaborBridge.Tests.Architecture.Knowing;

/// <summary>Who may know whom. What stands nowhere in the table is forbidden.</summary>
internal static class Table
{
    private static readonly string[] Services = ["Workers", "Employers", "Matching", "Placements"];
    private static readonly string[] Shared = ["Domain", "Contracts", "Persistence", "EventStreams", "ServiceDefaults"];

    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Domain"] = [],
        ["Contracts"] = [],
        ["SqlServerTypes"] = [],
        ["Persistence"] = ["SqlServerTypes"],
        ["EventStreams"] = ["Persistence"],
        ["ServiceDefaults"] = ["Domain", "Persistence", "EventStreams"],
        ["Workers"] = Shared,
        ["Employers"] = Shared,
        ["Matching"] = Shared,
        ["Placements"] = Shared,
        ["Portal"] = ["Domain", "Persistence", "ServiceDefaults"],
        ["AllInOne"] = [.. Shared, .. Services, "Portal"],
    };

    /// <summary>Each thing from outside that few may know: how to recognise it, and who they are.</summary>
    private static readonly Outside[] Outsides =
    [
        new("a transport", Package: name => name.StartsWith("MassTransit", StringComparison.Ordinal) || name is "RabbitMQ.Client", Only: ["EventStreams"]),
        new("an SQL driver", Package: name => name is "Npgsql" or "Microsoft.Data.SqlClient" or "Microsoft.Data.Sqlite" or "System.Data.SqlClient"
            || name.StartsWith("SQLitePCLRaw", StringComparison.Ordinal), Only: ["Persistence"]),
        new("SQL past the statements that tests find", Package: name => name is "Dapper", Only: ["Persistence"])
        {
            Type = name => name is "System.Data.Common.DbCommand" or "System.Data.Common.DbConnection" or "System.Data.IDbConnection" or "System.Data.IDbCommand",
        },
        new("HTTP calls", Package: name => name is "Refit" or "RestSharp", Only: ["ServiceDefaults", "Portal"])
        {
            Type = name => name is "System.Net.Http.HttpClient" or "System.Net.Http.IHttpClientFactory" or "System.Net.Http.HttpMessageInvoker"
                or "System.Net.Http.SocketsHttpHandler" or "System.Net.WebRequest" or "System.Net.WebClient",
        },
    ];

    /// <summary>What the project knows and must not, in words; empty when all is well.</summary>
    public static IReadOnlyList<string> Violations(ProjectFacts facts)
    {
        if (!MayKnow.TryGetValue(facts.Project, out var allowed))
        {
            return [$"{facts.Project} is not in the table: say there whom it may know"];
        }
        return
        [
            .. facts.Projects.Where(other => other != facts.Project && !allowed.Contains(other)).Select(other => $"{facts.Project} knows {other}"),
            .. Outsides.Where(outside => !outside.Only.Contains(facts.Project)).SelectMany(outside => outside.SeenIn(facts))
                .Select(seen => $"{facts.Project} knows {seen}"),
        ];
    }

    /// <summary>How many things each rule about the outside world recognised in these projects.</summary>
    public static IReadOnlyDictionary<string, int> Recognised(IEnumerable<ProjectFacts> all) =>
        Outsides.ToDictionary(outside => outside.What, outside => all.Sum(facts => outside.SeenIn(facts).Count()), StringComparer.Ordinal);

    private sealed record Outside(string What, Func<string, bool> Package, string[] Only)
    {
        public Func<string, bool> Type { get; init; } = _ => false;

        public IEnumerable<string> SeenIn(ProjectFacts facts) =>
            facts.Packages.Where(Package).Concat(facts.Types.Where(Type)).Select(name => $"{What}: {name}");
    }
}
