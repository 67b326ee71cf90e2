using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Monitor;

/// <summary>An official of the site's county approves, returns or suspends firms.</summary>
internal sealed class VerificationModel(EmployersClient employers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "registered";

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<Firm>> Firms { get; private set; } = Got<ListOf<Firm>>.Nothing;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync(Guid id, string? decision, string? reason) =>
        await Finish(await employers.Verify(id, decision, reason, Sent), _ => Query.Of("/monitor/verification", ("state", State)), "verification.decided");

    protected override async Task Load() => Firms = await employers.Firms(q: null, State, Cursor);
}
