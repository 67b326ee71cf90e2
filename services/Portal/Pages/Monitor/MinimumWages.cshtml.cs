using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Monitor;

/// <summary>The minimum wages that postings are checked against, kept by the officials of each division.</summary>
internal sealed class MinimumWagesModel(EmployersClient employers) : PortalPage
{
    [BindProperty]
    public MinimumWageForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<MinimumWage>> Wages { get; private set; } = Got<ListOf<MinimumWage>>.Nothing;

    /// <summary>Whether the visitor keeps this division; the service decides again.</summary>
    public bool MayKeep(string division) => Visitor.Is(ServiceDefaults.Role.Official) && Visitor.Covers(division);

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync() => ModelState.IsValid
        ? await Finish(await employers.EnterMinimumWage(Form, Sent), _ => "/monitor/minimum-wages", "wage.saved")
        : await Unreadable();

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, long version) =>
        await Finish(await employers.RemoveMinimumWage(id, version, Sent), _ => "/monitor/minimum-wages", "wage.removed");

    protected override async Task Load() => Wages = await employers.MinimumWages(Cursor);
}
