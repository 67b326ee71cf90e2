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

    public Got<ListOf<Paper>> Papers { get; private set; } = Got<ListOf<Paper>>.Nothing;

    /// <summary>The papers that bear on a decision: all of the firm, or for a further site those of that site and of the firm as a whole.</summary>
    public IReadOnlyList<Paper> PapersOf(Guid firm, Guid? site = null) =>
        [.. (Papers.Value?.Items ?? []).Where(paper => paper.EmployerId == firm && (site is null || paper.Site is null || paper.Site == site))];

    /// <summary>Whether the visitor decides about what lies there; the service decides again.</summary>
    public bool MayDecide(string? division) => Visitor.Is(ServiceDefaults.Role.Official) && division is not null && Visitor.Covers(division);

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync(Guid id, string? decision, string? reason, List<Evidence> evidence, List<Guid> papers) => await Finish(
        await employers.Verify(id, decision, reason, LookedAt(evidence, papers), Sent), _ => Query.Of("/monitor/verification", ("state", State)), "verification.decided");

    public async Task<IActionResult> OnPostSiteAsync(Guid id, Guid site, string? decision, string? reason, List<Evidence> evidence, List<Guid> papers) => await Finish(
        await employers.VerifySite(id, site, decision, reason, LookedAt(evidence, papers), Sent), _ => Query.Of("/monitor/verification", ("state", State)), "verification.decided");

    /// <summary>What was decided about a firm before, and on what evidence.</summary>
    public async Task<IActionResult> OnGetPastAsync(Guid id)
    {
        var past = await employers.Verifications(id);
        return past.Refusal is { } refusal ? Partial("_Refusal", refusal) : Partial("_Verifications", new PastVerifications(id, past.Value!.Items));
    }

    protected override async Task Load()
    {
        var sites = employers.SitesIn(State, cursor: null);
        (Firms, Sites) = (await employers.Firms(q: null, State, Cursor), await sites);
        var mine = (Firms.Value?.Items ?? []).Where(firm => MayDecide(firm.Site?.Division)).Select(firm => firm.Id)
            .Concat((Sites.Value?.Items ?? []).Where(site => MayDecide(site.Division)).Select(site => site.EmployerId)).Distinct().ToList();
        Papers = mine.Count > 0 ? await employers.PapersOf(mine) : Papers;
    }

    // A blank line is something that he did not look at.
    private static List<Evidence> LookedAt(List<Evidence> evidence, List<Guid> papers) =>
        [.. evidence.Where(one => !string.IsNullOrWhiteSpace(one.Text)), .. papers.Select(paper => new Evidence("document", Text: null, paper))];
}
