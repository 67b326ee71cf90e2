using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Calls;

/// <summary>Records an attempt to reach a worker that brought no wishes; what he wishes is recorded as such.</summary>
internal static class RecordCall
{
    internal sealed record Request(string? Outcome);

    internal sealed record Recorded(Guid WorkerId, int Attempts, DateTimeOffset TriedAt, string Outcome);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/workers/{id:guid}/calls",
        (Guid id, Request request, HttpContext http, Requests<WorkersService> requests, WorkerWriter writer, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request, writer, time)))
        .Allow(Role.Collector, Role.Station).WithName("RecordCall").Produces<Recorded>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Request request, WorkerWriter writer, TimeProvider time)
    {
        if (!Kebab.TryParse<CallOutcome>(request.Outcome, out var outcome))
        {
            var checks = new Checks();
            Note.UnknownWord(checks, "outcome", request.Outcome, Kebab.All<CallOutcome>());
            return checks.Problem!;
        }

        var (worker, refusal) = await Locked.ForChange(tx, caller, id);
        if (worker is null)
        {
            return refusal!;
        }

        var before = await CallStore.AttemptsOf(tx, id);
        var after = new AttemptRow { WorkerId = id, Attempts = (before?.Attempts ?? 0) + 1, TriedAt = time.GetUtcNow(), Outcome = Kebab.Of(outcome) };
        await CallStore.Save(tx, after);
        await WorkerStore.InsertSteps(tx, [writer.Step(id, "called", caller.Name, detail: after.Outcome)]);
        return Reply.Ok(new Recorded(id, after.Attempts, after.TriedAt, after.Outcome));
    }
}
