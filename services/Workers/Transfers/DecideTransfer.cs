using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Transfers;

/// <summary>
/// The station of the present home, or the official above it, grants a request or refuses it with a reason; the side that asked may take it back. Granted, the
/// worker's home, station and who answers for the record change in the same moment, and with them who sees it.
/// </summary>
internal static class DecideTransfer
{
    internal sealed record Request(string? Decision, string? Reason = null);

    private static readonly string[] Decisions = [TransferRow.Granted, TransferRow.Refused, TransferRow.Withdrawn];

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/transfers/{id:guid}/decision",
        (Guid id, Request request, HttpContext http, Requests<WorkersService> requests, Sealing sealing, WorkerWriter writer, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request, sealing, writer, time)))
        .Allow(Role.Station, Role.Official).WithName("DecideTransfer").Produces<TransferView>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Request request, Sealing sealing, WorkerWriter writer, TimeProvider time)
    {
        if (await TransferRow.Find(tx, caller, id) is not { } seen || await WorkerStore.Lock(tx, seen.WorkerId) is not { } worker)
        {
            return Problem.NotFound();
        }

        var checks = new Checks();
        if (!Decisions.Contains(request.Decision, StringComparer.Ordinal))
        {
            Note.UnknownWord(checks, "decision", request.Decision, Decisions);
        }

        var refusal = request.Decision == TransferRow.Refused ? checks.Require("reason", request.Reason) : null;
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        var row = (await TransferRow.Find(tx, caller, id))!;
        if (row.State != TransferRow.Open)
        {
            return Problem.Conflict("step-out-of-order", new Text("该申请已有结果。", "The request has its answer already."));
        }

        if (request.Decision == TransferRow.Withdrawn ? !TransferView.MayWithdrawIt(caller, row) : !caller.Covers(worker.HomeDivision))
        {
            return Problem.Forbidden(request.Decision == TransferRow.Withdrawn
                ? new Text("只有申请转入的工作站可以撤回申请。", "Only the station that asked takes the request back.")
                : new Text("由转出地的工作站或其主管部门答复。", "The station of the present home, or the official above it, answers."));
        }

        if (request.Decision == TransferRow.Granted && await Move(tx, caller, row, worker, sealing, writer) is { } obstacle)
        {
            return obstacle;
        }

        var decided = row with { State = request.Decision!, Refusal = refusal, DecidedBy = caller.Name, DecidedAt = time.GetUtcNow() };
        if (!await TransferRow.Decide(tx, decided))
        {
            return Problem.StaleVersion();
        }

        await WorkerStore.InsertSteps(tx, [writer.Step(worker.Id, $"transfer-{decided.State}", caller.Name, detail: row.ToDivision)]);
        var after = (await WorkerStore.Find(tx, worker.Id))!;
        return Reply.Ok(TransferView.Of(caller, decided with { Version = row.Version + 1 }, after, sealing.Open(after)), row.Version + 1);
    }

    private static async Task<Problem?> Move(Tx tx, Caller caller, TransferRow row, WorkerRow worker, Sealing sealing, WorkerWriter writer)
    {
        if (worker.OutReason is not null || sealing.Open(worker) is not { } person)
        {
            return Problem.Conflict("out-of-programme", new Text("此人已退出，不能转移。", "This person has left the programme."));
        }

        // The old address goes with the old home; who enters for the new station answers for the record from now on.
        var facts = WorkerFacts.Of(worker, person with { AddressText = null }) with
        {
            Hukou = DivisionCode.Parse(row.ToHukou),
            AddressDivision = row.ToAddress is { } address ? DivisionCode.Parse(address) : null,
        };
        var change = writer.PrepareChange(caller, worker with { StationId = row.StationId, EnteredBy = row.RequestedBy }, facts);
        await TransferRow.Redirect(tx, row);
        var result = (await writer.Correct(tx, caller, [change]))[0];
        return result.Refusal == Refusal.None ? null : RegisterWorker.Refuse(caller, result);
    }
}
