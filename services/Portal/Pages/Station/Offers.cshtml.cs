using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>Offers; the clerk records what the worker said on the telephone or at the desk.</summary>
internal sealed class OffersModel(MatchingClient matching, WorkersClient workers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Worker { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<Offer>> Offers { get; private set; } = Got<ListOf<Offer>>.Nothing;

    public Got<IReadOnlyDictionary<Guid, Worker>> Names { get; private set; } = Got<IReadOnlyDictionary<Guid, Worker>>.Nothing;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAnswerAsync(Guid id, string? party, string? answer, string? reason) =>
        await Finish(await matching.Answer(id, party, answer, reason, "clerk", Sent), offer => Query.Of("/station/offers", ("worker", offer!.WorkerId)), "offer.answered");

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id) =>
        await Finish(await matching.Withdraw(id, reason: null, Sent), _ => "/station/offers", "offer.withdrawn");

    protected override async Task Load()
    {
        Offers = await matching.Offers(State, Worker, posting: null, Cursor);
        Names = await workers.Named((Offers.Value?.Items ?? []).Select(offer => offer.WorkerId));
    }
}
