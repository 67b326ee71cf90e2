using LaborBridge.Persistence;

namespace LaborBridge.Placements.Trips;

/// <summary>On the way into a new placement, or back to a running one.</summary>
internal enum PassengerKind
{
    New,
    Returning,
}

/// <summary>Where a passenger stands.</summary>
internal enum PassengerState
{
    Booked,
    Present,
    Absent,
    HandedOver,
}

/// <summary>A passenger as stored.</summary>
internal sealed class PassengerRow
{
    public required Guid TripId { get; init; }

    public required Guid PlacementId { get; init; }

    public required Guid WorkerId { get; init; }

    public required string Kind { get; init; }

    public required string State { get; init; }

    public string? Reason { get; init; }
}

/// <summary>The passengers of trips.</summary>
internal static class Passengers
{
    public static Task<List<PassengerRow>> Of(Tx tx, Guid trip) => tx.Query<PassengerRow>(OfTrip, new { TripId = trip });

    /// <summary>A passenger got on without a roll call; false when the person is not booked.</summary>
    public static async Task<bool> Ride(Tx tx, Guid trip, Guid placement) => await tx.Execute(MarkPresent, new { TripId = trip, PlacementId = placement }) > 0;

    public static Task Mark(Tx tx, Guid trip, Guid placement, PassengerState state, string? reason = null) =>
        tx.Execute(MarkOne, new { TripId = trip, PlacementId = placement, State = Domain.Kebab.Of(state), Reason = reason });

    /// <summary>Somebody who is not going, or goes another way, gives up the seat on a trip that was not called yet.</summary>
    public static async Task StrikeOff(Tx tx, Guid placement, string? reason)
    {
        foreach (var booking in await tx.Query<PassengerRow>(Bookings, new { PlacementId = placement }))
        {
            await Mark(tx, booking.TripId, placement, PassengerState.Absent, reason);
            await tx.Execute(FreeSeat, new { Id = booking.TripId });
        }
    }

    static readonly Sql Bookings = Sql.Text("SELECT trip_id, placement_id, worker_id, kind, state, reason FROM passenger WHERE placement_id = @PlacementId AND state = 'booked'");

    static readonly Sql FreeSeat = Sql.Text("UPDATE trip SET booked = booked - 1, issue = issue + 1, version = version + 1 WHERE id = @Id");

    static readonly Sql OfTrip = Sql.Text("SELECT trip_id, placement_id, worker_id, kind, state, reason FROM passenger WHERE trip_id = @TripId ORDER BY worker_id");

    static readonly Sql MarkPresent = Sql.Text("UPDATE passenger SET state = 'present' WHERE trip_id = @TripId AND placement_id = @PlacementId AND state = 'booked'");

    static readonly Sql MarkOne = Sql.Text("UPDATE passenger SET state = @State, reason = @Reason WHERE trip_id = @TripId AND placement_id = @PlacementId");
}
