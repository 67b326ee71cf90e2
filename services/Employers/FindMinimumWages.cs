using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>The minimum wages that are known, for everybody who signed in: by division, and within one the last first.</summary>
internal static class FindMinimumWages
{
    private static readonly Sql One = Sql.Text($"SELECT {MinimumWageRow.Columns} FROM minimum_wages WHERE id = @Id");

    private static readonly Sql Some = Sql.Text($$"""
        SELECT {{MinimumWageRow.Columns}} FROM minimum_wages
        WHERE (@Lo IS NULL OR division >= @Lo AND division < @Hi) AND (division > @Division OR division = @Division AND from_day < @Before)
        ORDER BY division, from_day DESC {first:@Limit}
        """);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/minimum-wages", (HttpContext http, string? division, Requests<EmployersService> requests) =>
            requests.Read(http, (tx, _) => List(tx, division, PageRequest.From(http))))
        .Allow(Role.Employer, Role.Collector, Role.Station, Role.Official, Role.Admin)
        .WithName("FindMinimumWages");

    internal static Task<MinimumWageRow?> Get(Tx tx, Guid id) => tx.First<MinimumWageRow>(One, new { Id = id });

    private static async Task<Reply> List(Tx tx, string? division, PageRequest page)
    {
        var within = string.IsNullOrWhiteSpace(division) ? null : DivisionCode.TryParse(division, out var code) ? code.ToString() : "~";
        var after = (page.After ?? "|").Split('|', 2);
        var rows = await tx.Query<MinimumWageRow>(Some, new { Lo = within, Hi = within + "~", Division = after[0], Before = after[^1], Limit = page.Take });
        return Reply.Ok(Paged.From(page, rows, row => $"{row.Division}|{row.FromDay:yyyy-MM-dd}", row => row.View()));
    }
}
