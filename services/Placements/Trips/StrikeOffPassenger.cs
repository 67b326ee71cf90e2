using LaborBridge.Persistence;
using LaborBridge.Placements.Copies;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Trips;

/// <summary>Takes somebody off a trip before the roll call; the seat is free again, the placement stays as it is. <c>If-Match</c> takes the trip's version.</summary>
internal static class StrikeOffPassenger
{
    public static void Map(IEndpointRouteBuilder app) => app.MapDelete("/api/trips/{id:guid}/passengers/{placementId:guid}",
            (Guid id, Guid placementId, HttpContext http, Requests<PlacementsService> requests) =>
                requests.Write(http, new { id, placementId }, (tx, caller) => Handle(tx, caller, id, placementId, http.IfMatch())))
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("StrikeOffPassenger").Produces<TripView>();

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Guid placementId, long version)
    {
        await TripSight.Find(tx, caller, id);
        var row = await Sight.Find(tx, caller, placementId);
        await WorkerCopy.Lock(tx, row.WorkerId);
        var trip = await TripRow.Lock(tx, id);
        if (trip!.Version != version)
            return Problem.StaleVersion();
        if (!(await Passengers.Of(tx, id)).Exists(passenger => passenger.PlacementId == placementId && passenger.State == "booked"))
            return Problem.NotFound(new Text("该人员不在这趟行程待点名的名单上。", "The person does not wait for this trip."));
        await Passengers.StrikeOff(tx, placementId, reason: null);
        var after = TripView.Of((await TripRow.Find(tx, id))!);
        return Reply.Ok(after, after.Version);
    }
}
