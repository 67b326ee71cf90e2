using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>A household: which status it had when, who said so, and its members. A new status ends the one before.</summary>
internal sealed class HouseholdModel(WorkersClient workers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    [BindProperty]
    public StatusForm Form { get; set; } = new();

    public Got<ShownHousehold> Household { get; private set; } = Got<ShownHousehold>.Nothing;

    public async Task OnGetAsync()
    {
        await Load();
        if (Household.Refusal is { IsAway: false } refused)
        {
            Response.StatusCode = refused.Status;
        }
    }

    public async Task<IActionResult> OnPostAsync() => ModelState.IsValid
        ? await Finish(await workers.ObserveHousehold(Number, Form, Sent), _ => $"/station/households/{Uri.EscapeDataString(Number)}", "household.saved")
        : await Unreadable();

    protected override async Task Load() => Household = await workers.Household(Number);
}
