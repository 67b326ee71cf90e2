using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Monitor;

/// <summary>Whether the ledger, from which every figure comes, is whole.</summary>
internal sealed class LedgerModel(PlacementsClient placements) : PortalPage
{
    public Got<LedgerVerification> Verified { get; private set; } = Got<LedgerVerification>.Nothing;

    public async Task OnGetAsync() => Verified = await placements.VerifyLedger();
}
