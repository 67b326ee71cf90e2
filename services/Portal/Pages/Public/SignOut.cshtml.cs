using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Public;

/// <summary>Ends the session.</summary>
internal sealed class SignOutModel(SignOutVisitor signOut) : PortalPage
{
    public IActionResult OnGet() => LocalRedirect("/");

    public async Task<IActionResult> OnPostAsync()
    {
        await signOut(HttpContext);
        return LocalRedirect("/");
    }
}
