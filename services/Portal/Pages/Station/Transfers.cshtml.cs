using LaborBridge.Portal.Clients;
using LaborBridge.Portal.Tags;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>Workers who move between stations: asked for here, granted or refused by the station of the present home.</summary>
internal sealed class TransfersModel(WorkersClient workers) : PortalPage
{
    [BindProperty]
    public TransferForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<Transfer>> Transfers { get; private set; } = Got<ListOf<Transfer>>.Nothing;

    /// <summary>The counties into which the visitor may ask.</summary>
    public IEnumerable<Choice> Counties => Choices.Counties("64").Where(county => Visitor.Divisions.Any(own => Overlap(own, county.Value)));

    /// <summary>Their towns.</summary>
    public IEnumerable<Choice> Towns => Counties.SelectMany(county => Choices.Towns(county.Value).Select(town => town with { Group = county.Text }))
        .Where(town => Visitor.Divisions.Any(own => Overlap(own, town.Value)));

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostRequestAsync() => await Finish(await workers.AskTransfer(Form, Sent), _ => "/station/transfers", "transfer.asked");

    public async Task<IActionResult> OnPostDecideAsync(Guid id, string? decision, string? reason) =>
        await Finish(await workers.DecideTransfer(id, decision, reason, Sent), _ => "/station/transfers", "transfer.decided");

    protected override async Task Load() => Transfers = await workers.Transfers(Cursor);

    private static bool Overlap(string own, string code) => code.StartsWith(own, StringComparison.Ordinal) || own.StartsWith(code, StringComparison.Ordinal);
}
