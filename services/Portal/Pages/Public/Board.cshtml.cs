using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Public;

/// <summary>The board of live postings, without sign-in.</summary>
internal sealed class BoardModel(EmployersClient employers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Division { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Trade { get; set; }

    [BindProperty(SupportsGet = true)]
    public decimal? Pay { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Lodging { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<Posting>> Postings { get; private set; } = Got<ListOf<Posting>>.Nothing;

    public async Task OnGetAsync() => Postings = await employers.Board(Q, Division, Trade, Pay, Lodging, Cursor);
}
