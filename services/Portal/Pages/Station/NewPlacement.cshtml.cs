using LaborBridge.Domain;
using LaborBridge.Portal.Clients;
using LaborBridge.Portal.Tags;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>A spell of work that never passed through an offer: found by the worker himself, or named by a firm's list.</summary>
internal sealed class NewPlacementModel(PlacementsClient placements) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Worker { get; set; }

    [BindProperty]
    public string? Source { get; set; }

    [BindProperty]
    public string? Employer { get; set; }

    [BindProperty]
    public string? Division { get; set; }

    [BindProperty]
    public string? SiteText { get; set; }

    [BindProperty]
    public string? Trade { get; set; }

    [BindProperty]
    public string? Channel { get; set; }

    [BindProperty]
    public DateOnly? StartedOn { get; set; }

    [BindProperty]
    public decimal? MonthlyPay { get; set; }

    /// <summary>The counties of Ningxia and Fujian, then the other provinces.</summary>
    public static IEnumerable<Choice> Sites() => Choices.Counties("64").Concat(Choices.Counties("35"))
        .Concat(Divisions.All(DivisionLevel.Province).Where(province => province.Code.ToString() is not ("64" or "35")).Select(province => new Choice(province.Code.ToString(), province.Name)));

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return await Unreadable();
        }

        var got = await placements.Open(
            new
            {
                workerId = Worker, source = Source, employer = Employer is null ? null : new { name = Employer }, workplace = new { division = Division, text = SiteText }, trade = Trade, channel = Channel,
                startedOn = StartedOn, monthlyPay = MonthlyPay,
            },
            Sent);
        return await Finish(got, placement => $"/station/placements/{placement!.Id}", "placement.opened");
    }
}
