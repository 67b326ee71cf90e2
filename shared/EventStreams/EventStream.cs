using System.Threading.Channels;
using LaborBridge.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LaborBridge.EventStreams;

/// <summary>All that one service has to do with streams: its log with relay and replays, its subscriptions.</summary>
internal class EventStream
{
    private readonly Relay relay;
    private readonly StreamOptions options;

    protected EventStream(string service, EventCatalog own, IReadOnlyList<Subscription> subscriptions, Db db, IServiceProvider services)
    {
        Refuse(service, subscriptions);
        options = services.GetService<StreamOptions>() ?? new StreamOptions();
        var transport = new Transport(services, options);
        var meters = services.GetRequiredService<StreamMeters>();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("LaborBridge.EventStreams");
        (Service, Own, Db) = (service, own, db);
        Log = new OwnLog(db, own, services.GetRequiredService<TimeProvider>());
        relay = new Relay(service, db, Log, options, transport, logger);
        Replays = new Replays(service, db, Log, options, transport, meters, logger);
        Subscribers = [.. subscriptions.Select(subscription => new Subscriber(service, db, subscription, options, transport, meters, logger))];
        Monitor = new StreamMonitor(this);
        meters.Watch(this);
    }

    public string Service { get; }

    public EventCatalog Own { get; }

    public Db Db { get; }

    public OwnLog Log { get; }

    public Replays Replays { get; }

    public IReadOnlyList<Subscriber> Subscribers { get; }

    public StreamMonitor Monitor { get; }

    /// <summary>Where the streams stood when this process looked last; what it has not looked at is missing.</summary>
    public IEnumerable<StreamStatus> Seen => Subscribers.Select(subscriber => subscriber.Seen).Prepend(relay.Seen).OfType<StreamStatus>();

    public Subscriber? Subscriber(string stream) => Subscribers.FirstOrDefault(subscriber => subscriber.Stream == stream);

    /// <summary>Makes the one-row tables' rows, where they are missing.</summary>
    public Task Seed(CancellationToken cancel) => Db.Write(
        async tx =>
        {
            await Log.Seed(tx);
            await RelayLease.SeedRow(tx);
            foreach (var subscriber in Subscribers)
            {
                await Checkpoint.Seed(tx, subscriber.Stream);
            }
        },
        repeatable: true,
        cancel);

    /// <summary>Ships and asks until cancelled, then ships what is left.</summary>
    public async Task Run(CancellationToken cancel)
    {
        await Task.WhenAll([UntilCancelled(relay.Run(cancel)), .. Subscribers.Select(subscriber => UntilCancelled(subscriber.Run(cancel)))]);
        using var deadline = new CancellationTokenSource(options.Drain, TimeProvider.System);
        await UntilCancelled(relay.Drain(deadline.Token));
    }

    /// <summary>A subscriber without a broker behind it: what it cannot take in time is dropped, oldest first, and replayed from the log.</summary>
    public ChannelWriter<Segment> Buffer(Subscriber subscriber, CancellationToken cancel)
    {
        var channel = Channel.CreateBounded<Segment>(new BoundedChannelOptions(options.MemorySegments) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _ = UntilCancelled(Task.Run(
            async () =>
            {
                await foreach (var segment in channel.Reader.ReadAllAsync(cancel))
                {
                    await subscriber.Receive(segment, cancel);
                }
            },
            cancel));
        return channel.Writer;
    }

    private static async Task UntilCancelled(Task work) => await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static void Refuse(string service, IReadOnlyList<Subscription> subscriptions)
    {
        var twice = subscriptions.GroupBy(subscription => subscription.Source.Stream).Where(group => group.Count() > 1)
            .Select(group => $"'{service}' subscribes twice to '{group.Key}': make it one subscription.");
        var mistakes = subscriptions.SelectMany(subscription => subscription.Mistakes(service)).Concat(twice).ToArray();
        if (mistakes.Length > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, mistakes));
        }
    }
}

/// <summary>The streams of the service that <typeparamref name="TService"/> marks.</summary>
internal sealed class EventStream<TService>(string service, EventCatalog own, IReadOnlyList<Subscription> subscriptions, Db<TService> db, IServiceProvider services)
    : EventStream(service, own, subscriptions, db, services);
