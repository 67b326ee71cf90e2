using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Employer;

/// <summary>Who suits a posting: without names, but for those who agreed that this firm may know them.</summary>
internal sealed class SuitedModel(MatchingClient matching, WorkersClient workers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public Got<ListOf<WorkerMatch>> Matches { get; private set; } = Got<ListOf<WorkerMatch>>.Nothing;

    public Got<IReadOnlyDictionary<Guid, Worker>> Disclosed { get; private set; } = Got<IReadOnlyDictionary<Guid, Worker>>.Nothing;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync(Guid worker) => await Finish(await matching.Offer(worker, Id, Sent), _ => "/employer/offers", "offer.made");

    protected override async Task Load()
    {
        Matches = await matching.Workers(Id);
        Disclosed = await workers.Named((Matches.Value?.Items ?? []).Select(match => match.WorkerId));
    }
}
