using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Employer;

/// <summary>Every wording that a posting of the firm had.</summary>
internal sealed class HistoryModel(EmployersClient employers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<PostingVersion>> Versions { get; private set; } = Got<ListOf<PostingVersion>>.Nothing;

    public async Task OnGetAsync() => Versions = await employers.Versions(Id, Cursor);
}
