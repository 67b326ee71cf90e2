using LaborBridge.EventStreams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LaborBridge.ServiceDefaults;

/// <summary>What an operator does about streams: look, try again, build a copy anew, pass over an event that nobody can apply.</summary>
internal static class Operations
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/operations/{service}/streams", async (string service, IEnumerable<StreamMonitor> monitors, HttpContext http) =>
            Find(monitors, service) is { } monitor ? Results.Json(new { items = await monitor.Read(http.RequestAborted) }, JsonText.Options) : new ProblemResult(Problem.NotFound()))
            .Allow(Role.Admin).WithName("ReadStreams");

        app.MapPost("/api/operations/{service}/streams/replay", async (string service, ReplayRequest request, IEnumerable<StreamMonitor> monitors) =>
            Find(monitors, service) is { } monitor && (request.Rebuild ? await monitor.Rebuild(request.Stream) : await monitor.Replay(request.Stream))
                ? Results.Accepted()
                : new ProblemResult(Problem.NotFound()))
            .Allow(Role.Admin).WithName("ReplayStream");

        app.MapPost("/api/operations/{service}/streams/skip", Skip).Allow(Role.Admin).WithName("SkipEvent");
    }

    private static async Task<IResult> Skip(string service, SkipRequest request, IEnumerable<StreamMonitor> monitors, HttpContext http)
    {
        var checks = new Checks();
        var reason = checks.Require("reason", request.Reason);
        if (checks.Problem is { } problem)
        {
            return new ProblemResult(problem);
        }

        if (Find(monitors, service) is not { } monitor)
        {
            return new ProblemResult(Problem.NotFound());
        }

        return await monitor.Skip(request.Stream, request.Position, reason, http.Caller().Subject)
            ? Results.NoContent()
            : new ProblemResult(Problem.Conflict("not-stuck-there", new Text("事件流并未停在该位置，请刷新后核对。", "The stream is not stuck at that position; look again.")));
    }

    private static StreamMonitor? Find(IEnumerable<StreamMonitor> monitors, string service) => monitors.SingleOrDefault(monitor => monitor.Service == service);

    /// <param name="Stream">The stream that the service subscribes to.</param>
    /// <param name="Rebuild">Empty the copy and start from the first event.</param>
    internal sealed record ReplayRequest(string Stream, bool Rebuild = false);

    /// <param name="Stream">The stream that the service subscribes to.</param>
    /// <param name="Position">The stuck position.</param>
    /// <param name="Reason">Why; kept with who did it.</param>
    internal sealed record SkipRequest(string Stream, long Position, string Reason);
}
