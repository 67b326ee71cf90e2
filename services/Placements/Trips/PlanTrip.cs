using System.Text.Json;
using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Trips;

/// <summary>Makes up a trip (点对点输送): so many seats, where it goes, when and where people meet, who leads.</summary>
internal static class PlanTrip
{
    internal sealed record Request(TripMode Mode, int Capacity, IReadOnlyList<Leg> Legs, string? Meeting = null, string? Leader = null);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/trips",
            (Request request, HttpContext http, Requests<PlacementsService> requests, TimeProvider time) =>
                requests.Write(http, request, (tx, caller) => Handle(tx, caller, request, time)))
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("PlanTrip").Produces<TripView>(StatusCodes.Status201Created);

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Request request, TimeProvider time)
    {
        if (Check(request) is { } invalid)
            return invalid;
        var departs = request.Legs[0].DepartsAt;
        var trip = new TripRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Mode = Kebab.Of(request.Mode),
            Capacity = request.Capacity,
            Booked = 0,
            State = Kebab.Of(TripState.Planned),
            Legs = JsonSerializer.Serialize(request.Legs, JsonText.Options),
            DepartsAt = departs,
            DepartsOn = ChinaTime.Day(departs),
            Meeting = request.Meeting?.Trim(),
            Leader = request.Leader?.Trim(),
            OwnerDivision = caller.Divisions.Count > 0 ? caller.Divisions[0] : "",
            Issue = 1,
            Version = 1,
        };
        await TripRow.Insert(tx, trip);
        return Reply.Created($"/api/trips/{trip.Id}", TripView.Of(trip), trip.Version);
    }

    static Problem? Check(Request request)
    {
        var checks = new Checks();
        checks.That(request.Capacity is >= 1 and <= 1000, "capacity", "out-of-range", "座位数应为 1 至 1000。", "1 to 1,000 seats.");
        checks.That(request.Legs.Count is >= 1 and <= 10, "legs", "required", "请填写 1 至 10 段行程。", "Give 1 to 10 legs.");
        for (var i = 0; i < Math.Min(request.Legs.Count, 10); i++)
        {
            checks.Require($"legs[{i}].from", request.Legs[i].From);
            checks.Require($"legs[{i}].to", request.Legs[i].To);
            checks.That(i == 0 || request.Legs[i].DepartsAt >= request.Legs[i - 1].DepartsAt, $"legs[{i}].departsAt", "out-of-order", "后一段的出发时间不能早于前一段。", "A later leg cannot depart earlier.");
        }

        checks.Longest("meeting", request.Meeting, 400);
        checks.Longest("leader", request.Leader, 100);
        return checks.Problem;
    }
}
