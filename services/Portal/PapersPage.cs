using LaborBridge.Portal.Clients;
using LaborBridge.Portal.Tags;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal;

/// <summary>
/// The papers that prove a firm: sent, listed, downloaded, taken out. The page lets somewhat more through than the service takes, so that a file that is too large gets the
/// service's own words; it is held in memory, since a form of this size would else lie on the disk as plain text.
/// </summary>
[RequestSizeLimit(Largest)]
[RequestFormLimits(MultipartBodyLengthLimit = Largest, MemoryBufferThreshold = Largest)]
internal abstract class PapersPage(EmployersClient employers) : FirmPart(employers)
{
    private const int Largest = 24 * 1024 * 1024;

    public Got<ListOf<Paper>> Papers { get; private set; } = Got<ListOf<Paper>>.Nothing;

    public Got<ListOf<Site>> Sites { get; private set; } = Got<ListOf<Site>>.Nothing;

    /// <summary>The site that was chosen for the paper just sent.</summary>
    public Guid? Site { get; private set; }

    /// <summary>Whether the visitor may take the paper out; the service decides again.</summary>
    public bool MayRemove(Paper paper) => !paper.Named && (!Visitor.Is(Role.Employer) || paper.UploadedBy == "employer");

    public IReadOnlyList<Choice> SiteChoices => [.. (Sites.Value?.Items ?? []).Select(site => new Choice(site.Id.ToString(), $"{site.DivisionName} {site.Text}"))];

    /// <summary>Where a site lies; nothing for a paper of the whole firm.</summary>
    public string PlaceOf(Paper paper) => Sites.Value?.Items.FirstOrDefault(site => site.Id == paper.Site) is { } site ? $"{site.DivisionName} {site.Text}" : "";

    public async Task<IActionResult> OnGetFileAsync(Guid paper)
    {
        Response.Headers.CacheControl = "no-store";
        return await Pass(await Employers.Paper(FirmId, paper), "paper");
    }

    public async Task<IActionResult> OnPostAsync(Guid? site, IFormFile? file)
    {
        Site = site;
        if (file is null)
        {
            ModelState.AddModelError("file", T["paper.choose-file"]);
            return await Unreadable();
        }

        return await Finish(await Employers.UploadPaper(FirmId, site, file, Sent), _ => $"{FirmPath}/papers", "paper.uploaded");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid paper, long version) =>
        await Finish(await Employers.RemovePaper(FirmId, paper, version, Sent), _ => $"{FirmPath}/papers", "paper.removed");

    protected override async Task Load()
    {
        var (papers, sites) = (Employers.Papers(FirmId), Employers.Sites(FirmId));
        await base.Load();
        (Papers, Sites) = (await papers, await sites);
    }
}
