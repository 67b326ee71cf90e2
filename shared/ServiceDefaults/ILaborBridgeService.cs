using LaborBridge.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace LaborBridge.ServiceDefaults;

/// <summary>One service. Its class is also the marker of its database: <c>Db&lt;WorkersService&gt;</c>, <c>Requests&lt;WorkersService&gt;</c>.</summary>
public interface ILaborBridgeService
{
    /// <summary>Lower-case name: of its stream, its OpenAPI document, its database file.</summary>
    string Name { get; }

    /// <summary>Names of the services that it calls over HTTP: only the portal does.</summary>
    IReadOnlyList<string> Calls => [];

    /// <summary>What its database keeps encrypted under the key ring, beside the answers to idempotency keys that every service keeps.</summary>
    IReadOnlyList<ISealed> Sealed => [];

    /// <summary>Its own verbs of the program: <c>dotnet LaborBridge.Workers.dll verify-access-log</c>.</summary>
    IReadOnlyList<ServiceCommand> Commands => [];

    /// <summary>Registers the service's own classes and event streams; sign-in, health and transport are the host's.</summary>
    void Add(IHostApplicationBuilder builder);

    /// <summary>Maps the endpoints. Each endpoint under <c>/api</c> says who may call it (<c>Allow</c>, <c>AllowAnyone</c>), or the host does not start.</summary>
    void Map(IEndpointRouteBuilder app);

    /// <summary>Middleware that only this service needs (static files of the portal).</summary>
    void Use(IApplicationBuilder app)
    {
    }
}

/// <summary>A verb of the program: it runs beside the service, on the same settings, writes to the terminal and ends.</summary>
/// <param name="Name">As typed, kebab-case.</param>
/// <param name="Run">Gets the services and the terminal; returns the exit code.</param>
public sealed record ServiceCommand(string Name, Func<IServiceProvider, TextWriter, CancellationToken, Task<int>> Run);
