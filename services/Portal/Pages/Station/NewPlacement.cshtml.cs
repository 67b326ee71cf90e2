using LaborBridge.Domain;
using LaborBridge.Portal.Clients;
using LaborBridge.Portal.Tags;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>A spell of work that never passed through an offer: found by the worker himself, or named by a firm's list. A firm that is registered is known by its name.</summary>
internal sealed class NewPlacementModel(PlacementsClient placements, EmployersClient employers) : PortalPage
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

    /// <summary>Names of registered firms that hold what is typed.</summary>
    public async Task<IActionResult> OnGetFirmsAsync(string? employer) =>
        Partial("_Names", ((await employers.Firms(employer, state: null, cursor: null, limit: 10)).Value?.Items ?? []).Select(firm => firm.Name));

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return await Unreadable();
        }

        var registered = Employer?.Trim() is { Length: > 0 } name ? await employers.Firms(name, state: null, cursor: null) : Got<ListOf<Firm>>.Nothing;
        if (registered.Refusal is { } refusal)
        {
            return await Refuse(refusal);
        }

        var firm = registered.Value?.Items.FirstOrDefault(one => one.Name == Employer?.Trim());
        var got = await placements.Open(
            new
            {
                workerId = Worker, source = Source, employer = Employer is null ? null : new FirmRef(firm?.Id, firm is null ? Employer : null), workplace = new { division = Division, text = SiteText }, trade = Trade, channel = Channel,
                startedOn = StartedOn, monthlyPay = MonthlyPay,
            },
            Sent);
        return await Finish(got, placement => $"/station/placements/{placement!.Id}", "placement.opened");
    }
}
