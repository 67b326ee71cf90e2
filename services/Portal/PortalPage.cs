using LaborBridge.Portal.Clients;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LaborBridge.Portal;

/// <summary>What all pages share: the visitor, the key of the form, and how an answer becomes a redirect or a problem at its field.</summary>
internal abstract class PortalPage : PageModel
{
    private Guid? key;

    /// <summary>Why the form was not accepted.</summary>
    public Refusal? Problem { get; private set; }

    public Visitor Visitor => field ??= Visitor.Of(User);

    public Texts T => field ??= HttpContext.RequestServices.GetRequiredService<Texts>();

    public DateOnly Today => ChinaTime.Today(HttpContext.RequestServices.GetRequiredService<TimeProvider>());

    /// <summary>The idempotency key that the form carries: what is sent twice is done once.</summary>
    public Guid Key => key ??= NewKey();

    /// <summary>The key that came with the form.</summary>
    [BindProperty(Name = "key")]
    public Guid? SentKey { get; set; }

    /// <summary>Words about what was just done, shown once after the redirect.</summary>
    [TempData]
    public string? Done { get; set; }

    /// <summary>The key of the form just sent.</summary>
    protected Guid Sent => SentKey ?? NewKey();

    /// <summary>Goes on when the service did it; else notes the problem and shows the page again with what was typed.</summary>
    protected async Task<IActionResult> Finish<TValue>(Got<TValue> got, Func<TValue?, string> next, string? done = null)
    {
        if (got.Refusal is not { } refusal)
        {
            Done = done is null ? null : T[done].Value;
            return LocalRedirect(next(got.Value));
        }

        await Refuse(refusal);
        return Page();
    }

    /// <summary>Notes a problem; a service that is away gets the same form with the same key again.</summary>
    protected async Task Refuse(Refusal refusal)
    {
        Problem = refusal;
        key = refusal.IsAway ? SentKey : null;
        Response.StatusCode = refusal.IsAway ? StatusCodes.Status503ServiceUnavailable : refusal.Status;
        await Load();
    }

    /// <summary>Fetches what the page shows; also called when the form comes back with a problem.</summary>
    protected virtual Task Load() => Task.CompletedTask;

    private Guid NewKey() => Guid.CreateVersion7(HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
}
