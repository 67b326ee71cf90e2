using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>Finds workers in the visitor's sight.</summary>
internal sealed class WorkersModel(WorkersClient workers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Division { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Trade { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? HouseholdStatus { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Available { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<Worker>> Found { get; private set; } = Got<ListOf<Worker>>.Nothing;

    public async Task OnGetAsync() => Found = await workers.Find(Q, Division, Status, Trade, HouseholdStatus, Cursor, Available);
}
