using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Duplicates;

namespace LaborBridge.Workers;

/// <summary>Corrects a worker: what is absent stays, an empty value clears. Only the version that the clerk saw can be corrected.</summary>
internal static class CorrectWorker
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPut("/api/workers/{id:guid}",
        (Guid id, WorkerBody request, HttpContext http, Requests<WorkersService> requests, WorkerWriter writer, Sealing sealing, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, http.IfMatch(), request, writer, sealing, time)))
        .Allow(Role.Collector, Role.Station).WithName("CorrectWorker").Produces<WorkerView>();

    public static async Task<Reply> Handle(
        Tx tx, Caller caller, Guid id, long version, WorkerBody request, WorkerWriter writer, Sealing sealing, TimeProvider time)
    {
        var (before, refusal) = await Locked.ForChange(tx, caller, id, version);
        if (before is null)
        {
            return refusal!;
        }

        var today = ChinaTime.Today(time);
        var checks = new Checks();
        var facts = request.Check(checks, today, WorkerFacts.Of(before, sealing.Open(before)!), id);
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        if (!caller.Covers(facts.Home.ToString()))
        {
            return RegisterWorker.Elsewhere(facts);
        }

        var result = (await writer.Correct(tx, caller, [writer.PrepareChange(caller, before, facts)]))[0];
        return result is { Refusal: Refusal.None, Row: { } row }
            ? Reply.Ok(WorkerView.Of(caller, row, facts.Person, result.Statuses, await WorkerStore.Consents(tx, id), today), row.Version)
            : RegisterWorker.Refuse(caller, result);
    }
}

/// <summary>The worker that a write is about, locked, or why the caller may not change it.</summary>
internal static class Locked
{
    public static async Task<(WorkerRow? Row, Problem? Refusal)> ForChange(Tx tx, Caller caller, Guid id, long? version = null)
    {
        var row = await WorkerStore.Lock(tx, id);
        return row switch
        {
            null => (null, Problem.NotFound()),
            _ when !Sight.Sees(caller, row) => (null, Problem.NotFound()),
            _ when !Sight.Changes(caller, row) => (null, Problem.Forbidden(new Text(
                "只有户籍地一方可以更改此人的档案。", "Only the side of the home changes this record."))),
            { Erased: true } => (null, Erased()),
            { OutReason: DuplicateRow.OutReason } => (null, Merged(await DuplicateRow.MergedInto(tx, id))),
            _ when version is { } seen && seen != row.Version => (null, Problem.StaleVersion()),
            _ => (row, null),
        };
    }

    /// <summary>The record lives on in another.</summary>
    public static Problem Merged(Guid? into) => Problem.Conflict("merged", new Text(
        "这份档案已并入另一份，请打开保留的那一份办理。", "This record was merged into another; open that one.")).With("workerId", into);

    public static Problem Erased() => Problem.Conflict("erased", new Text("此人的个人信息已按要求删除。", "This person's data were erased on request."));
}
