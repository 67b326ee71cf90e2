using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>Firms in the caller's sight: a firm sees itself, an official the sites of his divisions, a sending station those that are approved.</summary>
internal static class FindEmployers
{
    private static readonly Sql One = Sql.Text($"SELECT {EmployerRow.Columns} FROM employers WHERE id = @Id");

    private static readonly Sql Some = Sql.Text($$"""
        SELECT {{EmployerRow.Columns}} FROM employers
        WHERE id > @After AND (@State = '' OR state = @State) AND (@Name = '' OR name LIKE @Name ESCAPE '!')
            AND (@OwnOnly = 0 OR id = @Own)
            AND (@Approved = 1 AND state = 'approved' OR {{ScopeRanges.Where("site_division")}})
        ORDER BY id {first:@Limit}
        """);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/employers", (HttpContext http, string? q, string? state, Requests<EmployersService> requests, KeyRing keys) =>
                requests.Read(http, (tx, caller) => List(tx, caller, q, state, PageRequest.From(http), keys)))
            .Allow(Role.Employer, Role.Collector, Role.Station, Role.Official, Role.Admin)
            .WithName("FindEmployers");
        app.MapGet("/api/employers/{id:guid}", (Guid id, HttpContext http, Requests<EmployersService> requests, KeyRing keys) =>
                requests.Read(http, async (tx, caller) => await Get(tx, id) is { } row && MaySee(caller, row)
                    ? Reply.Ok(row.View(keys, MayWorkWith(caller, row)), row.Version)
                    : Problem.NotFound()))
            .Allow(Role.Employer, Role.Collector, Role.Station, Role.Official, Role.Admin)
            .WithName("GetEmployer");
    }

    internal static Task<EmployerRow?> Get(Tx tx, Guid id) => tx.First<EmployerRow>(One, new { Id = id });

    /// <summary>Whether the caller acts for the firm or oversees it.</summary>
    internal static bool MayWorkWith(Caller caller, EmployerRow row) => caller.Role switch
    {
        Role.Employer => caller.Employer == row.Id,
        Role.Station or Role.Official => caller.Covers(row.SiteDivision),
        Role.Admin or Role.System => true,
        Role.Collector => false,
        _ => false,
    };

    /// <summary>Whether the caller may know of the firm.</summary>
    internal static bool MaySee(Caller caller, EmployerRow row) =>
        MayWorkWith(caller, row) || (caller.Role is Role.Collector or Role.Station or Role.Official && row.State == Employer.Approved);

    private static async Task<Reply> List(Tx tx, Caller caller, string? q, string? state, PageRequest page, KeyRing keys)
    {
        var rows = await tx.Query<EmployerRow>(Some, Args.With(caller.Scope, new
        {
            After = page.After ?? "",
            State = state?.Trim() ?? "",
            Name = Like.Contains(q) ?? "",
            OwnOnly = caller.Role == Role.Employer,
            Own = caller.Employer ?? Guid.Empty,
            Approved = caller.Role is not Role.Admin,
            Limit = page.Take,
        }));
        return Reply.Ok(Paged.From(page, rows, row => row.Id.ToString(), row => row.View(keys, MayWorkWith(caller, row))));
    }
}
