using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Stations;

/// <summary>Adds a labour station of a division: sending in Ningxia, receiving in Fujian.</summary>
internal static class AddStation
{
    internal sealed record Request(string? Name, string? Side, string? Division, string? Kind = null, Guid? Parent = null);

    private static readonly Sql Insert = Sql.Insert("stations", "id, name, side, division, kind, parent_id, version, added_by, added_at");

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

        if (request.Kind is not null && !Kebab.TryParse<StationKind>(request.Kind, out _))
        {
            Note.UnknownWord(checks, "kind", request.Kind, Kebab.All<StationKind>());
        }

        checks.That(request.Kind is null || (request.Kind == Kebab.Of(StationKind.InFujian)) == (request.Side == Kebab.Of(Side.Receiving)), "kind", "kind-contradicts-side",
            "驻闽工作站在接收一方（receiving），县、乡镇、村的在输出一方（sending）。", "in-fujian stands on the receiving side; county, town and village on the sending side.");
        var parent = request.Parent is { } above ? await FindStations.Find(tx, above) : null;
        checks.That(request.Parent is null || (parent is not null && request.Division?.StartsWith(parent.Division, StringComparison.Ordinal) == true), "parent", "parent-unknown",
            "上级工作站不存在，或其区划不包含本站。", "There is no such station above, or its division does not cover this one's.");
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
            Id = Guid.CreateVersion7(now), Name = name, Side = request.Side!, Division = division.ToString(),
            Kind = request.Kind ?? Kebab.Of(KindOf(request.Side!, division)), ParentId = request.Parent, Version = 1, AddedBy = caller.Subject, AddedAt = now,
        };
        await tx.Execute(Insert, row);
        return Reply.Created($"/api/stations/{row.Id}", StationView.Of(row), row.Version);
    }

    // Who does not say the kind gets the one of the division.
    private static StationKind KindOf(string side, DivisionCode division) => side == Kebab.Of(Side.Receiving) ? StationKind.InFujian : division.Level switch
    {
        DivisionLevel.Village => StationKind.Village,
        DivisionLevel.Town => StationKind.Town,
        DivisionLevel.Province or DivisionLevel.Prefecture or DivisionLevel.County => StationKind.County,
        _ => throw new ArgumentOutOfRangeException(nameof(division)),
    };
}

/// <summary>Which side of the cooperation a station serves.</summary>
internal enum Side
{
    Sending,
    Receiving,
}

/// <summary>What a station is.</summary>
internal enum StationKind
{
    [Word("县级劳务工作站", "county station")]
    County,
    [Word("乡镇劳务工作站", "town station")]
    Town,
    [Word("村级劳务服务点", "village service point")]
    Village,
    [Word("驻闽劳务工作站", "station in Fujian")]
    InFujian,
}

internal sealed record StationRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Side { get; init; }
    public required string Division { get; init; }
    public string? Kind { get; init; }
    public Guid? ParentId { get; init; }
    public required long Version { get; init; }
    public required string AddedBy { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
}

/// <summary>A station as answered.</summary>
internal sealed record StationView(Guid Id, long Version, string Name, string Side, string Division, string? DivisionName, string? Kind, Guid? Parent)
{
    public static StationView Of(StationRow row) => new(row.Id, row.Version, row.Name, row.Side, row.Division, Divisions.FullName(DivisionCode.Parse(row.Division)), row.Kind, row.ParentId);
}
