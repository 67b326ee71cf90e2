using LaborBridge.Portal.Clients;
using LaborBridge.Portal.Tags;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>One worker, masked; the unmasked ID and phones only for a purpose, which is logged.</summary>
internal sealed class WorkerModel(WorkersClient workers, PlacementsClient placements) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The position of the write that led here, for lists that copy it.</summary>
    [BindProperty(SupportsGet = true)]
    public long? After { get; set; }

    /// <summary>The firm that asks for disclosure, when a clerk comes from its offer.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Firm { get; set; }

    public Got<Worker> Worker { get; private set; } = Got<Worker>.Nothing;

    public Got<ListOf<Placement>> Placements { get; private set; } = Got<ListOf<Placement>>.Nothing;

    public Revealed? Revealed { get; private set; }

    public ConsentForm? ConsentForm { get; private set; }

    /// <summary>The firms that this worker has to do with.</summary>
    public IEnumerable<Choice> KnownFirms =>
    [
        .. (Placements.Value?.Items ?? []).Where(placement => placement.Employer?.Id is not null)
            .Select(placement => new Choice(placement.Employer!.Id!.Value.ToString(), placement.Employer.Name ?? placement.Employer.Id.Value.ToString()))
            .Append(Firm is { } asked ? new Choice(asked.ToString(), T["consent.asking-firm"]) : null)
            .OfType<Choice>().DistinctBy(choice => choice.Value),
    ];

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnGetTimelineAsync()
    {
        var timeline = await workers.Timeline(Id);
        return timeline.Refusal is { } refusal ? Partial("_Refusal", refusal) : Partial("_Timeline", timeline.Value!.Items);
    }

    /// <summary>The unmasked person is shown in the answer itself and nowhere kept: reloading the page masks it again.</summary>
    public async Task<IActionResult> OnPostRevealAsync(string? purpose)
    {
        var got = await workers.Reveal(Id, purpose, Sent);
        if (got.Refusal is { } refusal)
        {
            return await Refuse(refusal);
        }

        Revealed = got.Value;
        await Load();
        return Page();
    }

    public async Task<IActionResult> OnPostConsentAsync(string? purpose, Guid? receiver, string? consentForm, DateOnly? on)
    {
        ConsentForm = new ConsentForm(purpose, consentForm, on, purpose == "disclosure" ? receiver : null);
        return await Finish(await workers.Consent(Id, ConsentForm, Sent), _ => $"/station/workers/{Id}", "consent.saved");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid consent, long version) =>
        await Finish(await workers.Withdraw(Id, consent, version, Sent), _ => $"/station/workers/{Id}", "consent.taken-back");

    /// <summary>Everything that is held of the person, as a sheet or as data; the service logs it.</summary>
    public async Task<IActionResult> OnGetExportAsync(bool sheet) => await Pass(await workers.Export(Id, sheet), sheet ? "personal-data.xlsx" : "personal-data.json");

    public async Task<IActionResult> OnPostLeaveAsync(string? reason, DateOnly? on) =>
        await Finish(await workers.Leave(Id, reason, on, Sent), _ => $"/station/workers/{Id}", "leave.done");

    public async Task<IActionResult> OnPostReturnAsync() => await Finish(await workers.Return(Id, Sent), _ => $"/station/workers/{Id}", "leave.undone");

    /// <summary>Nothing happens without the tick that says so.</summary>
    public async Task<IActionResult> OnPostEraseAsync(string? reason, bool confirmed) => confirmed
        ? await Finish(await workers.Erase(Id, reason, Sent), _ => $"/station/workers/{Id}", "erase.done")
        : await Unreadable();

    protected override async Task Load()
    {
        var worker = workers.Worker(Id);
        var found = Visitor.Is(ServiceDefaults.Role.Collector)
            ? Task.FromResult(Got<ListOf<Placement>>.Nothing)
            : placements.Find(worker: Id, state: null, trip: null, running: null, cursor: null);
        (Worker, Placements) = (await worker, await found);
        if (Worker.Refusal is { IsAway: false } refused && Problem is null)
        {
            Response.StatusCode = refused.Status;
        }
    }
}
