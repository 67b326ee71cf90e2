using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.EventStreams;

/// <summary>What the streams say to the bus. Each send is complete when the broker has confirmed it.</summary>
internal sealed class Transport(IServiceProvider services, StreamOptions options)
{
    // A service that stops lets what is on its way arrive.
    private static readonly TimeSpan PatienceAtStop = TimeSpan.FromSeconds(2);

    /// <summary>The exchange that a stream is published to.</summary>
    public static string Exchange(string stream) => $"laborbridge.{stream}";

    /// <summary>The queue that takes a source's replay requests.</summary>
    public static string Replays(string stream) => $"{stream}.replays";

    public Task Publish(Segment segment, CancellationToken cancel) => Send(new Uri($"exchange:{Exchange(segment.Stream)}?type=fanout"), segment, lifetime: null, cancel);

    /// <summary>To one subscriber. By its exchange: <c>queue:</c> would declare the quorum queue anew and hang.</summary>
    public Task Answer(string queue, Segment segment, CancellationToken cancel) => Send(new Uri($"exchange:{queue}"), segment, lifetime: null, cancel);

    /// <summary>A request lives as long as somebody waits for its answer: a source that was down must not find a heap of them.</summary>
    public Task Ask(ReplayRequested request, TimeSpan lifetime, CancellationToken cancel) => Send(new Uri($"exchange:{Replays(request.Stream)}"), request, lifetime, cancel);

    private async Task Send<T>(Uri address, T message, TimeSpan? lifetime, CancellationToken cancel) where T : class
    {
        cancel.ThrowIfCancellationRequested();
        using var patience = new CancellationTokenSource(options.Patience, TimeProvider.System);
        await using var stop = cancel.Register(() => patience.CancelAfter(PatienceAtStop));
        var endpoint = await services.GetRequiredService<IBus>().GetSendEndpoint(address).WaitAsync(patience.Token);

        // The bus heeds the token at most of its steps, the driver below it not at all: a publish on a channel that has died may never return.
        await endpoint.Send(message, context => context.TimeToLive = lifetime, patience.Token).WaitAsync(patience.Token);
    }
}
