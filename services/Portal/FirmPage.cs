using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal;

/// <summary>A firm's entry in the register and its correction, by the firm itself or by those who look after its site.</summary>
internal abstract class FirmPage(EmployersClient employers) : PortalPage
{
    [BindProperty]
    public FirmForm Form { get; set; } = new();

    [BindProperty]
    public long Version { get; set; }

    public Got<Firm> Firm { get; private set; } = Got<Firm>.Nothing;

    /// <summary>Whether the visitor may correct the entry; the service decides again.</summary>
    public abstract bool MayCorrect { get; }

    protected abstract Guid FirmId { get; }

    public abstract string Here { get; }

    public async Task OnGetAsync()
    {
        await Load();
        if (Firm.Value is { } firm)
        {
            (Form, Version) = (FirmForm.Of(firm), firm.Version);
        }
        else if (Firm.Refusal is { IsAway: false } refused)
        {
            Response.StatusCode = refused.Status;
        }
    }

    public async Task<IActionResult> OnPostAsync() => ModelState.IsValid
        ? await Finish(await employers.Correct(FirmId, Version, Form, Sent), _ => Here, "firm.corrected")
        : await Unreadable();

    protected override async Task Load() => Firm = await employers.Firm(FirmId);
}
