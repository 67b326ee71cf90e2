using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Trips;

/// <summary>Who sees a trip: the office that made it up, and whoever sees one of its passengers.</summary>
internal static class TripSight
{
    /// <summary>As a condition of SQL over <c>trip t</c>; arguments by <see cref="Sight.Arguments"/>.</summary>
    public static readonly string Where =
        $"({ScopeRanges.Where("t.owner_division")} OR EXISTS (SELECT 1 FROM passenger r JOIN placement p ON p.id = r.placement_id LEFT JOIN worker w ON w.id = p.worker_id "
        + $"WHERE r.trip_id = t.id AND {Sight.Where}))";

    /// <summary>Finds a trip that the caller sees.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public static async Task<TripRow> Find(Tx tx, Caller caller, Guid id) =>
        await tx.First<TripRow>(FindOne, Sight.Arguments(caller, new { Id = id })) ?? throw new ProblemException(Problem.NotFound());

    static readonly Sql FindOne = Sql.Text($"SELECT {TripRow.Selected} FROM trip t WHERE t.id = @Id AND {Where}");
}
