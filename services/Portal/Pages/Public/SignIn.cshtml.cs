using LaborBridge.Portal.Clients;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace LaborBridge.Portal.Pages.Public;

/// <summary>Signs clerks, firms and officials in; afterwards each lands where his work is.</summary>
[EnableRateLimiting(RateLimits.Sessions)]
internal sealed class SignInModel(SignInVisitor signIn) : PortalPage
{
    [BindProperty]
    public string? UserName { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => Visitor.SignedIn && ReturnUrl is null ? LocalRedirect(Visitor.Home) : Page();

    public async Task<IActionResult> OnPostAsync(string? password, string? totp)
    {
        if (await signIn(HttpContext, UserName ?? "", password ?? "", totp) is { } problem)
        {
            var language = T.Language;
            return await Refuse(new Refusal(
                PortalClient.Service, problem.Status, problem.Code, problem.Detail.In(language),
                [.. problem.Errors.Select(error => new FieldRefusal(error.Field, error.Code, error.Message.In(language)))], default));
        }

        return LocalRedirect(ReturnUrl is { } back && Url.IsLocalUrl(back) ? back : "/home");
    }
}
