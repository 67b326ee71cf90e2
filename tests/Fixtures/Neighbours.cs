using System.Collections.Concurrent;
using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LaborBridge.Tests.Fixtures;

/// <summary>A neighbour that tells what a test wants of another service's stream: <c>sealed class Placements() : Teller&lt;Placements&gt;(PlacementEvents.Contract)</c>.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
public abstract class Teller<TSelf>(StreamContract contract) : ILaborBridgeService where TSelf : Teller<TSelf>
{
    private IServiceProvider? services;

    public string Name => contract.Name;

    public void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddEventStream<TSelf>(Name, new EventCatalog(contract.Name, contract.Kinds, contract.Ignorable));
        builder.Services.AddSingleton((TSelf)this);
    }

    public void Map(IEndpointRouteBuilder app) => services = app.ServiceProvider;

    /// <summary>Tells events in one commit.</summary>
    public Task Tell(params (Guid Subject, object Event)[] events) => services!.GetRequiredService<Db<TSelf>>().Write(tx =>
    {
        foreach (var (subject, told) in events)
        {
            tx.Append(told, subject);
        }

        return Task.CompletedTask;
    });
}

/// <summary>A neighbour that keeps all it hears of one stream: <c>sealed class Ear() : Listener&lt;Ear&gt;("ear", WorkerEvents.Contract)</c>.</summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
public abstract class Listener<TSelf>(string name, StreamContract contract) : ILaborBridgeService where TSelf : Listener<TSelf>
{
    private readonly ConcurrentQueue<(Guid Subject, object Event)> heard = new();

    public string Name => name;

    /// <summary>Everything heard so far, in order.</summary>
    public IReadOnlyList<object> Heard => [.. heard.Select(one => one.Event)];

    public IReadOnlyList<object> HeardOf(Guid subject) => [.. heard.Where(one => one.Subject == subject).Select(one => one.Event)];

    public IReadOnlyList<TEvent> HeardOf<TEvent>(Guid subject) => [.. HeardOf(subject).OfType<TEvent>()];

    public void Add(IHostApplicationBuilder builder)
    {
        var subscription = new Subscription(new EventCatalog(contract.Name, contract.Kinds, contract.Ignorable)).OnRebuild(_ => Task.CompletedTask);
        foreach (var kind in contract.Kinds.Values)
        {
            GetType().GetMethod(nameof(Hear), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.FlattenHierarchy)!
                .MakeGenericMethod(kind).Invoke(this, [subscription]);
        }

        var nothing = new EventCatalog(name, new Dictionary<string, Type>(), new HashSet<string>());
        builder.Services.AddEventStream<TSelf>(Name, nothing, subscription);
    }

    public void Map(IEndpointRouteBuilder app)
    {
    }

    /// <summary>Waits until something of a kind was heard about a subject and returns the last.</summary>
    public Task<TEvent> Of<TEvent>(Guid subject, int count = 1) where TEvent : class => Wait.For(
        () => Task.FromResult(HeardOf<TEvent>(subject) is { } all && all.Count >= count ? all[^1] : null), $"{name} hears {typeof(TEvent).Name} of {subject}");

    protected void Hear<TEvent>(Subscription subscription) where TEvent : class => subscription.On<TEvent>((_, told, context) =>
    {
        heard.Enqueue((context.Subject, told));
        return Task.CompletedTask;
    });
}
