using LaborBridge.Persistence;
using LaborBridge.Placements.Copies;
using LaborBridge.Placements.Ledger;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Trips;

/// <summary>Hands the passengers of one firm over to it (抵达交接). A returning passenger has been on post since the departure and is only ticked off.</summary>
internal static class HandOver
{
    internal sealed record Request(Guid EmployerId, IReadOnlyList<Guid> Placements, DateOnly? On = null);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/trips/{id:guid}/handover",
            (Guid id, Request request, HttpContext http, Requests<PlacementsService> requests, PlacementsOptions options, TimeProvider time) =>
                requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request, options, time)))
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("HandOver").Produces<TripView>();

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Request request, PlacementsOptions options, TimeProvider time)
    {
        var trip = await TripSight.Find(tx, caller, id);
        var today = ChinaTime.Today(time);
        var on = request.On ?? (today > trip.DepartsOn ? today : trip.DepartsOn);
        var riding = (await Passengers.Of(tx, id)).Where(passenger => passenger.State == "present").ToDictionary(passenger => passenger.PlacementId);
        var checks = new Checks();
        checks.That(request.Placements.Count > 0, "placements", "required", "请选择交接的人员。", "Name who is handed over.");
        checks.That(request.Placements.Distinct().All(riding.ContainsKey), "placements", "no-passenger", "名单中有人不在这趟车上，或者已经交接。", "Somebody named is not on this trip, or was handed over before.");
        checks.That(on <= options.LastDayToRecord(time), "on", "in-the-future", "日期不能晚于今天。", "The day lies in the future.");
        if (checks.Problem is { } invalid)
            return invalid;

        foreach (var worker in request.Placements.Select(placement => riding[placement].WorkerId).Distinct().Order())
            await WorkerCopy.Lock(tx, worker);
        await TripRow.Lock(tx, id);
        foreach (var placement in request.Placements.Distinct())
        {
            var row = await PlacementRow.Find(tx, placement) ?? throw new InvalidOperationException($"Passenger {placement} has no placement.");
            if (row.EmployerId != request.EmployerId)
                return Problem.Validation("placements", "other-firm", "名单中有人不是这家用人单位录用的。", "Somebody named was hired by another firm.").With("placementId", placement);
            if (riding[placement].Kind == "new" && row.State == "travelling")
            {
                var step = new LedgerEntry { Kind = EntryKind.Arrived, On = on, Worker = row.WorkerId, Placement = placement, Recorder = Sight.Recorder(caller), Trip = id };
                var decision = row.ToPlacement().Take(step, row.NearHome);
                if (decision.Refusal is { } refusal)
                    return refusal.With("placementId", placement);
                await Moves.Move(tx, time, row, decision.After!, step);
            }

            await Passengers.Mark(tx, id, placement, PassengerState.HandedOver);
        }

        var left = (await Passengers.Of(tx, id)).Any(passenger => passenger.State is "present" or "booked");
        await TripRow.Move(tx, id, left ? TripState.Departed : TripState.Arrived, freed: 0);
        return Reply.Ok(TripView.Of((await TripRow.Find(tx, id))!));
    }
}
