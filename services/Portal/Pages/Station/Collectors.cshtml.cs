using LaborBridge.Portal.Clients;
using LaborBridge.Portal.Tags;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>Who enters for a station: a clerk sees those of his own, an official chooses among the stations of his divisions.</summary>
internal sealed class CollectorsModel(WorkersClient workers, AccountNames names) : PortalPage
{
    private IReadOnlyDictionary<Guid, string> known = new Dictionary<Guid, string>();

    [BindProperty(SupportsGet = true)]
    public Guid? Station { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<Clients.Station>> Choose { get; private set; } = Got<ListOf<Clients.Station>>.Nothing;

    /// <summary>The stations that an official chooses among.</summary>
    public IReadOnlyList<Choice> Own => [.. (Choose.Value?.Items ?? []).Where(station => Visitor.Covers(station.Division)).Select(station => new Choice(station.Id.ToString(), station.Name))];

    public Got<ListOf<Collector>> Collectors { get; private set; } = Got<ListOf<Collector>>.Nothing;

    /// <summary>The account's name; null for one that was never the portal's.</summary>
    public string? NameOf(Collector collector) => Guid.TryParse(collector.Account, out var id) ? known.GetValueOrDefault(id) : null;

    public async Task OnGetAsync()
    {
        if (Visitor.Is(Role.Official))
        {
            Choose = await workers.Stations();
            Station ??= Own.Count > 0 ? Guid.Parse(Own[0].Value) : null;
        }
        else
        {
            Station = Visitor.Station;
        }

        if (Station is { } station)
        {
            Collectors = await workers.Collectors(station, Cursor);
            known = await names([.. (Collectors.Value?.Items ?? []).Select(one => Guid.TryParse(one.Account, out var id) ? id : Guid.Empty)]);
        }
    }
}
