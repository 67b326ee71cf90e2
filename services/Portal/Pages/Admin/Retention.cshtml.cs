using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Admin;

/// <summary>What is due to go because the law asks to keep it no longer, and what went.</summary>
internal sealed class RetentionModel(WorkersClient workers) : PortalPage
{
    public Got<Retained> Retained { get; private set; } = Got<Retained>.Nothing;

    public async Task OnGetAsync() => Retained = await workers.Retention();
}
