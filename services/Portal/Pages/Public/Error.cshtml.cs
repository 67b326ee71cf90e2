using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Public;

/// <summary>What a visitor reads when a page cannot be shown.</summary>
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel : PortalPage
{
    private static readonly int[] Explained = [400, 403, 404, 413, 429, 500];

    public int Status { get; private set; }

    public void OnGet(int status) => Show(status);

    // A POST that failed is shown by re-execution with its own method.
    public void OnPost(int status) => Show(status);

    private void Show(int status)
    {
        Status = Explained.Contains(status) ? status : status < 500 ? 400 : 500;
        Response.StatusCode = status;
    }
}
