using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Stations;

/// <summary>Adds a labour station of a division: sending in Ningxia, receiving in Fujian.</summary>
internal static class AddStation
{
    internal sealed record Request(string? Name, string? Side, string? Division);

    private static readonly Sql Insert = Sql.Insert("stations", "id, name, side, division, version, added_by, added_at");

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/stations",
        (Request request, HttpContext http, Requests<WorkersService> requests, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, request, time)))
        .Allow(Role.Official, Role.Admin).WithName("AddStation").Produces<StationView>(StatusCodes.Status201Created);

    public static async Task<Reply> Handle(Tx tx, Caller caller, Request request, TimeProvider time)
    {
        var checks = new Checks();
        var name = checks.Require("name", request.Name, longest: 100);
        if (!Kebab.TryParse<Side>(request.Side, out _))
        {
            Note.UnknownWord(checks, "side", request.Side, Kebab.All<Side>());
        }

        if (!DivisionCode.TryParse(request.Division, out var division) || !Divisions.Exists(division))
        {
            Note.UnknownDivision(checks, "division", request.Division);
        }

        if (checks.Problem is { } problem)
        {
            return problem;
        }

        if (!caller.Covers(division.ToString()))
        {
            return Problem.Forbidden();
        }

        var now = time.GetUtcNow();
        var row = new StationRow
        {
            Id = Guid.CreateVersion7(now), Name = name, Side = request.Side!, Division = division.ToString(), Version = 1, AddedBy = caller.Subject, AddedAt = now,
        };
        await tx.Execute(Insert, row);
        return Reply.Created($"/api/stations/{row.Id}", StationView.Of(row), row.Version);
    }
}

/// <summary>Which side of the cooperation a station serves.</summary>
internal enum Side
{
    Sending,
    Receiving,
}

internal sealed record StationRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Side { get; init; }
    public required string Division { get; init; }
    public required long Version { get; init; }
    public required string AddedBy { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
}

/// <summary>A station as answered.</summary>
internal sealed record StationView(Guid Id, long Version, string Name, string Side, string Division, string? DivisionName)
{
    public static StationView Of(StationRow row) => new(row.Id, row.Version, row.Name, row.Side, row.Division, Divisions.FullName(DivisionCode.Parse(row.Division)));
}
