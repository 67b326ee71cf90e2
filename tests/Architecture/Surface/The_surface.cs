using LaborBridge.Tests.Architecture.Kubernetes;
using LaborBridge.Tests.Fixtures;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace LaborBridge.Tests.Architecture.Surface;

public sealed class The_surface
{
    [Fact]
    public async Task has_no_two_endpoints_of_one_name_or_one_path()
    {
        var all = await Endpoints.Of([.. Endpoints.Services]);

        Assert.Contains(all, endpoint => endpoint.ToString() == "POST /api/workers");
        Faults.None(Twice(all.Where(endpoint => endpoint.Name is not null).Select(endpoint => endpoint.Name!)));
        Faults.None(Twice(all.Where(endpoint => endpoint.Path.StartsWith("/api", StringComparison.Ordinal)).Select(endpoint => $"{endpoint}")));
    }

    [Fact]
    public async Task is_the_same_in_one_process_and_in_five()
    {
        var together = Names(await Endpoints.Of([.. Endpoints.Services])).ToHashSet(StringComparer.Ordinal);
        var apart = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in Endpoints.Services)
        {
            var own = Names(await Endpoints.Of(service)).ToList();
            Assert.NotEmpty(own);
            apart.UnionWith(own);
        }

        Assert.Equal(5, Endpoints.Services.Count);
        Faults.None(together.Except(apart, StringComparer.Ordinal).Select(missing => $"only in one process: {missing}"));
        Faults.None(apart.Except(together, StringComparer.Ordinal).Select(missing => $"only in five: {missing}"));
    }

    [Fact]
    public async Task is_routed_to_the_service_that_owns_it()
    {
        var routes = Routes();
        Assert.NotEmpty(routes);
        Faults.None(
            from endpoint in await Endpoints.Of([.. Endpoints.Services])
            where endpoint.Group is not null && endpoint.Path.StartsWith("/api/", StringComparison.Ordinal)
            let routed = Route(routes, endpoint.Path)
            where routed != endpoint.Group
            select $"{endpoint} belongs to {endpoint.Group} and the ingress sends it to {routed ?? "nobody"}");
        Assert.Equal("workers", Route(routes, "/api/rosters/{}/rows"));
        Assert.Equal("portal", Route(routes, "/api/rostersx"));
    }

    [Fact]
    public void is_served_whole_by_AllInOne()
    {
        var program = File.ReadAllText(Repository.PathOf("services", "AllInOne", "Program.cs"));
        Faults.None(Endpoints.Services.Select(service => $"new {service.GetType().Name}()").Where(made => !program.Contains(made, StringComparison.Ordinal)));
    }

    // The documents of the API are at the same addresses too; apart, the portal fetches them for its viewer.
    private static IEnumerable<string> Names(IEnumerable<Endpoint> endpoints) =>
        endpoints.Where(endpoint => !endpoint.Path.StartsWith("/openapi/", StringComparison.Ordinal)).Select(endpoint => $"{endpoint} {endpoint.Name}");

    private static IEnumerable<string> Twice(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"{group.Key} exists {group.Count()} times");

    private static List<(string Path, string Service)> Routes() =>
        [.. new Kustomization(Yaml.Folder("overlays", "single-county")).Objects.Where(one => one.Kind == "Ingress")
            .SelectMany(one => one.Root.Nodes("spec/rules/*/http/paths/*").OfType<YamlMappingNode>())
            .Select(route => (route.Text("path")!, route.Text("backend/service/name")!))];

    // As an ingress with pathType Prefix does: whole segments, the longest wins.
    private static string? Route(List<(string Path, string Service)> routes, string path) =>
        routes.Where(route => route.Path == "/" || path == route.Path || path.StartsWith(route.Path + "/", StringComparison.Ordinal))
            .OrderByDescending(route => route.Path.Length).Select(route => route.Service).FirstOrDefault();
}
