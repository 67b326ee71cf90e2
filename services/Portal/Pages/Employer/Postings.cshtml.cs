using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Employer;

/// <summary>The firm's own postings.</summary>
internal sealed class PostingsModel(EmployersClient employers) : PortalPage
{
    public Got<ListOf<Posting>> Postings { get; private set; } = Got<ListOf<Posting>>.Nothing;

    public async Task OnGetAsync(string? state, string? cursor) => Postings = await employers.Mine(state, cursor);
}
