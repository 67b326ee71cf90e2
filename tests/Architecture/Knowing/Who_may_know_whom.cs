using Xunit;

namespace LaborBridge.Tests.Architecture.Knowing;

public sealed class Who_may_know_whom
{
    private static readonly string[] Expected =
        ["AllInOne", "Contracts", "Domain", "Employers", "EventStreams", "Matching", "Persistence", "Placements", "Portal", "ServiceDefaults", "SqlServerTypes", "Workers"];

    [Fact]
    public void is_kept_by_every_project()
    {
        var projects = ProjectFacts.OfProduction();

        Assert.Equal(Expected, projects.Select(facts => facts.Project).Order(StringComparer.Ordinal));
        Faults.None(projects.SelectMany(Table.Violations));
    }

    [Fact]
    public void is_judged_by_rules_that_find_what_they_look_for()
    {
        // The fixtures call services, the services' own parts know the rest: a rule that recognises nothing anywhere inspects nothing.
        var (assemblies, types) = AssemblyFacts.Read(typeof(Fixtures.ServiceProcess).Assembly.Location);
        var recognised = Table.Recognised([.. ProjectFacts.OfProduction(), new ProjectFacts("Fixtures", Set(), assemblies, types)]);

        Assert.NotEmpty(recognised);
        Assert.All(recognised, rule => Assert.True(rule.Value > 0, $"The rule about {rule.Key} recognised nothing"));
    }

    [Theory]
    [InlineData("Domain", "Contracts")]
    [InlineData("Contracts", "Domain")]
    [InlineData("Persistence", "Domain")]
    [InlineData("EventStreams", "Contracts")]
    [InlineData("EventStreams", "ServiceDefaults")]
    [InlineData("ServiceDefaults", "Contracts")]
    [InlineData("ServiceDefaults", "Workers")]
    [InlineData("Workers", "Employers")]
    [InlineData("Matching", "Workers")]
    [InlineData("Placements", "Portal")]
    [InlineData("Portal", "Contracts")]
    [InlineData("Portal", "EventStreams")]
    [InlineData("Portal", "Workers")]
    [InlineData("Matching", "Tests.Fixtures")]
    [InlineData("Workers", "AllInOne")]
    public void forbids_a_planted_reference(string project, string other) =>
        Assert.Equal([$"{project} knows {other}"], Table.Violations(new ProjectFacts(project, Set(other), Set(), Set())));

    [Theory]
    [InlineData("Workers", "MassTransit")]
    [InlineData("ServiceDefaults", "MassTransit.Abstractions")]
    [InlineData("Persistence", "RabbitMQ.Client")]
    [InlineData("AllInOne", "RabbitMQ.Client")]
    [InlineData("EventStreams", "Npgsql")]
    [InlineData("Placements", "Microsoft.Data.SqlClient")]
    [InlineData("Portal", "Microsoft.Data.Sqlite")]
    [InlineData("AllInOne", "SQLitePCLRaw.core")]
    [InlineData("Matching", "Dapper")]
    public void forbids_a_planted_package(string project, string package) =>
        Assert.EndsWith(package, Assert.Single(Table.Violations(new ProjectFacts(project, Set(), Set(package), Set()))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Workers", "System.Net.Http.HttpClient")]
    [InlineData("Employers", "System.Net.Http.IHttpClientFactory")]
    [InlineData("Matching", "System.Net.Http.HttpMessageInvoker")]
    [InlineData("AllInOne", "System.Net.Http.HttpClient")]
    [InlineData("EventStreams", "System.Net.Http.HttpClient")]
    [InlineData("Placements", "System.Data.Common.DbCommand")]
    public void forbids_a_planted_use(string project, string type) =>
        Assert.EndsWith(type, Assert.Single(Table.Violations(new ProjectFacts(project, Set(), Set(), Set(type)))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Workers", "Contracts")]
    [InlineData("Portal", "Persistence")]
    [InlineData("AllInOne", "Matching")]
    public void allows_what_the_table_allows(string project, string other) =>
        Assert.Empty(Table.Violations(new ProjectFacts(project, Set(other), Set("Polly.Core"), Set("System.String"))));

    [Fact]
    public void names_a_project_that_nobody_put_into_the_table() =>
        Assert.Contains("not in the table", Assert.Single(Table.Violations(new ProjectFacts("Newcomer", Set(), Set(), Set()))), StringComparison.Ordinal);

    private static HashSet<string> Set(params string[] names) => names.ToHashSet(StringComparer.Ordinal);
}
