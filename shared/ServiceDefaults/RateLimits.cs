using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using LaborBridge.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.ServiceDefaults;

/// <summary>Names of the rate limits for anonymous paths, a minute and client address; the portal's own calls are never limited.</summary>
public static class RateLimits
{
    /// <summary>The public job board.</summary>
    public const string PublicBoard = "public-board";

    /// <summary>Answers by one-time link.</summary>
    public const string Links = "links";

    /// <summary>Sign-in: attempts, not looks at its page.</summary>
    public const string Sessions = "sessions";

    internal static void Add(IServiceCollection services, LimitSettings limits) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = "60";
            return ValueTask.CompletedTask;
        };
        Policy(PublicBoard, limits.PublicBoard, _ => true);
        Policy(Links, limits.Links, _ => true);
        Policy(Sessions, limits.Sessions, http => !HttpMethods.IsGet(http.Request.Method));

        void Policy(string name, int permits, Func<HttpContext, bool> counts) => options.AddPolicy(name, http => !counts(http) || PortalCalls.IsPortal(http)
            ? RateLimitPartition.GetNoLimiter("free")
            : RateLimitPartition.GetSlidingWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "unknown", _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = permits,
                Window = TimeSpan.FromMinutes(1),
                SegmentsPerWindow = 6,
                QueueLimit = 0,
            }));
    });
}

/// <summary>
/// How services know calls that the portal makes for its visitors: a header that only holders of the common keys can write. It
/// lifts rate limits (the portal limits its visitors itself) and grants nothing else.
/// </summary>
public static class PortalCalls
{
    private const string Header = "Portal-Call";

    /// <summary>Marks an outgoing call.</summary>
    public static void Mark(HttpRequestMessage request, KeyRing keys, TimeProvider time)
    {
        var minute = Minute(time);
        request.Headers.TryAddWithoutValidation(Header, $"{minute}.{keys.Hash("portal-call", minute.ToString())}");
    }

    internal static bool IsPortal(HttpContext http)
    {
        var parts = http.Request.Headers[Header].ToString().Split('.');
        if (parts.Length != 2 || !long.TryParse(parts[0], out var minute))
        {
            return false;
        }

        var services = http.RequestServices;
        return Math.Abs(Minute(services.GetRequiredService<TimeProvider>()) - minute) <= 5
            && CryptographicOperations.FixedTimeEquals(
                Encoding.ASCII.GetBytes(parts[1]),
                Encoding.ASCII.GetBytes(services.GetRequiredService<KeyRing>().Hash("portal-call", parts[0])));
    }

    private static long Minute(TimeProvider time) => time.GetUtcNow().ToUnixTimeSeconds() / 60;
}
