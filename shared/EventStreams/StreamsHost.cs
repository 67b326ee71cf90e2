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
internal sealed class StreamsHost(IEnumerable<EventStream> streams) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(streams.Select(stream => stream.Run(stoppingToken)));
}
