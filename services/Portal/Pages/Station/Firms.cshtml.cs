using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>The firms in the visitor's sight: those of his area in every state, elsewhere the approved ones.</summary>
internal sealed class FirmsModel(EmployersClient employers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    public Got<ListOf<Firm>> Firms { get; private set; } = Got<ListOf<Firm>>.Nothing;

    public async Task OnGetAsync(string? cursor) => Firms = await employers.Firms(Q, State, cursor);
}
