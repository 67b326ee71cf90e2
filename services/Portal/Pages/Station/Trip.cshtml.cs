using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>A trip's manifest, made to be printed; the roll call before it leaves; the handover to each firm.</summary>
internal sealed class TripModel(PlacementsClient placements, WorkersClient workers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public Got<Manifest> Manifest { get; private set; } = Got<Manifest>.Nothing;

    public Got<IReadOnlyDictionary<Guid, Worker>> Names { get; private set; } = Got<IReadOnlyDictionary<Guid, Worker>>.Nothing;

    public Task OnGetAsync() => Load();

    /// <summary>Who is ticked is present, whoever else is booked is absent, with the reason beside the name.</summary>
    public async Task<IActionResult> OnPostRollCallAsync(List<Guid> present, DateOnly? on)
    {
        var manifest = await placements.Manifest(Id);
        if (manifest.Refusal is { } refusal)
        {
            return await Refuse(refusal);
        }

        var absent = manifest.Value!.Passengers.Where(passenger => passenger.State == "booked" && !present.Contains(passenger.PlacementId))
            .Select(passenger => new { placementId = passenger.PlacementId, reason = Request.Form[$"reason-{passenger.PlacementId}"].ToString() });
        return await Finish(await placements.CallRoll(Id, new { present, absent, on }, Sent), _ => $"/station/trips/{Id}", "trip.has-departed");
    }

    public async Task<IActionResult> OnPostHandOverAsync(Guid employer, [FromForm(Name = "placements")] List<Guid> people, DateOnly? on) =>
        await Finish(await placements.HandOver(Id, new { employerId = employer, placements = people, on }, Sent), _ => $"/station/trips/{Id}", "trip.handed-over");

    protected override async Task Load()
    {
        Manifest = await placements.Manifest(Id);
        Names = await workers.Named((Manifest.Value?.Passengers ?? []).Select(passenger => passenger.WorkerId));
    }
}
