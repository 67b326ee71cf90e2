using LaborBridge.Portal.Clients;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>One firm; those who look after its site may correct its entry.</summary>
internal sealed class FirmModel(EmployersClient employers) : FirmPage(employers)
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public override bool MayCorrect =>
        Visitor.Is(Role.Station, Role.Official) && Firm.Value?.Site?.Division is { } site && Visitor.Covers(site);

    protected override Guid FirmId => Id;

    public override string Here => $"/station/firms/{Id}";
}
