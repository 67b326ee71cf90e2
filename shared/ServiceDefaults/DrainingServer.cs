using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LaborBridge.ServiceDefaults;

/// <summary>
/// The web server of a service that is told to stop takes no more requests and finishes the running ones; connections that are still open
/// then (a client that never sends the rest of its request) are cut, so that time is left to ship the log. Without this they would use up all of it.
/// </summary>
internal sealed class DrainingServer(IServer server) : IServer
{
    /// <summary>Of the 20 s that everything together has.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    public IFeatureCollection Features => server.Features;

    public static void Wrap(IServiceCollection services)
    {
        var type = services.Last(service => service.ServiceType == typeof(IServer)).ImplementationType ?? throw new InvalidOperationException("The web server is registered in another way now.");
        services.Replace(ServiceDescriptor.Singleton<IServer>(provider => new DrainingServer((IServer)ActivatorUtilities.CreateInstance(provider, type))));
    }

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull =>
        server.StartAsync(application, cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        await server.StopAsync(patience.Token);
    }

    public void Dispose() => server.Dispose();
}
