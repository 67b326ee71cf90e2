using LaborBridge.Persistence;
using LaborBridge.Placements.Copies;
using LaborBridge.Placements.Ledger;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Trips;

/// <summary>
/// The roll call before a trip leaves: who is there has departed (a returning passenger is back on post), who hired did not come has lost the seat to the next on the
/// waitlist, and the manifest is issued anew.
/// </summary>
internal static class CallRoll
{
    internal sealed record Request(IReadOnlyList<Guid> Present, IReadOnlyList<Absentee>? Absent = null, DateOnly? On = null);

    internal sealed record Absentee(Guid PlacementId, string Reason);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/trips/{id:guid}/roll-call",
            (Guid id, Request request, HttpContext http, Requests<PlacementsService> requests, PlacementsOptions options, TimeProvider time) =>
                requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request, options, time)))
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("CallRoll").Produces<TripView>();

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Request request, PlacementsOptions options, TimeProvider time)
    {
        var trip = await TripSight.Find(tx, caller, id);
        var on = request.On ?? trip.DepartsOn;
        var absent = (request.Absent ?? []).ToDictionary(absentee => absentee.PlacementId, absentee => absentee.Reason);
        var named = request.Present.Concat(absent.Keys).ToList();
        var booked = (await Passengers.Of(tx, id)).Where(passenger => passenger.State == "booked").ToDictionary(passenger => passenger.PlacementId);
        if (Check(request, named, booked, on, options.LastDayToRecord(time)) is { } invalid)
            return invalid;

        foreach (var worker in named.Select(placement => booked[placement].WorkerId).Distinct().Order())
            await WorkerCopy.Lock(tx, worker);
        await TripRow.Lock(tx, id);
        var waiting = (await Passengers.Of(tx, id)).Where(passenger => passenger.State == "booked").Select(passenger => passenger.PlacementId).ToHashSet();
        if (!named.TrueForAll(waiting.Contains))
            return Problem.Conflict("roll-called", new Text("名单中有人刚刚已被点名，请刷新后重试。", "Somebody named was called a moment ago; load the trip again."));
        var freed = 0;
        foreach (var placement in named)
        {
            var passenger = booked[placement];
            var row = await PlacementRow.Find(tx, placement) ?? throw new InvalidOperationException($"Passenger {placement} has no placement.");
            var there = !absent.TryGetValue(placement, out var reason);
            if (!there && passenger.Kind == "returning")
            {
                await Passengers.Mark(tx, id, placement, PassengerState.Absent, reason);
                freed++;
                continue;
            }

            var step = new LedgerEntry
            {
                Kind = !there ? EntryKind.NoShow : passenger.Kind == "returning" ? EntryKind.Back : EntryKind.Departed,
                On = on,
                Worker = row.WorkerId,
                Placement = placement,
                Recorder = Sight.Recorder(caller),
                Trip = id,
                Reason = reason,
            };
            var decision = row.ToPlacement().Take(step, row.NearHome);
            if (decision.Refusal is { } refusal)
                return refusal.With("placementId", placement);
            await Moves.Move(tx, time, row, decision.After!, step);
            await Passengers.Mark(tx, id, placement, there ? PassengerState.Present : PassengerState.Absent, reason);
            freed += there ? 0 : 1;
        }

        await TripRow.Move(tx, id, TripState.Departed, freed);
        return Reply.Ok(TripView.Of((await TripRow.Find(tx, id))!));
    }

    static Problem? Check(Request request, List<Guid> named, Dictionary<Guid, PassengerRow> booked, DateOnly on, DateOnly lastDay)
    {
        var checks = new Checks();
        checks.That(named.Count > 0, "present", "required", "请点名。", "Name who is present and who is absent.");
        checks.That(named.Distinct().Count() == named.Count, "present", "duplicate", "同一名乘客出现了两次。", "A passenger is named twice.");
        checks.That(named.All(booked.ContainsKey), "present", "no-passenger", "名单中有人不是这趟行程待点名的乘客。", "Somebody named is no passenger of this trip, or was called before.");
        checks.That((request.Absent ?? []).All(absentee => !string.IsNullOrWhiteSpace(absentee.Reason)), "absent", "required", "请填写未到场的原因。", "Give the reason of each absence.");
        checks.That(on <= lastDay, "on", "in-the-future", "行程尚未到出发日，不能点名。", "The day of departure lies in the future.");
        return checks.Problem;
    }
}
