using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Verdicts;

namespace LaborBridge.Workers.Rosters;

/// <summary>Shows rosters, how far their jobs are, and the verdict on each row. Names are masked.</summary>
internal static class ShowRoster
{
    private static readonly string[] Filters = ["", "warning", .. Kebab.All<Verdict>()];

    // Sorts after every id.
    private static readonly Guid Last = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/rosters", (HttpContext http, Requests<WorkersService> requests, UploadVault vault, TimeProvider time) =>
            requests.Read(http, (tx, caller) => List(tx, caller, PageRequest.From(http), vault, time))).Allow(Role.Collector, Role.Station).WithName("ListRosters");
        app.MapGet("/api/rosters/{id:guid}", (Guid id, HttpContext http, Requests<WorkersService> requests, UploadVault vault, TimeProvider time) =>
            requests.Read(http, (tx, caller) => One(tx, caller, id, vault, time))).Allow(Role.Collector, Role.Station).WithName("ShowRoster");
        app.MapGet("/api/rosters/{id:guid}/rows", (Guid id, string? verdict, HttpContext http, Requests<WorkersService> requests) =>
            requests.Read(http, (tx, caller) => Rows(tx, caller, id, verdict ?? "", PageRequest.From(http), http.Language()))).Allow(Role.Collector, Role.Station).WithName("ShowRosterRows");
    }

    private static async Task<Reply> List(Tx tx, Caller caller, PageRequest page, UploadVault vault, TimeProvider time)
    {
        var rosters = await RosterStore.List(tx, caller, Guid.TryParse(page.After, out var before) ? before : Last, page.Take);
        return Reply.Ok(Paged.From(page, rosters, roster => roster.Id.ToString("D"), roster => RosterView.Of(roster, vault, time.GetUtcNow())));
    }

    private static async Task<Reply> One(Tx tx, Caller caller, Guid id, UploadVault vault, TimeProvider time) =>
        await RosterStore.Find(tx, caller, id) is { } roster ? Reply.Ok(RosterView.Of(roster, vault, time.GetUtcNow())) : Problem.NotFound();

    private static async Task<Reply> Rows(Tx tx, Caller caller, Guid id, string verdict, PageRequest page, Language language)
    {
        if (!Filters.Contains(verdict, StringComparer.Ordinal))
        {
            return Problem.Validation("verdict", "unknown-value", $"verdict 可填：{string.Join("、", Filters[1..])}。", $"The verdict is one of {string.Join(", ", Filters[1..])}.");
        }

        if (await RosterStore.Find(tx, caller, id) is null)
        {
            return Problem.NotFound();
        }

        var rows = await RosterStore.Rows(tx, id, verdict, int.TryParse(page.After, out var after) ? after : 0, page.Take);
        return Reply.Ok(Paged.From(page, rows, row => row.RowNumber.ToString(), row => RosterRowView.Of(row, language)));
    }
}
