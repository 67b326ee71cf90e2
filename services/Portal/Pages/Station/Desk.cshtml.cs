using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>What waits for a clerk.</summary>
internal sealed class DeskModel(WorkersClient workers, MatchingClient matching, PlacementsClient placements) : PortalPage
{
    public Got<ListOf<Call>> Calls { get; private set; } = Got<ListOf<Call>>.Nothing;

    public Got<ListOf<Offer>> Offers { get; private set; } = Got<ListOf<Offer>>.Nothing;

    public Got<ListOf<Placement>> Hired { get; private set; } = Got<ListOf<Placement>>.Nothing;

    /// <summary>How many there are, as far as one part of the list tells.</summary>
    public static string Count<T>(ListOf<T>? list) => list is null ? "0" : list.Next is null ? $"{list.Items.Count}" : $"{list.Items.Count}+";

    public async Task OnGetAsync()
    {
        var calls = workers.CallList(division: null, village: null, cursor: null);
        var offers = matching.Offers("open", worker: null, posting: null, cursor: null);
        var hired = placements.Find(worker: null, "hired", trip: null, running: null, cursor: null);
        (Calls, Offers, Hired) = (await calls, await offers, await hired);
    }
}
