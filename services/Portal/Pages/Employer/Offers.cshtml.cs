using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Employer;

/// <summary>The firm answers offers to its postings.</summary>
internal sealed class OffersModel(MatchingClient matching, WorkersClient workers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<Offer>> Offers { get; private set; } = Got<ListOf<Offer>>.Nothing;

    public Got<IReadOnlyDictionary<Guid, Worker>> Disclosed { get; private set; } = Got<IReadOnlyDictionary<Guid, Worker>>.Nothing;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAnswerAsync(Guid id, string? party, string? answer, string? reason) =>
        await Finish(await matching.Answer(id, party, answer, reason, "self", Sent), _ => "/employer/offers", "offer.answered");

    protected override async Task Load()
    {
        Offers = await matching.Offers(state: null, worker: null, posting: null, Cursor);
        Disclosed = await workers.Named((Offers.Value?.Items ?? []).Select(offer => offer.WorkerId));
    }
}
