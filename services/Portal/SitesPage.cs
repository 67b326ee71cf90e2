using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal;

/// <summary>A firm's sites beside its first: each is verified by the county where it lies.</summary>
internal abstract class SitesPage(EmployersClient employers) : FirmPart(employers)
{
    [BindProperty]
    public SiteForm Form { get; set; } = new();

    public Got<ListOf<Site>> Sites { get; private set; } = Got<ListOf<Site>>.Nothing;

    /// <summary>What stands in a form: what was typed into it just now, else what is stored.</summary>
    public SiteForm Shown(string form, Site? site) => form == SentForm && Problem is not null ? Form : site is null ? new SiteForm() : SiteForm.Of(site);

    public async Task<IActionResult> OnPostAsync() => await Finish(await Employers.AddSite(FirmId, Form, Sent), _ => $"{FirmPath}/sites", "site.added");

    public async Task<IActionResult> OnPostChangeAsync(Guid site, long version) =>
        await Finish(await Employers.ChangeSite(FirmId, site, version, Form, Sent), _ => $"{FirmPath}/sites", "site.changed");

    protected override async Task Load()
    {
        var sites = Employers.Sites(FirmId);
        await base.Load();
        Sites = await sites;
    }
}
