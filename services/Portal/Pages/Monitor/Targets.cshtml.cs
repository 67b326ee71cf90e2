using LaborBridge.Portal.Clients;
using LaborBridge.Portal.Tags;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Monitor;

/// <summary>The targets of a year beside what the ledger holds; officials set those of their divisions.</summary>
internal sealed class TargetsModel(PlacementsClient placements) : PortalPage
{
    public static readonly string[] Indicators =
    [
        "workersTransferred", "transferredOutOfPoverty", "arranged", "organisedRate", "pointToPoint", "outOfCountyRate", "outOfProvinceRate", "stable3Rate", "stable6Rate", "stableInFujian", "onPost", "trained",
    ];

    /// <summary>The year shown; all without.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    [BindProperty]
    public TargetForm Form { get; set; } = new();

    public Got<ListOf<Target>> Targets { get; private set; } = Got<ListOf<Target>>.Nothing;

    public static bool IsRate(string? indicator) => indicator?.EndsWith("Rate", StringComparison.Ordinal) == true;

    /// <summary>A target or our figure as people read it: rates as percentages.</summary>
    public string Figure(Target target, decimal? value) => value is not { } known ? "–" : IsRate(target.Indicator) ? T.Percent(known) : $"{T.Number((long)known)} {target.Unit}";

    /// <summary>The divisions whose targets the visitor sets: the provinces, prefectures and counties of his.</summary>
    public IEnumerable<Choice> Own => Choices.Provinces().Concat(Choices.BoardPlaces()).Where(place => Visitor.Covers(place.Value));

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return await Unreadable();
        }

        // People write 40 for a rate of 0.4.
        var value = IsRate(Form.Indicator) ? Form.Value / 100 : Form.Value;
        return await Finish(await placements.SetTarget(Form, value ?? -1, Sent), _ => Query.Of("/monitor/targets", ("year", Form.ForYear)), "target.saved");
    }

    protected override async Task Load() => Targets = await placements.Targets(Year);
}
