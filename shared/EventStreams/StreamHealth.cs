using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LaborBridge.EventStreams;

/// <summary>Degraded while a stream is stuck: the service answers, but its copy of another's things grows old.</summary>
internal sealed class StreamHealth(IEnumerable<StreamMonitor> monitors) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stuck = new List<string>();
        foreach (var monitor in monitors)
        {
            stuck.AddRange((await monitor.Read(cancellationToken)).Where(status => status.Stuck is not null).Select(Words));
        }

        return stuck.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join("; ", stuck));
    }

    private static string Words(StreamStatus status) =>
        $"{status.Service}.{status.Stream} is stuck at {status.Stuck!.Position} ({status.Stuck.Kind}): {status.Stuck.Reason}";
}
