using LaborBridge.Persistence;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LaborBridge.EventStreams;

/// <summary>How a service gets its streams, and how the host connects all of them at once.</summary>
public static class EventStreamsSetup
{
    /// <summary>Contributes a service's log and subscriptions. Needs a <see cref="Db{TService}"/>; the host calls <see cref="AddEventTransport"/> once.</summary>
    /// <typeparam name="TService">The service's marker type.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="serviceName">Its name; part of its queues' names.</param>
    /// <param name="own">What it tells.</param>
    /// <param name="subscriptions">What it listens to; each kind of each catalog handled or ignored.</param>
    public static IServiceCollection AddEventStream<TService>(
        this IServiceCollection services, string serviceName, EventCatalog own, params Subscription[] subscriptions) where TService : class =>
        services.AddEventStream<TService>(serviceName, own, _ => subscriptions);

    /// <summary>The same for subscriptions that need things of the host, such as an in-memory book to wake.</summary>
    /// <typeparam name="TService">The service's marker type.</typeparam>
    /// <param name="services">The host's services.</param>
    /// <param name="serviceName">Its name; part of its queues' names.</param>
    /// <param name="own">What it tells.</param>
    /// <param name="subscriptions">Makes what it listens to; called once.</param>
    public static IServiceCollection AddEventStream<TService>(
        this IServiceCollection services, string serviceName, EventCatalog own, Func<IServiceProvider, IReadOnlyList<Subscription>> subscriptions) where TService : class
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics().TryAddSingleton<StreamMeters>();
        services.AddSingleton(provider => new EventStream<TService>(serviceName, own, subscriptions(provider), provider.GetRequiredService<Db<TService>>(), provider));
        services.AddSingleton<EventStream>(provider => provider.GetRequiredService<EventStream<TService>>());
        services.AddSingleton(provider => provider.GetRequiredService<EventStream<TService>>().Monitor);
        services.AddSingleton(provider => new StreamPositions<TService>(provider.GetRequiredService<EventStream<TService>>()));
        return services;
    }

    /// <summary>
    /// Connects the streams of all services in this process; call it once, after them. Databases are migrated before the host starts,
    /// or by a hosted service that was added earlier.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="brokerAddress">RabbitMQ, <c>amqp://user:password@host:port/vhost</c>; null: within this process.</param>
    public static IServiceCollection AddEventTransport(this IServiceCollection services, Uri? brokerAddress)
    {
        // Stopped in reverse: requests first (the web server is added last), then the streams, which ship what is left, then the bus.
        services.AddHostedService<StreamsSeed>();
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            if (brokerAddress is null)
            {
                bus.UsingInMemory((context, memory) => Endpoints.Configure(memory, context.GetServices<EventStream>(), context));
            }
            else
            {
                bus.UsingRabbitMq((context, rabbit) => Endpoints.Configure(rabbit, brokerAddress, context.GetServices<EventStream>()));
            }
        });
        services.AddHostedService<StreamsHost>();
        return services;
    }
}
