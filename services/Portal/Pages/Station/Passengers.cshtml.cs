using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>Who can ride: people hired who have not departed, and people on leave who go back to their post.</summary>
internal sealed class PassengersModel(PlacementsClient placements, WorkersClient workers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public Got<ListOf<Placement>> Candidates { get; private set; } = Got<ListOf<Placement>>.Nothing;

    public Got<IReadOnlyDictionary<Guid, Worker>> Names { get; private set; } = Got<IReadOnlyDictionary<Guid, Worker>>.Nothing;

    /// <summary>Those who wait for a trip in one of these states.</summary>
    public static readonly string[] States = ["contracted", "hired", "on-leave"];

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "contracted";

    public IEnumerable<Placement> Fitting => (Candidates.Value?.Items ?? []).Where(placement => placement.State == "on-leave" || !placement.NearHome);

    public static string KindOf(Placement placement) => placement.State == "on-leave" ? "returning" : "new";

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync(Guid? placement, string? kind) =>
        await Finish(await placements.Book(Id, placement, kind, Sent), _ => $"/station/trips/{Id}", "trip.booked");

    protected override async Task Load()
    {
        Candidates = await placements.Find(worker: null, State, trip: null, running: null, cursor: null, limit: 200);
        Names = await workers.Named(Fitting.Select(placement => placement.WorkerId));
    }
}
