using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.Placements.Copies;
using LaborBridge.Placements.Ledger;
using LaborBridge.Placements.Trips;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements;

/// <summary>
/// Records the next step of a placement, a piece of evidence, or a correction. A firm tells only who started, who is still there and who left, of its own people.
/// </summary>
internal static class RecordStep
{
    /// <summary>One step. <paramref name="Evidence"/> is the kind of evidence; <paramref name="Of"/> the ledger position that a correction takes back, <paramref name="Step"/> what stands in for it.</summary>
    internal sealed record Request(
        EntryKind Kind, DateOnly On, string? Form = null, int? Months = null, Guid? TripId = null, bool? Alone = null, string? Reason = null, decimal? MonthlyPay = null,
        DateOnly? Until = null, MonthOfService? Month = null, string? Evidence = null, long? Of = null, Request? Step = null);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/placements/{id:guid}/steps",
            (Guid id, Request request, HttpContext http, Requests<PlacementsService> requests, PlacementsOptions options, TimeProvider time) =>
                requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request, options, time)))
        .Allow(Role.Station, Role.Official, Role.Employer, Role.Admin).WithName("RecordStep").Produces<PlacementView>(StatusCodes.Status201Created);

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Request request, PlacementsOptions options, TimeProvider time)
    {
        if (MayTell(caller, request) is { } forbidden)
            return forbidden;
        if (Check(request, options, options.LastDayToRecord(time)) is { } invalid)
            return invalid;
        var seen = await Sight.Find(tx, caller, id);
        var worker = await WorkerCopy.Lock(tx, seen.WorkerId);
        var row = await Sight.Find(tx, caller, id);
        if (request.Kind == EntryKind.Correction)
            return await CorrectPlacement.Handle(tx, caller, row, request, time);

        var step = ToEntry(request, row, Sight.Recorder(caller));
        var decision = row.ToPlacement().Take(step, row.NearHome);
        if (decision.Refusal is { } refusal)
            return refusal;
        if (step.Kind == EntryKind.Started && await RefuseStart(tx, row, worker, step.On) is { } barred)
            return barred;
        if (step.Trip is { } trip && !await Passengers.Ride(tx, trip, row.Id))
            return Problem.Validation("tripId", "no-passenger", "该人员不在这趟行程的乘客名单上，请先登记为乘客。", "The person is no passenger of this trip; put them on it first.");
        if (step is { Kind: EntryKind.Left or EntryKind.Departed or EntryKind.Back, Trip: null })
            await Passengers.StrikeOff(tx, row.Id, step.Reason);
        var moved = await Moves.Move(tx, time, row, decision.After!, step);
        return Reply.Created($"/api/placements/{id}", PlacementView.Of(moved), moved.Version);
    }

    /// <summary>The entry that a request asks for.</summary>
    internal static LedgerEntry ToEntry(Request request, PlacementRow row, string recorder) => new()
    {
        Kind = request.Kind,
        On = request.On,
        Worker = row.WorkerId,
        Placement = row.Id,
        Recorder = recorder,
        Reason = request.Reason?.Trim(),
        Form = request.Kind == EntryKind.Contract ? request.Form : null,
        Months = request.Kind == EntryKind.Contract ? request.Months : null,
        PayFen = request.Kind == EntryKind.Started && request.MonthlyPay is { } pay ? Money.FromYuan(pay).Fen : null,
        Trip = request.Kind is EntryKind.Departed or EntryKind.Back ? request.TripId : null,
        Alone = request.Kind == EntryKind.Departed && request.TripId is null ? true : null,
        Until = request.Kind == EntryKind.Leave ? request.Until : null,
        Month = request.Kind == EntryKind.Evidence ? request.Month?.Of(row.FirstDay ?? request.On) : null,
        Evidence = request.Kind == EntryKind.Evidence ? request.Evidence : null,
    };

    static async Task<Problem?> RefuseStart(Tx tx, PlacementRow row, WorkerCopy worker, DateOnly first) =>
        worker.BirthYear is { } birth && first.Year - birth < LegalAge.Work
            ? Problem.Unprocessable("under-16", new Text("未满 16 周岁，不得介绍或登记就业。", "Nobody under 16 may be introduced to or recorded in work."))
            : Overlap.OnStart(await PlacementRow.OfWorker(tx, row.WorkerId), row.Id, first);

    static Problem? MayTell(Caller caller, Request request) => caller.Role != Role.Employer
        || request.Kind is EntryKind.Started or EntryKind.Left
        || request is { Kind: EntryKind.Evidence, Evidence: "firm" }
            ? null
            : Problem.Forbidden(new Text("用人单位只能登记本单位人员的上岗、在岗确认（凭证种类 firm）和离岗，其他步骤由劳务工作站登记。",
                "A firm records who started, who is still there (evidence firm) and who left; the stations record the rest."));

    static Problem? Check(Request request, PlacementsOptions options, DateOnly lastDay)
    {
        var checks = new Checks();
        checks.That(request.Kind is not (EntryKind.Opened or EntryKind.NoShow or EntryKind.Worker or EntryKind.Employer or EntryKind.Training), "kind", "unknown-value",
            "没有这个步骤。", "No such step.");
        checks.That(request.On <= lastDay, "on", "in-the-future", $"日期不能晚于 {lastDay:yyyy-MM-dd}。", $"The day cannot be after {lastDay:yyyy-MM-dd}.");
        checks.Longest("reason", request.Reason, 200);
        checks.That(request.MonthlyPay is null || Money.TryFromYuan(request.MonthlyPay.Value, out _), "monthlyPay", "too-precise", "金额最多两位小数。", "At most two decimals.");
        checks.That(request.Kind != EntryKind.Leave || request.Until is not { } until || until.DayNumber - request.On.DayNumber < options.LongestLeave, "until", "out-of-range",
            $"休假最长 {options.LongestLeave} 天；更久的请登记“离岗”。", $"A leave is at most {options.LongestLeave} days; record “left” for longer.");
        checks.That(request.Kind != EntryKind.Correction || (request.Of is > 0 && !string.IsNullOrWhiteSpace(request.Reason)), "of", "required",
            "更正需要写明被更正条目的账页号（of）和原因（reason）。", "A correction names the entry’s ledger position (of) and a reason.");
        checks.That(request.Step is null || request is { Kind: EntryKind.Correction, Step.Kind: not EntryKind.Correction }, "step", "unknown-value",
            "只有更正可以带替代步骤，且替代步骤本身不能是更正。", "Only a correction carries a step in place of the old one, and that is no correction itself.");
        if (request.Step is { } instead && Check(instead, options, lastDay) is { } inner)
        {
            foreach (var error in inner.Errors)
                checks.Add(error with { Field = "step." + error.Field });
        }

        return checks.Problem;
    }
}
