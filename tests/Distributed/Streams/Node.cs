using System.Diagnostics.Metrics;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LaborBridge.Tests.Distributed.Streams;

/// <summary>What a receiver does beside storing what arrives.</summary>
internal sealed class Behaviour
{
    /// <summary>Runs before an event is stored; throws to be poison, waits to be slow.</summary>
    public Func<Noted, EventContext, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Runs within the transaction, to append own events.</summary>
    public Action<Tx, Noted> Also { get; set; } = (_, _) => { };

    public int Rebuilds { get; set; }

    public int Wakes { get; set; }

    public EventCatalog Catalog { get; init; } = Notes.Catalog;
}

/// <summary>A process with the sender, the receiver or both.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly IHost host;
    private readonly Db<Sender>? sender;
    private readonly Db<Receiver>? receiver;

    private Node(IHost host, Db<Sender>? sender, Db<Receiver>? receiver) => (this.host, this.sender, this.receiver) = (host, sender, receiver);

    public Db Sender => sender!;

    public Db Receiver => receiver!;

    public StreamMonitor SenderMonitor => Monitor("sender");

    public StreamMonitor ReceiverMonitor => Monitor("receiver");

    public IMeterFactory Meters => host.Services.GetRequiredService<IMeterFactory>();

    public StreamPositions<Receiver> Positions => host.Services.GetRequiredService<StreamPositions<Receiver>>();

    public static async Task<Node> Start(Uri? broker, StreamOptions options, Store? sender, Store? receiver, Behaviour? behaviour = null, EventCatalog? catalog = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(new TestLog());
        builder.Logging.AddFilter("MassTransit", LogLevel.Error);
        builder.Services.AddSingleton(options);
        var senderDb = sender is null ? null : await sender.Open<Sender>();
        var receiverDb = receiver is null ? null : await receiver.Open<Receiver>();
        if (senderDb is not null)
        {
            builder.Services.AddSingleton(senderDb);
            builder.Services.AddEventStream<Sender>("sender", catalog ?? Notes.Catalog);
        }

        if (receiverDb is not null)
        {
            builder.Services.AddSingleton(receiverDb);
            builder.Services.AddEventStream<Receiver>("receiver", Notes.OfReceiver, Listen(behaviour ?? new Behaviour()));
        }

        builder.Services.AddEventTransport(broker);
        var host = builder.Build();
        await host.StartAsync();
        return new Node(host, senderDb, receiverDb);
    }

    /// <summary>Commits events in portions and returns the last position.</summary>
    public async Task<long> Tell(int events, int perCommit = 100, int from = 1)
    {
        long last = 0;
        foreach (var portion in Enumerable.Range(from, events).Chunk(perCommit))
        {
            last = await Sender.Write(async tx =>
            {
                foreach (var number in portion)
                {
                    tx.Append(new Noted(number, "第" + number + "个 \"note\""), Notes.Subject);
                }

                return await tx.TakePositions();
            }) ?? throw new InvalidOperationException("Nothing was appended.");
        }

        return last;
    }

    /// <summary>Sends a segment to the stream's exchange as a relay would.</summary>
    public async Task Publish(Segment segment)
    {
        var endpoint = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("exchange:laborbridge.sender?type=fanout"));
        await endpoint.Send(segment);
    }

    /// <summary>Sends a segment with the relay's patience.</summary>
    public Task Send(Segment segment, StreamOptions options) => new Transport(host.Services, options).Publish(segment, CancellationToken.None);

    /// <summary>Sends a part of the log to the stream's exchange.</summary>
    public async Task Ship(long from, long to)
    {
        for (var after = from - 1; after < to;)
        {
            var segment = await Read(after, to);
            await Publish(segment);
            after = segment.LastPosition;
        }
    }

    /// <summary>A part of the log, at most a portion.</summary>
    public Task<Segment> Read(long after, long to = long.MaxValue) => Sender.Read(tx => OwnLog.Of(Sender).Read(tx, after, to, new StreamOptions()));

    public Task<List<long>> Arrivals() => Store.Arrivals(Receiver);

    public async Task<StreamStatus> Subscription() => (await ReceiverMonitor.Read()).Single(status => status.Stream == "sender");

    /// <summary>Waits until the receiver's checkpoint is at a position.</summary>
    public Task Reaches(long position, TimeSpan? deadline = null)
    {
        StreamStatus? seen = null;
        return Wait.Until(
            async () => (seen = await Subscription()).Checkpoint >= position, $"the receiver's checkpoint reaches {position}", deadline ?? TimeSpan.FromSeconds(60), () => $"{seen}");
    }

    /// <summary>Does what an operator would, in a transaction of the receiver.</summary>
    public Task<bool> Act(Func<StreamMonitor, Tx, Task<bool>> act) => Receiver.Write(tx => act(ReceiverMonitor, tx), repeatable: true);

    public async Task<StuckEvent> GetsStuck()
    {
        await Wait.Until(async () => (await Subscription()).Stuck is not null, "the stream is stuck", TimeSpan.FromSeconds(30));
        return (await Subscription()).Stuck!;
    }

    /// <summary>All of 1..<paramref name="last"/> arrived, in order, once.</summary>
    public async Task AssertArrived(long last) => Xunit.Assert.Equal(Enumerable.Range(1, (int)last).Select(number => (long)number), await Arrivals());

    /// <summary>Hands the receiver a segment as its consumer would.</summary>
    public Task Receive(Segment segment) =>
        host.Services.GetServices<EventStream>().Single(stream => stream.Service == "receiver").Subscribers[0].Receive(segment, CancellationToken.None);

    public Task Stop() => host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        // The container did not make them.
        await (sender?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (receiver?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static Subscription Listen(Behaviour behaviour)
    {
        var subscription = new Subscription(behaviour.Catalog)
            .On<Noted>(async (tx, noted, context) =>
            {
                await behaviour.Before(noted, context);
                await Store.Arrive(tx, context.Position, noted.Number);
                behaviour.Also(tx, noted);
            })
            .Ignore<Counted>()
            .OnRebuild(tx =>
            {
                behaviour.Rebuilds++;
                return Store.Empty(tx);
            })
            .After(() => behaviour.Wakes++);
        return subscription;
    }

    private StreamMonitor Monitor(string service) => host.Services.GetServices<StreamMonitor>().Single(monitor => monitor.Service == service);

    /// <summary>Warnings of the streams go to the test's output.</summary>
    private sealed class TestLog : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Xunit.TestContext.Current.TestOutputHelper?.WriteLine($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
