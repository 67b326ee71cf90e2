using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Employer;

/// <summary>The firm confirms who started, who is still there after each month, and who left.</summary>
internal sealed class StaffModel(PlacementsClient placements, WorkersClient workers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    [BindProperty]
    public StepForm Form { get; set; } = new();

    public Got<ListOf<Placement>> Placements { get; private set; } = Got<ListOf<Placement>>.Nothing;

    public Got<IReadOnlyDictionary<Guid, Worker>> Disclosed { get; private set; } = Got<IReadOnlyDictionary<Guid, Worker>>.Nothing;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostStepAsync(Guid id) => ModelState.IsValid
        ? await Finish(await placements.Step(id, Form with { Form = null }, Sent), _ => "/employer/staff", "step.recorded")
        : await Unreadable();

    protected override async Task Load()
    {
        Placements = await placements.Find(worker: null, state: null, trip: null, running: true, Cursor, limit: 100);
        Disclosed = await workers.Named((Placements.Value?.Items ?? []).Select(placement => placement.WorkerId));
    }
}
