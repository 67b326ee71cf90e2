using LaborBridge.Portal.Clients;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LaborBridge.Portal;

/// <summary>What all pages share: the visitor, the keys of the forms, and how an answer becomes a redirect or a problem at its field.</summary>
internal abstract class PortalPage : PageModel
{
    /// <summary>Why the form was not accepted.</summary>
    public Refusal? Problem { get; private set; }

    public Visitor Visitor => field ??= Visitor.Of(User);

    public Texts T => field ??= HttpContext.RequestServices.GetRequiredService<Texts>();

    public DateOnly Today => ChinaTime.Today(HttpContext.RequestServices.GetRequiredService<TimeProvider>());

    /// <summary>Partial views have models of their own; they find the page here.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => ViewData["Page"] = this;

    /// <summary>The idempotency key that came with the form.</summary>
    [BindProperty(Name = "key")]
    public Guid? SentKey { get; set; }

    /// <summary>Which form of the page was sent.</summary>
    [BindProperty(Name = "formName")]
    public string? SentForm { get; set; }

    /// <summary>Words about what was just done, shown once after the redirect.</summary>
    [TempData]
    public string? Done { get; set; }

    /// <summary>The key of the form just sent: what is sent twice is done once.</summary>
    protected Guid Sent => SentKey ?? NewKey();

    /// <summary>The key that a form shall carry. A form that did not reach its service keeps its key, any other gets a new one.</summary>
    public Guid KeyFor(string form) => Problem is { IsAway: true } && form == SentForm && SentKey is { } kept ? kept : NewKey();

    /// <summary>Fetches what the page shows; also called when a form comes back with a problem.</summary>
    protected virtual Task Load() => Task.CompletedTask;

    /// <summary>Goes on when the service did it; else notes the problem and shows the page again with what was typed.</summary>
    protected async Task<IActionResult> Finish<TValue>(Got<TValue> got, Func<TValue?, string> next, string? done = null)
    {
        if (got.Refusal is { } refusal)
        {
            return await Refuse(refusal);
        }

        Done = done is null ? null : T[done].Value;
        return LocalRedirect(next(got.Value));
    }

    /// <summary>Notes the problem and shows the page again.</summary>
    protected async Task<IActionResult> Refuse(Refusal refusal)
    {
        Problem = refusal;
        await Load();
        Response.StatusCode = refusal.IsAway ? StatusCodes.Status503ServiceUnavailable : refusal.Status;
        return Page();
    }

    /// <summary>Shows the page again because something typed cannot be read.</summary>
    protected async Task<IActionResult> Unreadable()
    {
        await Load();
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Passes a service's file on.</summary>
    protected async Task<IActionResult> Pass(Got<HttpResponseMessage> got, string fileName)
    {
        if (got.Refusal is { } refusal)
        {
            return await Refuse(refusal);
        }

        var answer = got.Value!;
        HttpContext.Response.RegisterForDispose(answer);
        var type = answer.Content.Headers.ContentType?.ToString() ?? "application/octet-stream";
        return File(await answer.Content.ReadAsStreamAsync(HttpContext.RequestAborted), type, answer.Content.Headers.ContentDisposition?.FileNameStar ?? fileName);
    }

    private Guid NewKey() => Guid.CreateVersion7(HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
}
