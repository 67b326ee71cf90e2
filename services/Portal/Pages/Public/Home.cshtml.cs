using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Public;

/// <summary>Leads a visitor to where his work is.</summary>
internal sealed class HomeModel : PortalPage
{
    public IActionResult OnGet() => LocalRedirect(Visitor.Home);
}
