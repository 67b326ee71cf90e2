using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>Records that look like one person, for somebody to decide.</summary>
internal sealed class DuplicatesModel(WorkersClient workers) : PortalPage
{
    public static readonly string[] States = ["open", "merged", "different"];

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "open";

    public Got<ListOf<DuplicateItem>> Pairs { get; private set; } = Got<ListOf<DuplicateItem>>.Nothing;

    public async Task OnGetAsync(string? cursor) => Pairs = await workers.Duplicates(State, cursor);
}
