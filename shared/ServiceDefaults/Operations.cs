using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LaborBridge.ServiceDefaults;

/// <summary>
/// What an operator does about streams: look, try again, build a copy anew, pass over an event that nobody can apply. Each act is kept with
/// who did it and why.
/// </summary>
internal static class Operations
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/operations/{service}/streams", Look).Allow(Role.Admin).WithName("ReadStreams").Produces<StreamsView>();
        app.MapPost("/api/operations/{service}/streams/replay", (string service, ReplayRequest request, Streams streams, HttpContext http) =>
            streams.Act(http, service, request, request.Reason, async (tx, monitor, reason, who) =>
                await (request.Rebuild ? monitor.Rebuild(tx, request.Stream, reason, who) : monitor.Replay(tx, request.Stream, reason, who))
                    ? Reply.Accepted($"/api/operations/{service}/streams", new { request.Stream, Act = request.Rebuild ? "rebuild" : "replay" })
                    : Problem.NotFound()))
            .Allow(Role.Admin).WithName("ReplayStream").Produces(StatusCodes.Status202Accepted);
        app.MapPost("/api/operations/{service}/streams/skip", (string service, SkipRequest request, Streams streams, HttpContext http) =>
            streams.Act(http, service, request, request.Reason, async (tx, monitor, reason, who) =>
                await monitor.Skip(tx, request.Stream, request.Position, reason, who) ? Reply.NoContent() : NotStuckThere()))
            .Allow(Role.Admin).WithName("SkipEvent").Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Look(string service, Streams streams, HttpContext http) => streams.Of(service) is { } monitor
        ? Results.Json(new StreamsView(await monitor.Read(http.RequestAborted), await monitor.Acts(http.RequestAborted)), JsonText.Options)
        : new ProblemResult(Problem.NotFound());

    private static Problem NotStuckThere() =>
        Problem.Conflict("not-stuck-there", new Text("事件流并未停在该位置，请刷新后核对。", "The stream is not stuck at that position; look again."));

    /// <param name="Items">The service's own stream first.</param>
    /// <param name="Acts">What operators did last, newest first.</param>
    internal sealed record StreamsView(IReadOnlyList<StreamStatus> Items, IReadOnlyList<OperatorAct> Acts);

    /// <param name="Stream">The stream that the service subscribes to.</param>
    /// <param name="Reason">Why; kept with who did it.</param>
    /// <param name="Rebuild">Empty the copy and start from the first event.</param>
    internal sealed record ReplayRequest(string Stream, string? Reason, bool Rebuild = false);

    /// <param name="Stream">The stream that the service subscribes to.</param>
    /// <param name="Position">The stuck position.</param>
    /// <param name="Reason">Why; kept with who did it.</param>
    internal sealed record SkipRequest(string Stream, long Position, string? Reason);

    /// <summary>The streams of the services in this process.</summary>
    internal sealed class Streams(IEnumerable<StreamMonitor> monitors, IEnumerable<ServiceDatabase> databases, KeyRing keys, TimeProvider time)
    {
        public StreamMonitor? Of(string service) => monitors.SingleOrDefault(monitor => monitor.Service == service);

        /// <summary>Runs an operator's act under its idempotency key.</summary>
        public async Task<IResult> Act(HttpContext http, string service, object request, string? reason, Func<Tx, StreamMonitor, string, string, Task<Reply>> act)
        {
            var checks = new Checks();
            var why = checks.Require("reason", reason, longest: 2000);
            if (checks.Problem is { } problem)
            {
                return new ProblemResult(problem);
            }

            if (Of(service) is not { } monitor)
            {
                return new ProblemResult(Problem.NotFound());
            }

            var db = databases.Single(database => database.Service.Name == service).Db;
            return await new IdempotentWrites(db, keys, time).Write(http, request, (tx, caller) => act(tx, monitor, why, $"{caller.Name} ({caller.Subject})"));
        }
    }
}
