using LaborBridge.Portal.Clients;
using LaborBridge.Portal.Tags;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>One spell of work, its history, and the steps that may follow as the service names them.</summary>
internal sealed class PlacementModel(PlacementsClient placements, WorkersClient workers) : PortalPage
{
    private static readonly string[] Forms = ["contract", "departed", "arrived", "started", "refused", "back", "evidence", "leave", "left"];

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public StepForm Form { get; set; } = new();

    /// <summary>The form of contract: a field named <c>form</c> would be taken for the form itself.</summary>
    [BindProperty]
    public string? ContractForm { get; set; }

    public Got<Placement> Placement { get; private set; } = Got<Placement>.Nothing;

    /// <summary>Set when the name cannot be had.</summary>
    public Refusal? NoName { get; private set; }

    public string? Name { get; private set; }

    /// <summary>The steps that may follow, what usually comes next before the rest: a contract can be recorded late too.</summary>
    public static IReadOnlyList<string> Offered(Placement placement) =>
        [.. Forms.Where(kind => placement.NextSteps?.Contains(kind) == true).OrderBy(kind => kind == "contract" && placement.State != "hired")];

    public static string[] Reasons(Placement placement) =>
        placement.FirstDay is null ? ["withdrawn", "other"] : ["job-change", "returned", "not-reached", "contract-ended", "other"];

    /// <summary>The entries that still hold and can be taken back.</summary>
    public IEnumerable<Choice> Correctable => (Placement.Value?.History ?? []).Where(entry => entry.Holds && entry.Kind != "correction")
        .Select(entry => new Choice(entry.Position.ToString(), $"{T.Day(entry.On)} {StepName(entry)}"));

    /// <summary>What an entry is called: a spell that came by no offer was recorded, nobody was hired by it.</summary>
    public string StepName(HistoryEntry entry) => T.Word("step", entry.Kind == "opened" && Placement.Value?.Source != "platform" ? "opened-otherwise" : entry.Kind);

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostStepAsync()
    {
        if (!ModelState.IsValid)
        {
            return await Unreadable();
        }

        var step = Form with { Form = Form.Kind == "contract" ? ContractForm : null, Alone = Form.Kind == "departed" ? true : null };
        return await Finish(await placements.Step(Id, step, Sent), _ => $"/station/placements/{Id}", "step.recorded");
    }

    protected override async Task Load()
    {
        Placement = await placements.Placement(Id);
        if (Placement.Value is { } placement)
        {
            var named = await workers.Named([placement.WorkerId]);
            (Name, NoName) = (named.Value?.GetValueOrDefault(placement.WorkerId)?.Name, named.Refusal);
        }
    }
}
