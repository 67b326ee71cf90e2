using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>Who is where between hire and last day.</summary>
internal sealed class PlacementsModel(PlacementsClient placements, WorkersClient workers) : PortalPage
{
    public static readonly string[] States = ["hired", "contracted", "travelling", "arrived", "on-post", "on-leave", "refused", "left"];

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Worker { get; set; }

    public Got<ListOf<Placement>> Placements { get; private set; } = Got<ListOf<Placement>>.Nothing;

    public Got<IReadOnlyDictionary<Guid, Worker>> Names { get; private set; } = Got<IReadOnlyDictionary<Guid, Worker>>.Nothing;

    public async Task OnGetAsync(string? cursor)
    {
        Placements = await placements.Find(Worker, State, trip: null, running: null, cursor);
        Names = await workers.Named((Placements.Value?.Items ?? []).Select(placement => placement.WorkerId));
    }
}
