using System.Text.Json.Serialization.Metadata;
using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace LaborBridge.Tests.Laboratory;

/// <summary>Workers as a later version might be: one more kind of event, which subscribers may pass over, and one more property in an event that they know.</summary>
internal static class NewerContract
{
    public static void Apply(string service, WebApplicationBuilder builder)
    {
        if (service != "workers")
        {
            return;
        }

        var resolver = new DefaultJsonTypeInfoResolver();
        resolver.Modifiers.Add(info =>
        {
            if (info.Type == typeof(WorkerRecorded))
            {
                var added = info.CreateJsonPropertyInfo(typeof(string), "addedLater");
                added.Get = _ => "of a later version";
                info.Properties.Add(added);
            }
        });
        EventJson.Options.TypeInfoResolver = resolver;
        builder.Host.UseServiceProviderFactory(new Factory());
    }

    private static void Replace(IServiceCollection services)
    {
        var contract = WorkerEvents.Contract;
        var kinds = contract.Kinds.Append(new("worker-noted", typeof(WorkerNoted))).ToDictionary();
        services.RemoveAll<EventStream>().RemoveAll<EventStream<WorkersService>>().RemoveAll<StreamMonitor>().RemoveAll<StreamPositions<WorkersService>>();
        services.AddEventStream<WorkersService>(
            "workers", new EventCatalog(contract.Name, kinds, contract.Ignorable.Append("worker-noted").ToHashSet()), FollowPlacements.Placements(), FollowPlacements.Matching());
        services.AddHostedService<Noting>();
    }

    private sealed record WorkerNoted(int Number);

    /// <summary>Tells the new event again and again.</summary>
    private sealed class Noting(Db<WorkersService> db) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            for (var number = 1; number <= 100 && await timer.WaitForNextTickAsync(stoppingToken); number++)
            {
                await db.Write(
                    tx =>
                    {
                        tx.Append(new WorkerNoted(number), Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
                        return Task.CompletedTask;
                    },
                    cancel: stoppingToken);
            }
        }
    }

    private sealed class Factory : IServiceProviderFactory<IServiceCollection>
    {
        public IServiceCollection CreateBuilder(IServiceCollection services) => services;

        public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder)
        {
            Replace(containerBuilder);
            return containerBuilder.BuildServiceProvider();
        }
    }
}
