using System.Text.Json;
using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Trips;

/// <summary>How a trip goes.</summary>
internal enum TripMode
{
    [Word("大巴", "coach")]
    Coach,

    [Word("火车", "train")]
    Train,

    [Word("包机", "flight")]
    Flight,
}

/// <summary>Where a trip stands.</summary>
internal enum TripState
{
    Planned,
    Departed,
    Arrived,
}

/// <summary>A part of the way.</summary>
internal sealed record Leg(string From, string To, DateTimeOffset DepartsAt);

/// <summary>A trip as stored.</summary>
internal sealed class TripRow
{
    public required Guid Id { get; init; }

    public required string Mode { get; init; }

    public required int Capacity { get; init; }

    public required int Booked { get; init; }

    public required string State { get; init; }

    public required string Legs { get; init; }

    public required DateTimeOffset DepartsAt { get; init; }

    public required DateOnly DepartsOn { get; init; }

    public string? Meeting { get; init; }

    public string? Leader { get; init; }

    /// <summary>The division of the office that made the trip up.</summary>
    public required string OwnerDivision { get; init; }

    /// <summary>Number of the manifest's issue: one more with each change of passengers.</summary>
    public required int Issue { get; init; }

    public required long Version { get; init; }

    public const string Selected = "t.id, t.mode, t.capacity, t.booked, t.state, t.legs, t.departs_at, t.departs_on, t.meeting, t.leader, t.owner_division, t.issue, t.version";

    public static Task<TripRow?> Find(Tx tx, Guid id) => tx.First<TripRow>(FindOne, new { Id = id });

    /// <summary>The trip's row, locked: after the workers' rows, before the ledger.</summary>
    public static Task<TripRow?> Lock(Tx tx, Guid id) => tx.First<TripRow>(LockOne, new { Id = id });

    public static Task Insert(Tx tx, TripRow trip) => tx.Execute(InsertOne, trip);

    public static Task<int> Move(Tx tx, Guid id, TripState state, int freed) => tx.Execute(MoveOne, new { Id = id, State = Kebab.Of(state), Freed = freed });

    static readonly Sql FindOne = Sql.Text($"SELECT {Selected} FROM trip t WHERE t.id = @Id");

    static readonly Sql LockOne = Sql.Text($"SELECT {Selected} FROM trip t {{lock}} WHERE t.id = @Id {{for update}}");

    static readonly Sql InsertOne = Sql.Insert("trip", "id, mode, capacity, booked, state, legs, departs_at, departs_on, meeting, leader, owner_division, issue, version");

    static readonly Sql MoveOne = Sql.Text("UPDATE trip SET state = @State, booked = booked - @Freed, issue = issue + CASE WHEN @Freed > 0 THEN 1 ELSE 0 END, version = version + 1 WHERE id = @Id");
}

/// <summary>A trip as the HTTP contract shows it.</summary>
internal sealed record TripView(
    Guid Id, long Version, TripMode Mode, int Capacity, int Booked, int Free, TripState State, IReadOnlyList<Leg> Legs, DateTimeOffset DepartsAt, DateOnly DepartsOn, string? Meeting,
    string? Leader, string Division, int Issue)
{
    public static TripView Of(TripRow row) => new(
        row.Id, row.Version, Kebab.Parse<TripMode>(row.Mode), row.Capacity, row.Booked, row.Capacity - row.Booked, Kebab.Parse<TripState>(row.State),
        JsonSerializer.Deserialize<List<Leg>>(row.Legs, JsonText.Options)!, row.DepartsAt, row.DepartsOn, row.Meeting, row.Leader, row.OwnerDivision, row.Issue);
}
