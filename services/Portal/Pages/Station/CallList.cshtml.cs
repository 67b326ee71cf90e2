using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>Who has not been asked yet whether and where he wants to work.</summary>
internal sealed class CallListModel(WorkersClient workers) : PortalPage
{
    public Got<ListOf<Call>> Calls { get; private set; } = Got<ListOf<Call>>.Nothing;

    public async Task OnGetAsync(string? division, string? cursor) => Calls = await workers.CallList(division, cursor);
}
