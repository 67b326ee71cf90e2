using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Admin;

/// <summary>The labour stations of both sides.</summary>
internal sealed class StationsModel(WorkersClient workers) : PortalPage
{
    [BindProperty]
    public StationForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<Clients.Station>> Stations { get; private set; } = Got<ListOf<Clients.Station>>.Nothing;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync() => await Finish(await workers.AddStation(Form, Sent), _ => "/admin/stations", "station.added");

    protected override async Task Load() => Stations = await workers.Stations(Cursor);
}
