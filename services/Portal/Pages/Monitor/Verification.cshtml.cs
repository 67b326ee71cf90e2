using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Monitor;

/// <summary>An official of the site's county approves, returns or suspends firms.</summary>
internal sealed class VerificationModel(EmployersClient employers) : PortalPage
{
    /// <summary>What an official may look at; what he leaves blank he did not.</summary>
    public static readonly string[] EvidenceKinds = ["licence", "visit", "phone"];

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "registered";

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<Firm>> Firms { get; private set; } = Got<ListOf<Firm>>.Nothing;

    public Got<ListOf<Site>> Sites { get; private set; } = Got<ListOf<Site>>.Nothing;

    /// <summary>Whether the visitor decides about what lies there; the service decides again.</summary>
    public bool MayDecide(string? division) => Visitor.Is(ServiceDefaults.Role.Official) && division is not null && Visitor.Covers(division);

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync(Guid id, string? decision, string? reason, List<Evidence> evidence) =>
        await Finish(await employers.Verify(id, decision, reason, [.. evidence.Where(one => !string.IsNullOrWhiteSpace(one.Text))], Sent), _ => Query.Of("/monitor/verification", ("state", State)), "verification.decided");

    public async Task<IActionResult> OnPostSiteAsync(Guid id, Guid site, string? decision, string? reason, List<Evidence> evidence) => await Finish(
        await employers.VerifySite(id, site, decision, reason, [.. evidence.Where(one => !string.IsNullOrWhiteSpace(one.Text))], Sent), _ => Query.Of("/monitor/verification", ("state", State)), "verification.decided");

    /// <summary>What was decided about a firm before, and on what evidence.</summary>
    public async Task<IActionResult> OnGetPastAsync(Guid id)
    {
        var past = await employers.Verifications(id);
        return past.Refusal is { } refusal ? Partial("_Refusal", refusal) : Partial("_Verifications", past.Value!.Items);
    }

    protected override async Task Load()
    {
        var sites = employers.SitesIn(State, cursor: null);
        (Firms, Sites) = (await employers.Firms(q: null, State, Cursor), await sites);
    }
}
