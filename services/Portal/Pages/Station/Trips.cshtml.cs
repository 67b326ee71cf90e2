using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>The trips, newest first.</summary>
internal sealed class TripsModel(PlacementsClient placements) : PortalPage
{
    public Got<ListOf<Trip>> Trips { get; private set; } = Got<ListOf<Trip>>.Nothing;

    public async Task OnGetAsync(string? state, string? cursor) => Trips = await placements.Trips(state, cursor);
}
