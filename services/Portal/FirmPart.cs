using LaborBridge.Portal.Clients;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal;

/// <summary>A page about a part of a firm, for the firm itself and for those who look after it.</summary>
internal abstract class FirmPart(EmployersClient employers) : PortalPage
{
    /// <summary>The firm in the address; a firm's own pages have none.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    public Got<Firm> Firm { get; private set; } = Got<Firm>.Nothing;

    protected EmployersClient Employers { get; } = employers;

    public Guid FirmId => (Visitor.Is(Role.Employer) ? Visitor.Employer : Id) ?? Guid.Empty;

    public string FirmPath => Visitor.Is(Role.Employer) ? "/employer/firm" : $"/station/firms/{FirmId}";

    /// <summary>Whether the visitor writes for the firm; the service decides again.</summary>
    public bool MayWrite => Visitor.Is(Role.Employer) || (Visitor.Is(Role.Station, Role.Official) && Firm.Value?.Site?.Division is { } site && Visitor.Covers(site));

    public async Task OnGetAsync()
    {
        await Load();
        if (Firm.Refusal is { IsAway: false } refused)
        {
            Response.StatusCode = refused.Status;
        }
    }

    protected override async Task Load() => Firm = await Employers.Firm(FirmId);
}
