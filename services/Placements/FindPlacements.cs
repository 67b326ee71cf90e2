using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements;

/// <summary>The placements that a caller sees, newest first, by worker, firm, posting, state, trip.</summary>
internal static class FindPlacements
{
    internal sealed record Filter(Guid? Worker = null, Guid? Employer = null, Guid? Posting = null, PlacementState? State = null, Guid? Trip = null, bool? Running = null);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/placements",
            (Guid? worker, Guid? employer, Guid? posting, string? state, Guid? trip, bool? running, HttpContext http, Requests<PlacementsService> requests) =>
                requests.Read(http, (tx, caller) => Handle(tx, caller, new Filter(worker, employer, posting, StateOf(state), trip, running), PageRequest.From(http))))
        .Allow(Role.Station, Role.Official, Role.Employer, Role.Admin).WithName("FindPlacements").Produces<Paged<PlacementView>>();

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Filter filter, PageRequest page)
    {
        var rows = await tx.Query<PlacementRow>(filter.Worker is null ? FindAll : FindOfWorker, Sight.Arguments(caller, new
        {
            Worker = Text(filter.Worker),
            Employer = Text(filter.Employer),
            Posting = Text(filter.Posting),
            Trip = Text(filter.Trip),
            State = filter.State is { } state ? Kebab.Of(state) : "",
            Running = filter.Running switch { null => -1, true => 1, false => 0 },
            Before = page.After ?? "~",
            N = page.Take,
        }));
        return Reply.Ok(Paged.From(page, rows, row => row.Id.ToString("D"), PlacementView.Of));
    }

    static string Text(Guid? id) => id?.ToString("D") ?? "";

    static PlacementState? StateOf(string? text) =>
        text is null or "" ? null
        : Kebab.TryParse<PlacementState>(text, out var state) ? state
        : throw new ProblemException(Problem.Validation("state", "unknown-value", "没有这个状态。", $"One of {string.Join(", ", Kebab.All<PlacementState>())}."));

    static readonly string Conditions =
        $"{Sight.Where} AND (@Employer = '' OR p.employer_id = @Employer) AND (@Posting = '' OR p.posting_id = @Posting) AND (@Trip = '' OR p.trip_id = @Trip) "
        + "AND (@State = '' OR p.state = @State) AND (@Running < 0 OR p.running = @Running) AND p.id < @Before ORDER BY p.id DESC {first:@N}";

    static readonly Sql FindAll = Sql.Text($"SELECT {PlacementRow.Selected} FROM {PlacementRow.From} WHERE (@Worker = '' OR p.worker_id = @Worker) AND {Conditions}");

    static readonly Sql FindOfWorker = Sql.Text($"SELECT {PlacementRow.Selected} FROM {PlacementRow.From} WHERE (p.worker_id = @Worker OR p.worker_id IN (SELECT m.id FROM worker m WHERE m.merged_into = @Worker)) AND {Conditions}");
}
