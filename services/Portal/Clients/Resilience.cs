using System.Collections.Concurrent;
using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace LaborBridge.Portal.Clients;

/// <summary>How the portal waits for a service: a few seconds an attempt, three attempts, and none for a while once most of
/// them fail: one visitor waits in vain for a service that hangs, the next ones are told at once.</summary>
internal sealed class Resilience(TimeProvider time)
{
    private const int Attempts = 3;
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(13);

    private readonly ConcurrentDictionary<string, ResiliencePipeline<HttpResponseMessage>> pipelines = new(StringComparer.Ordinal);

    /// <summary>For requests that may be sent again: GETs, and POSTs with an idempotency key.</summary>
    public ResiliencePipeline<HttpResponseMessage> Of(string service) => pipelines.GetOrAdd(service, _ => Make());

    /// <summary>Whether the error means that the service is away.</summary>
    public static bool MeansAway(Exception error) => error is HttpRequestException or TimeoutRejectedException or BrokenCircuitException;

    private ResiliencePipeline<HttpResponseMessage> Make() => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddTimeout(Whole)
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            ShouldHandle = new PredicateBuilder<HttpResponseMessage>().Handle<HttpRequestException>().Handle<TimeoutRejectedException>().HandleResult(IsAway),
            MaxRetryAttempts = Attempts - 1,
            Delay = TimeSpan.FromMilliseconds(100),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            ShouldHandle = new PredicateBuilder<HttpResponseMessage>().Handle<HttpRequestException>().Handle<TimeoutRejectedException>().HandleResult(IsAway),
            FailureRatio = 0.5,
            MinimumThroughput = Attempts,
            SamplingDuration = TimeSpan.FromSeconds(15),
            BreakDuration = TimeSpan.FromSeconds(5),
        })
        .AddTimeout(Attempt)
        .Build();

    private static bool IsAway(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
