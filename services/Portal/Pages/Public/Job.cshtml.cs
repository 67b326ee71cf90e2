using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Public;

/// <summary>One posting of the board.</summary>
internal sealed class JobModel(EmployersClient employers) : PortalPage
{
    public Got<Posting> Posting { get; private set; } = Got<Posting>.Nothing;

    public async Task OnGetAsync(Guid id)
    {
        Posting = await employers.Posting(id);
        if (Posting.Refusal is { IsAway: false } refused)
        {
            Response.StatusCode = refused.Status;
        }
    }
}
