using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.Placements.Copies;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Trips;

/// <summary>Puts somebody on a trip, hired people and such as return to their post (返岗) alike. The seat is taken by one conditional update, so no trip is overbooked.</summary>
internal static class BookPassenger
{
    internal sealed record Request(Guid PlacementId, PassengerKind Kind);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/trips/{id:guid}/passengers",
            (Guid id, Request request, HttpContext http, Requests<PlacementsService> requests) =>
                requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request)))
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("BookPassenger").Produces<TripView>(StatusCodes.Status201Created);

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Request request)
    {
        var trip = await TripSight.Find(tx, caller, id);
        var seen = await Sight.Find(tx, caller, request.PlacementId);
        await WorkerCopy.Lock(tx, seen.WorkerId);
        var row = await Sight.Find(tx, caller, request.PlacementId);
        if (WrongState(row, request.Kind) is { } wrong)
            return wrong;
        if (trip.State != "planned")
            return Problem.Conflict("trip-departed", new Text("这趟行程已经出发，不能再增加乘客。", "The trip has departed; nobody can join it."));
        if (await tx.First<PassengerRow>(FindBooking, new { request.PlacementId }) is { } booked)
            return Problem.Conflict("already-booked", new Text("该人员已在一趟尚未出发的行程上。", "The person is on a trip that has not departed yet.")).With("tripId", booked.TripId);
        if (await tx.Execute(TakeSeat, new { Id = id }) == 0)
            return Problem.Conflict("seat-taken", new Text($"这趟行程的 {trip.Capacity} 个座位已满。", $"All {trip.Capacity} seats of the trip are taken."));

        await tx.Execute(Insert, new { TripId = id, request.PlacementId, row.WorkerId, Kind = Kebab.Of(request.Kind), State = "booked" });
        return Reply.Created($"/api/trips/{id}", TripView.Of((await TripRow.Find(tx, id))!));
    }

    static Problem? WrongState(PlacementRow row, PassengerKind kind)
    {
        var fits = kind == PassengerKind.New
            ? !row.NearHome && row.State is "hired" or "contracted"
            : row.State is "on-leave";
        if (fits)
            return null;
        return Problem.Conflict("step-out-of-order", kind == PassengerKind.New
            ? new Text("只有已录用、尚未出发、且工作地点不在家乡的人员可以登记为新输转乘客。", "A new passenger is hired, has not departed, and does not work near home.")
            : new Text("返岗乘客应处于“休假”状态，请先登记休假。", "A returning passenger is on leave: record the leave first.")).With("state", row.State);
    }

    static readonly Sql FindBooking = Sql.Text(
        "SELECT trip_id, placement_id, worker_id, kind, state, reason FROM passenger WHERE placement_id = @PlacementId AND state = 'booked'");

    static readonly Sql TakeSeat = Sql.Text("UPDATE trip SET booked = booked + 1, issue = issue + 1, version = version + 1 WHERE id = @Id AND state = 'planned' AND booked < capacity");

    // Somebody struck off before may be put on again.
    static readonly Sql Insert = Sql.Upsert("passenger", "trip_id, placement_id", "worker_id, kind, state");
}
