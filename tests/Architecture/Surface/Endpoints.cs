using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Architecture.Statements;
using LaborBridge.Tests.Fixtures;
using Microsoft.AspNetCore.Routing;

namespace LaborBridge.Tests.Architecture.Surface;

/// <summary>One thing that can be asked of a host, such as <c>GET /api/workers/{}</c>.</summary>
internal sealed record Endpoint(string Method, string Path, string? Name, string? Group)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>What hosts built from the services answer to, without starting them.</summary>
internal static class Endpoints
{
    /// <summary>Every service there is, made by its public constructor as the programs do.</summary>
    public static IReadOnlyList<ILaborBridgeService> Services =>
        [.. AllStatements.Assemblies.SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ILaborBridgeService)))
            .Select(type => (ILaborBridgeService)Activator.CreateInstance(type)!)
            .OrderBy(service => service.Name, StringComparer.Ordinal)];

    public static async Task<IReadOnlyList<Endpoint>> Of(params ILaborBridgeService[] services)
    {
        using var data = TempFolder.Create();
        string[] settings = ["--data", data.Path, "--LaborBridge:EmbeddedDefaults=true", .. Services.Select(service => $"--LaborBridge:Services:{service.Name}=http://localhost:1")];
        await using var app = LaborBridgeHost.Build(settings, services);
        return
        [
            .. from endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
               from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]
               select new Endpoint(method, Shape(endpoint.RoutePattern.RawText ?? ""), endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName,
                   endpoint.Metadata.GetMetadata<IEndpointGroupNameMetadata>()?.EndpointGroupName),
        ];
    }

    // Two routes that differ in the name or type of a parameter only answer to the same requests.
    private static string Shape(string pattern) => "/" + string.Join('/', pattern.Trim('/').Split('/').Select(part => part.StartsWith('{') ? "{}" : part));
}
