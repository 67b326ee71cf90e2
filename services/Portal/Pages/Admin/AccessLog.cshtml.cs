using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Admin;

/// <summary>Whether the log of who saw personal data is whole.</summary>
internal sealed class AccessLogModel(WorkersClient workers) : PortalPage
{
    public Got<LogVerification> Verified { get; private set; } = Got<LogVerification>.Nothing;

    public async Task OnGetAsync() => Verified = await workers.VerifyAccessLog();
}
