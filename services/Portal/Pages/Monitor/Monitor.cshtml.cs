using LaborBridge.Portal.Clients;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Monitor;

/// <summary>The outflow monitor: headline figures with unit, as-of day and source; by county; flows; beside what was reported. Its parts load one by one.</summary>
internal sealed class MonitorModel(PlacementsClient placements) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? AsOf { get; set; }

    /// <summary>China's time, as typed.</summary>
    [BindProperty(SupportsGet = true)]
    public DateTime? KnownAt { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Side { get; set; }

    /// <summary>What the rows of the table stand for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? By { get; set; }

    public string Rows => Groupings.Contains(By) ? By! : Visitor.Receiving ? "city" : "county";

    public Got<Indicators> Totals { get; private set; } = Got<Indicators>.Nothing;

    public string ReportPath => Query.Of("/monitor", ("handler", "Report"), ("month", $"{AsOf ?? Today:yyyy-MM}"));

    private string? Known => KnownAt is { } typed ? new DateTimeOffset(DateTime.SpecifyKind(typed, DateTimeKind.Unspecified), ChinaTime.Offset).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ") : null;

    public static readonly string[] Groupings = ["county", "town", "pairing", "city", "firm", "trade", "month", "sex", "age-band", "household-status"];

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnGetCountiesAsync()
    {
        var got = await placements.Indicators(From, To, AsOf, Known, Rows, Side);
        return got.Refusal is { } refusal ? Partial("_Refusal", refusal) : Partial("_Counties", got.Value!);
    }

    public async Task<IActionResult> OnGetFlowsAsync()
    {
        var got = await placements.Flows(From, To, AsOf, Known, "city", Side);
        return got.Refusal is { } refusal ? Partial("_Refusal", refusal) : Partial("_Flows", got.Value!);
    }

    public async Task<IActionResult> OnGetReferenceAsync()
    {
        var got = await placements.Reference();
        return got.Refusal is { } refusal ? Partial("_Refusal", refusal) : Partial("_Reference", got.Value!.Items);
    }

    public async Task<IActionResult> OnGetReportAsync(string? month) => await Pass(await placements.Report(month), $"report-{month}.xlsx");

    /// <summary>The address of a part of the page with the same choices.</summary>
    public string Part(string handler) => Query.Of("/monitor", ("handler", handler), ("from", From), ("to", To), ("asOf", AsOf), ("knownAt", KnownAt?.ToString("yyyy-MM-ddTHH:mm")), ("side", Side), ("by", By));

    /// <summary>The headline figures: name, value, unit, what belongs beside it.</summary>
    public IEnumerable<(string Key, string Value, string Unit, string More)> Tiles(IndicatorRow row)
    {
        var (people, times) = (T["unit.people"].Value, T["unit.times"].Value);
        yield return ("workersTransferred", T.Number(row.WorkersTransferred), people, T["monitor.of-arranged", T.Number(row.Arranged)]);
        yield return ("departures", T.Number(row.Departures.Total), times, T["monitor.of-departures", T.Number(row.Departures.New), T.Number(row.Departures.Returning), T.Number(row.Departures.ToFujian)]);
        yield return ("onPost", T.Number(row.OnPost), people, T["monitor.of-stock", T.Number(row.OutOfPoverty), T.Number(row.Monitored)]);
        yield return ("stableInFujian", T.Number(row.StableInFujian), people, T["monitor.of-stable"]);
        yield return ("stable3Rate", T.Percent(row.Stable3Rate), "", T["monitor.of-stable6", T.Percent(row.Stable6Rate)]);
        yield return ("organisedRate", T.Percent(row.OrganisedRate), "", T["monitor.of-trips", T.Number(row.PointToPoint)]);
        yield return ("returned", T.Number(row.Returned), people, T["monitor.of-local", T.Number(row.LocalEmployment?.Total ?? 0)]);
        yield return ("evidenceShare", T.Percent(row.EvidenceShare), "", T["monitor.of-income", T.TenThousand(row.WageIncome)]);
    }

    protected override async Task Load() => Totals = await placements.Indicators(From, To, AsOf, Known, "none", Side);
}
