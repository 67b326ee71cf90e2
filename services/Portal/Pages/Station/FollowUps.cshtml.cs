using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>Who is to be asked after 1, 3 and 6 months of service; a telephone call is recorded here, other evidence at the placement.</summary>
internal sealed class FollowUpsModel(PlacementsClient placements, WorkersClient workers) : PortalPage
{
    /// <summary>Due by this day; today without.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? Due { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<FollowUp>> FollowUps { get; private set; } = Got<ListOf<FollowUp>>.Nothing;

    public Got<IReadOnlyDictionary<Guid, Worker>> Names { get; private set; } = Got<IReadOnlyDictionary<Guid, Worker>>.Nothing;

    public Task OnGetAsync() => Load();

    /// <summary>Somebody was reached and is still there: evidence of the month that is due.</summary>
    public async Task<IActionResult> OnPostAsync(Guid placement, int month)
    {
        var step = new StepForm { Kind = "evidence", On = Today, Month = month, Evidence = "phone" };
        return await Finish(await placements.Step(placement, step, Sent), _ => Query.Of("/station/follow-ups", ("due", Due)), "follow-up.saved");
    }

    protected override async Task Load()
    {
        FollowUps = await placements.FollowUps(Due, Cursor);
        Names = await workers.Named((FollowUps.Value?.Items ?? []).Select(one => one.Placement.WorkerId));
    }
}
