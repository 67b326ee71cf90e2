using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LaborBridge.Matching.Books;

/// <summary>Degraded while workers or postings that were told are left out of the book.</summary>
internal sealed class BookHealth(BookKeeper books) : IHealthCheck
{
    private const int Named = 3;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var left = books.LeftOut.OrderBy(one => one.Key).ToArray();
        return Task.FromResult(left.Length == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"{left.Length} cannot be matched: {string.Join("; ", left.Take(Named).Select(one => one.Value))}"));
    }
}
