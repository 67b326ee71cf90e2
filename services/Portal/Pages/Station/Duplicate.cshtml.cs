using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>Two records side by side, masked: one person or two, and back.</summary>
internal sealed class DuplicateModel(WorkersClient workers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public Got<DuplicatePair> Pair { get; private set; } = Got<DuplicatePair>.Nothing;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostMergeAsync(Guid keep) => await Finish(await workers.Merge(Id, keep, Sent), _ => $"/station/duplicates/{Id}", "duplicate.merged");

    public async Task<IActionResult> OnPostDifferAsync() => await Finish(await workers.Differ(Id, Sent), _ => "/station/duplicates", "duplicate.told-apart");

    public async Task<IActionResult> OnPostSeparateAsync() => await Finish(await workers.Separate(Id, Sent), _ => $"/station/duplicates/{Id}", "duplicate.undone");

    /// <summary>What both records say, line by line.</summary>
    public IEnumerable<DuplicateLine> Lines(Worker first, Worker second)
    {
        return new[]
        {
            Line("worker.status", worker => T.Word("worker-status", worker.Status)),
            Line("worker.id", worker => worker.ResidentId),
            Line("worker.sex-age", worker => $"{T.Word("sex", worker.Sex)} · {worker.Age}"),
            Line("worker.phones", worker => string.Join(" ", worker.Phones ?? [])),
            Line("worker.home", worker => T.Place(worker.Home)),
            Line("worker.address", worker => worker.Address?.Text),
            Line("worker.household-number", worker => worker.Household?.Number),
            Line("worker.household-status", worker => string.Join(" → ", (worker.Household?.Statuses ?? []).Select(status => T.HouseholdStatus(status.Code)))),
            Line("worker.education", worker => T.Word("education", worker.Education)),
            Line("worker.capacity", worker => T.Word("capacity", worker.LabourCapacity)),
            Line("worker.skills", worker => string.Join(" · ", (worker.Skills ?? []).Select(skill => T.Trade(skill.Trade)))),
            Line("worker.certificates", worker => string.Join(" · ", worker.Certificates ?? [])),
            Line("wishes.title", worker => worker.Wishes is null ? T["wishes.unasked"] : T[worker.Wishes.Willing == true ? "wishes.yes" : "wishes.no"]),
            Line("consent.title", worker => string.Join(" · ", (worker.Consents ?? []).Where(consent => consent.WithdrawnAt is null).Select(consent => T.Word("consent-purpose", consent.Purpose)))),
            Line("worker.workplace", worker => T.Place(worker.Workplace)),
            Line("worker.entered", worker => T.Moment(worker.EnteredAt)),
        };

        DuplicateLine Line(string label, Func<Worker, string?> of) => new(T[label], of(first) ?? "", of(second) ?? "");
    }

    protected override async Task Load()
    {
        Pair = await workers.Duplicate(Id);
        if (Pair.Refusal is { IsAway: false } refused && Problem is null)
        {
            Response.StatusCode = refused.Status;
        }
    }
}

/// <summary>One fact of both records.</summary>
internal sealed record DuplicateLine(string Label, string First, string Second)
{
    public bool Differs => First != Second;
}
