using LaborBridge.Portal.Clients;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>What goes wrong early, by kind, with the way to the placement or the trip.</summary>
internal sealed class AlertsModel(PlacementsClient placements, WorkersClient workers) : PortalPage
{
    public Got<ListOf<Alert>> Alerts { get; private set; } = Got<ListOf<Alert>>.Nothing;

    public Got<IReadOnlyDictionary<Guid, Worker>> Names { get; private set; } = Got<IReadOnlyDictionary<Guid, Worker>>.Nothing;

    /// <summary>The person's name, or the end of the number where it is not told.</summary>
    public string? NameOf(Alert alert) => alert.WorkerId is { } worker ? Names.Value?.GetValueOrDefault(worker)?.Name ?? worker.ToString()[^8..] : null;

    public async Task OnGetAsync()
    {
        Alerts = await placements.Alerts();
        Names = await workers.Named((Alerts.Value?.Items ?? []).Select(alert => alert.WorkerId).OfType<Guid>());
    }
}
