using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Stations;

/// <summary>The stations of both sides: everybody who signed in may know them.</summary>
internal static class FindStations
{
    private static readonly Sql SelectAll = Sql.Text("""
        SELECT id, name, side, division, kind, parent_id, version, added_by, added_at FROM stations
        WHERE id > @After AND (@Side = '' OR side = @Side) AND (@Kind = '' OR kind = @Kind) ORDER BY id {first:@Take}
        """);

    private static readonly Sql SelectOne = Sql.Text("SELECT id, name, side, division, kind, parent_id, version, added_by, added_at FROM stations WHERE id = @Id");

    private static readonly Role[] Everybody = [Role.Collector, Role.Station, Role.Employer, Role.Official, Role.Admin];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/stations", (HttpContext http, Requests<WorkersService> requests, string? side = null, string? kind = null) =>
            requests.Read(http, (tx, _) => Handle(tx, side, kind, PageRequest.From(http)))).Allow(Everybody).WithName("FindStations").Produces<Paged<StationView>>();
        app.MapGet("/api/stations/{id:guid}", (Guid id, HttpContext http, Requests<WorkersService> requests) =>
            requests.Read(http, (tx, _) => HandleOne(tx, id))).Allow(Everybody).WithName("ShowStation").Produces<StationView>();
    }

    public static async Task<Reply> Handle(Tx tx, string? side, string? kind, PageRequest page)
    {
        var rows = await tx.Query<StationRow>(SelectAll, new { After = page.After ?? "", Side = side ?? "", Kind = kind ?? "", page.Take });
        return Reply.Ok(Paged.From(page, rows, row => row.Id.ToString("D"), StationView.Of));
    }

    public static async Task<Reply> HandleOne(Tx tx, Guid id) =>
        await Find(tx, id) is { } row ? Reply.Ok(StationView.Of(row), row.Version) : Problem.NotFound();

    public static Task<StationRow?> Find(Tx tx, Guid id) => tx.First<StationRow>(SelectOne, new { Id = id });
}
