using MassTransit;
using Microsoft.Extensions.Hosting;

namespace LaborBridge.EventStreams;

/// <summary>Makes the logs known to their databases, and the rows they need, before the bus starts.</summary>
internal sealed class StreamsSeed(IEnumerable<EventStream> streams) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var stream in streams)
        {
            await stream.Seed(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Runs relays and subscribers while the bus runs.</summary>
internal sealed class StreamsHost(IEnumerable<EventStream> streams, IBusControl bus) : BackgroundService
{
    // Time for a broker that answers; one that is away needs no patience.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The bus is stopped after this, and starts in the background: stopped while it still starts, it would say that there is nothing to stop
    /// and go on consuming in a process that has let go of its databases.
    /// </summary>
    public override Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(base.StopAsync(cancellationToken), bus.WaitForHealthStatus(BusHealthStatus.Healthy, Patience));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(streams.Select(stream => stream.Run(stoppingToken)));
}
