using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LaborBridge.ServiceDefaults;

/// <summary>The database of one hosted service.</summary>
internal sealed record ServiceDatabase(ILaborBridgeService Service, Db Db)
{
    /// <summary>What it keeps encrypted.</summary>
    public IReadOnlyList<ISealed> Sealed => [.. Service.Sealed, Idempotency.Bodies];

    /// <summary>Brings it to the present schema.</summary>
    public Task Migrate(CancellationToken cancel) => Migrator.Migrate(Db, [typeof(EventLog).Assembly, Service.GetType().Assembly], cancel);
}

/// <summary>Makes the databases and keeps them.</summary>
internal static class Databases
{
    /// <summary>Registers <c>Db&lt;WorkersService&gt;</c> for a service object, whose type is only known here.</summary>
    public static void Add(IServiceCollection services, LaborBridgeSettings settings, ILaborBridgeService service)
    {
        var type = typeof(Db<>).MakeGenericType(service.GetType());
        services.AddSingleton(type, _ => Activator.CreateInstance(type, settings.Kind, settings.ConnectionString(service.Name))!);
        services.AddSingleton(provider => new ServiceDatabase(service, (Db)provider.GetRequiredService(type)));
    }
}

/// <summary>Migrates before anything else starts.</summary>
internal sealed class MigrateAtStart(IEnumerable<ServiceDatabase> databases) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var database in databases)
        {
            await database.Migrate(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Drops answers to idempotency keys after their time, once an hour.</summary>
internal sealed class ExpireAnswers(IEnumerable<ServiceDatabase> databases, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var database in databases)
            {
                await database.Db.Write(tx => Idempotency.Expire(tx, time.GetUtcNow()), repeatable: true, stoppingToken);
            }
        }
    }
}
