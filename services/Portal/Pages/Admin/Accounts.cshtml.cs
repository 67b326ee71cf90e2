using LaborBridge.Portal.Clients;
using LaborBridge.Portal.Tags;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Admin;

/// <summary>Who may sign in, as what, and what he sees.</summary>
internal sealed class AccountsModel(PortalClient portal, WorkersClient workers, EmployersClient employers) : PortalPage
{
    [BindProperty]
    public AccountForm Form { get; set; } = new();

    /// <summary>Division codes with commas or blanks between them.</summary>
    [BindProperty]
    public string? DivisionList { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<Account>> Accounts { get; private set; } = Got<ListOf<Account>>.Nothing;

    public Got<ListOf<Clients.Station>> Stations { get; private set; } = Got<ListOf<Clients.Station>>.Nothing;

    public Got<ListOf<Firm>> Firms { get; private set; } = Got<ListOf<Firm>>.Nothing;

    public IEnumerable<Choice> StationChoices => (Stations.Value?.Items ?? []).Select(station => new Choice(station.Id.ToString(), station.Name));

    public IEnumerable<Choice> FirmChoices => (Firms.Value?.Items ?? []).Select(firm => new Choice(firm.Id.ToString(), firm.Name));

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync()
    {
        var divisions = (DivisionList ?? "").Split([',', '，', '、', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return await Finish(await portal.CreateAccount(Form with { Divisions = divisions }, Sent), _ => "/admin/accounts", "account.created");
    }

    protected override async Task Load()
    {
        var accounts = portal.Accounts(Cursor);
        var stations = workers.Stations();
        var firms = employers.Firms(q: null, state: null, cursor: null, limit: 200);
        (Accounts, Stations, Firms) = (await accounts, await stations, await firms);
    }
}
