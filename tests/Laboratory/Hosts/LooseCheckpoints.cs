using System.Reflection;
using System.Threading.Channels;
using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Placements;
using LaborBridge.Placements.Copies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LaborBridge.Tests.Laboratory;

/// <summary>Subscriptions whose effects follow in a transaction of their own, a moment after the checkpoint.</summary>
internal sealed class LooseCheckpoints
{
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(400);

    private readonly Channel<Func<Tx, Task>> effects = Channel.CreateUnbounded<Func<Tx, Task>>();

    private LooseCheckpoints(Db db) => _ = Task.Run(async () =>
    {
        await foreach (var effect in effects.Reader.ReadAllAsync())
        {
            await Task.Delay(Later);
            await db.Write(effect);
        }
    });

    public static void Replace(IServiceCollection services)
    {
        services.RemoveAll<EventStream>().RemoveAll<EventStream<PlacementsService>>().RemoveAll<StreamMonitor>().RemoveAll<StreamPositions<PlacementsService>>();
        services.AddEventStream<PlacementsService>("placements", Catalogs.Of(PlacementEvents.Contract), provider =>
        {
            var loose = new LooseCheckpoints(provider.GetRequiredService<Db<PlacementsService>>());
            var time = provider.GetRequiredService<TimeProvider>();
            return [loose.Loosen(FollowWorkers.Subscription(time)), FollowEmployers.Subscription(time), FollowMatching.Subscription(time)];
        });
    }

    private Subscription Loosen(Subscription sound)
    {
        var loose = new Subscription(sound.Source).OnRebuild(sound.Clear!);
        foreach (var kind in sound.Source.Kinds.Values)
        {
            typeof(LooseCheckpoints).GetMethod(nameof(Follow), BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(kind).Invoke(this, [sound, loose]);
        }

        return loose;
    }

    private void Follow<TEvent>(Subscription sound, Subscription loose) where TEvent : class
    {
        if (sound.Applier(typeof(TEvent)) is not { } apply)
        {
            loose.Ignore<TEvent>();
            return;
        }

        loose.On<TEvent>((tx, told, context) =>
        {
            tx.AfterCommit(() => effects.Writer.TryWrite(later => apply(later, told, context)));
            return Task.CompletedTask;
        });
    }
}
