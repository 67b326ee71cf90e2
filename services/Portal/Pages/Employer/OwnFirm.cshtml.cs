using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Employer;

/// <summary>The firm's own entry: whether it is verified, why it was returned, and its correction.</summary>
internal sealed class OwnFirmModel(EmployersClient employers) : FirmPage(employers)
{
    public override bool MayCorrect => true;

    protected override Guid FirmId => Visitor.Employer ?? Guid.Empty;

    public override string Here => "/employer/firm";
}
