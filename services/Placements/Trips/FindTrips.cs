using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Trips;

/// <summary>The trips that a caller sees, the newest first; one trip; its manifest (ids and terms: names come from Workers).</summary>
internal static class FindTrips
{
    internal sealed record Manifest(TripView Trip, int Issue, IReadOnlyList<Passenger> Passengers);

    internal sealed record Passenger(
        Guid PlacementId, Guid WorkerId, PassengerKind Kind, PassengerState State, string? Reason, PlacementView.Firm Employer, PlacementView.Place Workplace, string? Home, string? ContractForm);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/trips", (string? state, DateOnly? from, DateOnly? to, HttpContext http, Requests<PlacementsService> requests) =>
                requests.Read(http, (tx, caller) => Handle(tx, caller, state ?? "", from, to, PageRequest.From(http))))
            .Allow(Role.Station, Role.Official, Role.Admin).WithName("FindTrips").Produces<Paged<TripView>>();
        app.MapGet("/api/trips/{id:guid}", (Guid id, HttpContext http, Requests<PlacementsService> requests) =>
                requests.Read(http, async (tx, caller) => await TripSight.Find(tx, caller, id) is var trip ? Reply.Ok(TripView.Of(trip), trip.Version) : Problem.NotFound()))
            .Allow(Role.Station, Role.Official, Role.Admin).WithName("ShowTrip").Produces<TripView>();
        app.MapGet("/api/trips/{id:guid}/manifest", (Guid id, HttpContext http, Requests<PlacementsService> requests) =>
                requests.Read(http, (tx, caller) => ShowManifest(tx, caller, id)))
            .Allow(Role.Station, Role.Official, Role.Admin).WithName("ShowManifest").Produces<Manifest>();
    }

    internal static async Task<Reply> Handle(Tx tx, Caller caller, string state, DateOnly? from, DateOnly? to, PageRequest page)
    {
        var rows = await tx.Query<TripRow>(Find, Sight.Arguments(caller, new
        {
            State = state,
            From = from ?? DateOnly.MinValue,
            To = to ?? DateOnly.MaxValue,
            Before = page.After ?? "~",
            N = page.Take,
        }));
        return Reply.Ok(Paged.From(page, rows, row => row.Id.ToString("D"), TripView.Of));
    }

    internal static async Task<Reply> ShowManifest(Tx tx, Caller caller, Guid id)
    {
        var trip = await TripSight.Find(tx, caller, id);
        var all = caller.Covers(trip.OwnerDivision);
        var placements = (await tx.Query<PlacementRow>(Riding, new { TripId = id })).Where(row => all || Sight.Sees(caller, row)).ToDictionary(row => row.Id);
        var passengers = (await Passengers.Of(tx, id))
            .Where(passenger => placements.ContainsKey(passenger.PlacementId))
            .Select(passenger => (Passenger: passenger, View: PlacementView.Of(placements[passenger.PlacementId])))
            .OrderBy(x => x.View.Employer?.Name, StringComparer.Ordinal).ThenBy(x => x.Passenger.WorkerId)
            .Select(x => new Passenger(
                x.Passenger.PlacementId, x.Passenger.WorkerId, Kebab.Parse<PassengerKind>(x.Passenger.Kind), Kebab.Parse<PassengerState>(x.Passenger.State), x.Passenger.Reason,
                x.View.Employer ?? new PlacementView.Firm(Id: null, Name: null), x.View.Workplace, x.View.Home, x.View.Contract?.Form))
            .ToList();
        return Reply.Ok(new Manifest(TripView.Of(trip), trip.Issue, passengers), trip.Version);
    }

    static readonly Sql Find = Sql.Text(
        $"SELECT {TripRow.Selected} FROM trip t WHERE {TripSight.Where} AND (@State = '' OR t.state = @State) AND t.departs_on >= @From AND t.departs_on <= @To "
        + "AND t.id < @Before ORDER BY t.id DESC {first:@N}");

    static readonly Sql Riding = Sql.Text(
        $"SELECT {PlacementRow.Selected} FROM passenger r JOIN placement p ON p.id = r.placement_id LEFT JOIN worker w ON w.id = p.worker_id "
        + "LEFT JOIN employer e ON e.id = p.employer_id WHERE r.trip_id = @TripId");
}
