using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>A station or an official enters a firm of his area into the register; an official verifies it afterwards.</summary>
internal sealed class NewFirmModel(EmployersClient employers) : PortalPage
{
    [BindProperty]
    public FirmForm Form { get; set; } = new();

    public void OnGet()
    {
        if (Visitor.Divisions is [{ Length: >= 6 } own, ..])
        {
            Form.Site = new FirmSite(own[..6], Text: null, Kind: null);
        }
    }

    public async Task<IActionResult> OnPostAsync() => ModelState.IsValid
        ? await Finish(await employers.Register(Form, Sent), firm => $"/station/firms/{firm!.Id}", "firm.was-registered")
        : await Unreadable();
}
