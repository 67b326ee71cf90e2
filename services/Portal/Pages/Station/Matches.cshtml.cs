using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>The postings that suit a worker, with the reasons; the clerk proposes, both sides decide.</summary>
internal sealed class MatchesModel(WorkersClient workers, MatchingClient matching) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? After { get; set; }

    public Got<Worker> Worker { get; private set; } = Got<Worker>.Nothing;

    public Got<ListOf<PostingMatch>> Matches { get; private set; } = Got<ListOf<PostingMatch>>.Nothing;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync(Guid posting) =>
        await Finish(await matching.Offer(Id, posting, Sent), _ => $"/station/offers?worker={Id}", "offer.made");

    protected override async Task Load()
    {
        var worker = workers.Worker(Id);
        var matches = matching.Postings(Id, After);
        (Worker, Matches) = (await worker, await matches);
    }
}
