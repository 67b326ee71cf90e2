using LaborBridge.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LaborBridge.ServiceDefaults;

/// <summary>Runs one service, or several in one process.</summary>
public static class LaborBridgeHost
{
    /// <summary>Builds and runs until it is told to stop.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> Run(string[] args, IReadOnlyList<ILaborBridgeService> services, Action<WebApplicationBuilder>? configure = null)
    {
        var app = Build(args, services, configure);
        await app.RunAsync();
        return 0;
    }

    /// <summary>Builds without starting, for tests and for processes that do more.</summary>
    public static WebApplication Build(string[] args, IReadOnlyList<ILaborBridgeService> services, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        configure?.Invoke(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(typeof(Requests<>));
        foreach (var service in services)
        {
            service.Add(builder);
        }

        _ = typeof(KeyRing);
        var app = builder.Build();
        foreach (var service in services)
        {
            service.Map(app);
        }

        return app;
    }
}
