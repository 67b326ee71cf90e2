using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Stations;

/// <summary>Who enters for a station, collectors and clerks, by account: how many records, and when last.</summary>
internal static class FindCollectors
{
    private static readonly Sql SelectCollectors = Sql.Text("""
        SELECT entered_by AS account, COUNT(*) AS workers, MAX(entered_at) AS last_entered_at FROM workers
        WHERE station_id = @Station AND entered_by > @After GROUP BY entered_by ORDER BY entered_by {first:@Take}
        """);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/stations/{id:guid}/collectors",
        (Guid id, HttpContext http, Requests<WorkersService> requests) => requests.Read(http, (tx, caller) => Handle(tx, caller, id, PageRequest.From(http))))
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("FindCollectors").Produces<Paged<Collector>>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, PageRequest page)
    {
        if (await FindStations.Find(tx, id) is not { } station || !caller.Covers(station.Division))
        {
            return Problem.NotFound();
        }

        var rows = await tx.Query<Collector>(SelectCollectors, new { Station = id, After = page.After ?? "", page.Take });
        return Reply.Ok(Paged.From(page, rows, row => row.Account, row => row));
    }

    internal sealed class Collector
    {
        public required string Account { get; init; }
        public required long Workers { get; init; }
        public required DateTimeOffset LastEnteredAt { get; init; }
    }
}
