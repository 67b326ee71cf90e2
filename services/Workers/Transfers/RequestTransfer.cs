using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Duplicates;

namespace LaborBridge.Workers.Transfers;

/// <summary>
/// Asks the station of a worker's home to hand him over (转入申请, domain.md 8). The station that asks has him before it, with his card: it names him by ID and
/// name and is told nothing of the record until it is granted.
/// </summary>
internal static class RequestTransfer
{
    internal sealed record Request(string? ResidentId, string? Name, string? Hukou, string? AddressDivision = null, string? Reason = null)
    {
        /// <summary>Nothing of what was sent: it may reach a log.</summary>
        public override string ToString() => nameof(Request);
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/transfers",
        (Request request, HttpContext http, Requests<WorkersService> requests, Sealing sealing, WorkerWriter writer, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, request, sealing, writer, time)))
        .Allow(Role.Station).WithName("RequestTransfer").Produces<TransferView>(StatusCodes.Status201Created);

    public static async Task<Reply> Handle(Tx tx, Caller caller, Request request, Sealing sealing, WorkerWriter writer, TimeProvider time)
    {
        var checks = new Checks();
        if (!ResidentId.TryParse(request.ResidentId, out var id, out var error))
        {
            checks.Add(Refused.ResidentId("residentId", error));
        }

        var name = checks.Require("name", request.Name, longest: 50);
        var reason = checks.Require("reason", request.Reason);
        var hukou = Division(checks, "hukou", request.Hukou);
        checks.That(hukou is null || hukou.Value.Level >= DivisionLevel.County, "hukou", "division-too-coarse", "转入地至少要填到县（6 位代码）。", "Give the new home down to the county (6 digits) at least.");
        var address = request.AddressDivision is { Length: > 0 } ? Division(checks, "addressDivision", request.AddressDivision) : null;
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        var home = Worker.Home(hukou!.Value, address);
        if (!caller.Covers(home.ToString()))
        {
            return Problem.Forbidden(new Text("转入地不在您的管辖范围内，请由转入地的工作站申请。", "The new home lies outside your divisions; its own station asks."));
        }

        if (await Person(tx, sealing, id, name) is not { } worker)
        {
            return Problem.NotFound(new Text(
                "没有与此姓名和证件号码相符的登记。请核对证件；未登记过的，请直接登记。", "Nobody is registered under this name and ID. Check the card; who was never registered is registered here."));
        }

        if (Sight.Changes(caller, worker))
        {
            return Problem.Conflict("already-here", new Text("此人已在您的管辖范围内，请打开已有档案更正住址。", "This person is yours already; open the record and correct the home.")).With("workerId", worker.Id);
        }

        if ((await TransferRow.OpenOf(tx, worker.Id)).Exists(other => caller.Covers(other.ToDivision)))
        {
            return Problem.Conflict("already-requested", new Text("已提交过转入申请，请等待转出地答复。", "You have asked already; wait for the answer."));
        }

        var now = time.GetUtcNow();
        var row = new TransferRow
        {
            Id = Guid.CreateVersion7(now), Version = 1, State = TransferRow.Open, WorkerId = worker.Id, FromDivision = worker.HomeDivision, ToHukou = hukou.Value.ToString(),
            ToAddress = address?.ToString(), ToDivision = home.ToString(), Reason = reason, StationId = caller.Station, RequestedBy = caller.Subject, RequesterName = caller.Name, RequestedAt = now,
        };
        await TransferRow.Insert(tx, row);
        await WorkerStore.InsertSteps(tx, [writer.Step(worker.Id, "transfer-requested", caller.Name, detail: row.ToDivision)]);
        return Reply.Created($"/api/transfers/{row.Id}", TransferView.Of(caller, row, worker, sealing.Open(worker)), row.Version);
    }

    // The name must fit the ID, or the answer would tell who is registered.
    private static async Task<WorkerRow?> Person(Tx tx, Sealing sealing, ResidentId id, string name)
    {
        var found = (await WorkerStore.FindByIdHash(tx, [sealing.IdHash(id)])).Values.FirstOrDefault();
        var merged = found?.OutReason == DuplicateRow.OutReason ? await DuplicateRow.MergedInto(tx, found.Id) : null;
        return found is null || found.NameHash != sealing.NameHash(name) ? null : await WorkerStore.Lock(tx, merged ?? found.Id);
    }

    private static DivisionCode? Division(Checks checks, string field, string? text)
    {
        if (DivisionCode.TryParse(text, out var code) && Divisions.Exists(code))
        {
            return code;
        }

        Note.UnknownDivision(checks, field, text);
        return null;
    }
}
