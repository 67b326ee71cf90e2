using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// Takes somebody out of the programme who moved away, died or asked to be left out (domain.md 3), and brings back who was taken out by mistake or comes again.
/// The record stays; nobody proposes, calls or shows the person to firms meanwhile. Not while a spell of work runs: that ends first, with its own reason.
/// </summary>
internal static class LeaveProgramme
{
    private static readonly string[] Reasons = ["moved-away", "deceased", "own-wish"];

    internal sealed record Request(string? Reason, DateOnly? On = null);

    internal sealed record Plain;

    /// <summary>How the worker stands now; names are kept out of answers that are stored for repeated requests.</summary>
    internal sealed record Standing(Guid Id, long Version, string Status, string? OutReason);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/workers/{id:guid}/leaving", (Guid id, Request request, HttpContext http, Requests<WorkersService> requests, WorkerWriter writer, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Leave(tx, caller, id, request, writer, time)))
            .Allow(Role.Station, Role.Official).WithName("LeaveProgramme").Produces<Standing>();
        app.MapPost("/api/workers/{id:guid}/return", (Guid id, Plain request, HttpContext http, Requests<WorkersService> requests, WorkerWriter writer) =>
            requests.Write(http, request, (tx, caller) => Return(tx, caller, id, writer)))
            .Allow(Role.Station, Role.Official).WithName("ReturnToProgramme").Produces<Standing>();
    }

    public static async Task<Reply> Leave(Tx tx, Caller caller, Guid id, Request request, WorkerWriter writer, TimeProvider time)
    {
        var (before, refusal) = await Locked.ForChange(tx, caller, id);
        if (before is null)
        {
            return refusal!;
        }

        var checks = new Checks();
        if (!Reasons.Contains(request.Reason, StringComparer.Ordinal))
        {
            Note.UnknownWord(checks, "reason", request.Reason, Reasons);
        }

        checks.That(request.On is not { } on || on <= ChinaTime.Today(time), "on", "in-the-future", "退出日期不能晚于今天。", "The day cannot lie in the future.");
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        if (before.OutReason is not null)
        {
            return Problem.Conflict("step-out-of-order", new Text("此人已经退出；原因填错的，请先恢复再重新办理。", "This person has left already; to change the reason bring them back first."));
        }

        if (Worker.IsWorking(before.Status))
        {
            return Problem.Conflict("placement-running", new Text(
                "此人正在务工，请先在务工记录中登记离岗，再办理退出。", "A spell of work is running: record its end first, then take the person out."));
        }

        await WorkerStore.InsertSteps(tx, [writer.Step(id, $"out-{request.Reason}", caller.Name, request.On)]);
        return Of(await writer.Settle(tx, before, before with { OutReason = request.Reason, Version = before.Version + 1 }));
    }

    public static async Task<Reply> Return(Tx tx, Caller caller, Guid id, WorkerWriter writer)
    {
        var (before, refusal) = await Locked.ForChange(tx, caller, id);
        if (before is null)
        {
            return refusal!;
        }

        if (before.OutReason is null)
        {
            return Problem.Conflict("step-out-of-order", new Text("此人没有退出，不需要恢复。", "This person has not left."));
        }

        await WorkerStore.InsertSteps(tx, [writer.Step(id, "back-in", caller.Name)]);
        await writer.Settle(tx, before, before with { OutReason = null, Version = before.Version + 1 });
        // Work that others reported meanwhile counts from now on.
        await FollowPlacements.Settle(tx, id);
        return Of((await WorkerStore.Find(tx, id))!);
    }

    private static Reply Of(WorkerRow row) => Reply.Ok(new Standing(row.Id, row.Version, row.Status, row.OutReason), row.Version);
}
