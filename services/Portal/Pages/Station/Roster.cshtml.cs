using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>One roster: how far its job is, the verdict on each row with advice, commit, undo, the workbook with the reasons.</summary>
internal sealed class RosterModel(WorkersClient workers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public Got<Roster> Roster { get; private set; } = Got<Roster>.Nothing;

    public Task OnGetAsync() => Load();

    /// <summary>The progress alone, asked for every second while the job runs; when it is over the whole page is shown anew.</summary>
    public async Task<IActionResult> OnGetProgressAsync()
    {
        var got = await workers.Roster(Id);
        if (got.Value is { Running: false })
        {
            Response.Headers["HX-Refresh"] = "true";
        }

        return got.Refusal is { } refusal ? Partial("_Refusal", refusal) : Partial("_RosterProgress", got.Value!);
    }

    public async Task<IActionResult> OnGetRowsAsync(string? verdict, string? cursor)
    {
        var got = await workers.RosterRows(Id, verdict, cursor);
        return got.Refusal is { } refusal ? Partial("_Refusal", refusal) : Partial("_RosterRows", new RosterRows(Id, verdict ?? "", got.Value!));
    }

    public async Task<IActionResult> OnGetResultAsync() => await Pass(await workers.Result(Id), "result.xlsx");

    public async Task<IActionResult> OnPostCommitAsync() => await Finish(await workers.Commit(Id, Sent), _ => $"/station/rosters/{Id}");

    public async Task<IActionResult> OnPostUndoAsync() => await Finish(await workers.Undo(Id, Sent), _ => $"/station/rosters/{Id}");

    protected override async Task Load() => Roster = await workers.Roster(Id);
}
