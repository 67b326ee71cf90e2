using System.Text.Encodings.Web;
using System.Text.Json;
using MassTransit;
using MassTransit.Transports.Fabric;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LaborBridge.EventStreams;

/// <summary>The queues of all streams of this process: for each service one that takes replay requests, and one per subscription.</summary>
internal static class Endpoints
{
    // A queue's arguments cannot change after it was declared (406): another figure needs another queue name.
    private const int QueueSegments = 2_000;
    private const long QueueBytes = 64L * 1024 * 1024;
    private const int QueueRequests = 200;

    // Few: what a consumer holds unacknowledged keeps the queue's files.
    private const int Prefetch = 8;

    // A frozen consumer is replaced after two heartbeats.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    public static void Configure(IRabbitMqBusFactoryConfigurator rabbit, Uri address, IEnumerable<EventStream> streams)
    {
        rabbit.ConfigureJsonSerializerOptions(Compact);
        rabbit.Host(address, host => host.Heartbeat(Heartbeat));
        foreach (var stream in streams)
        {
            rabbit.ReceiveEndpoint(Transport.Replays(stream.Own.Stream), endpoint =>
            {
                Limit(endpoint, QueueRequests, QueueBytes);
                TakeRequests(endpoint, stream);
            });
            foreach (var subscriber in stream.Subscribers)
            {
                rabbit.ReceiveEndpoint(subscriber.Queue, endpoint =>
                {
                    Limit(endpoint, QueueSegments, QueueBytes);
                    endpoint.SingleActiveConsumer = true;
                    endpoint.Bind(Transport.Exchange(subscriber.Stream));
                    Common(endpoint);
                    endpoint.Handler<Segment>(context => subscriber.Receive(context.Message, context.CancellationToken));
                });
            }
        }
    }

    public static void Configure(IInMemoryBusFactoryConfigurator memory, IEnumerable<EventStream> streams, IServiceProvider services)
    {
        memory.ConfigureJsonSerializerOptions(Compact);
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped;
        foreach (var stream in streams)
        {
            memory.ReceiveEndpoint(Transport.Replays(stream.Own.Stream), endpoint => TakeRequests(endpoint, stream));
            foreach (var subscriber in stream.Subscribers)
            {
                memory.ReceiveEndpoint(subscriber.Queue, endpoint =>
                {
                    endpoint.Bind(Transport.Exchange(subscriber.Stream), ExchangeType.FanOut);
                    Common(endpoint);
                    var buffer = stream.Buffer(subscriber, stopping);
                    endpoint.Handler<Segment>(context => buffer.WriteAsync(context.Message, context.CancellationToken).AsTask());
                });
            }
        }
    }

    private static void TakeRequests(IReceiveEndpointConfigurator endpoint, EventStream stream)
    {
        Common(endpoint);
        endpoint.Handler<ReplayRequested>(context => stream.Replays.Answer(context.Message, context.CancellationToken));
    }

    private static void Common(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.ConcurrentMessageLimit = 1;
        endpoint.PrefetchCount = Prefetch;
        endpoint.PublishFaults = false;
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();
    }

    private static void Limit(IRabbitMqReceiveEndpointConfigurator endpoint, int messages, long bytes)
    {
        endpoint.SetQuorumQueue();
        endpoint.SetQueueArgument("x-max-length", messages);
        endpoint.SetQueueArgument("x-max-length-bytes", bytes);
        endpoint.SetQueueArgument("x-overflow", "drop-head");
    }

    // Bodies are JSON in JSON: with the default encoder each quotation mark would take six characters.
    private static JsonSerializerOptions Compact(JsonSerializerOptions options) =>
        new(options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = false };
}
