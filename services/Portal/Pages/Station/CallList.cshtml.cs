using LaborBridge.Domain;
using LaborBridge.Portal.Clients;
using LaborBridge.Portal.Tags;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>Who has not been asked yet whether and where he wants to work, when last somebody tried, and the sheet to take along.</summary>
internal sealed class CallListModel(WorkersClient workers) : PortalPage
{
    public static readonly string[] Outcomes = ["no-answer", "switched-off", "wrong-number", "later", "no-comment"];

    [BindProperty(SupportsGet = true)]
    public string? Division { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Village { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<Call>> Calls { get; private set; } = Got<ListOf<Call>>.Nothing;

    /// <summary>The towns that the visitor looks after.</summary>
    public IEnumerable<Choice> Towns => Visitor.Divisions.Where(own => own.Length >= 6).SelectMany(own => Choices.Towns(own[..6]).Where(town => town.Value.StartsWith(own, StringComparison.Ordinal)
        || own.StartsWith(town.Value, StringComparison.Ordinal)).Select(town => town with { Group = Divisions.Name(DivisionCode.Parse(own[..6])) }));

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnGetSheetAsync(string? purpose) => await Pass(await workers.CallSheet(Division, Village, purpose), "calls.xlsx");

    public async Task<IActionResult> OnPostTriedAsync(Guid id, string? outcome) =>
        await Finish(await workers.Called(id, outcome, Sent), _ => Query.Of("/station/call-list", ("division", Division), ("village", Village)), "call.noted");

    protected override async Task Load() => Calls = await workers.CallList(Division, Village, Cursor);
}
