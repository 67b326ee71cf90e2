using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>What a worker wishes, asked by a call; the consent to recommendation can be recorded in the same call.</summary>
internal sealed class WishesModel(WorkersClient workers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public WishesForm Form { get; set; } = new();

    [BindProperty]
    public long Version { get; set; }

    public Got<Worker> Worker { get; private set; } = Got<Worker>.Nothing;

    public async Task OnGetAsync()
    {
        await Load();
        Version = Worker.Value?.Version ?? 0;
        if (Worker.Value?.Wishes is { } wishes)
        {
            Form = new WishesForm
            {
                Willing = wishes.Willing, Trades = wishes.Trades, Places = wishes.Places, MonthlyPay = wishes.MonthlyPay, From = wishes.From, Lodging = wishes.Lodging, Canteens = wishes.Canteens,
                Languages = wishes.Languages,
            };
        }
    }

    public async Task<IActionResult> OnPostAsync(bool consentsToRecommendation, string? consentForm)
    {
        if (!ModelState.IsValid)
        {
            return await Unreadable();
        }

        // The form shows every language: who has none ticked speaks none of them.
        var form = Form with { Languages = Form.Languages ?? [], Consents = consentsToRecommendation ? [new ConsentForm("recommendation", consentForm, Today)] : Form.Consents };
        return await Finish(await workers.Wish(Id, Version, form, Sent), worker => Query.Of($"/station/workers/{Id}", ("after", worker!.Position)), "wishes.saved");
    }

    protected override async Task Load()
    {
        Worker = await workers.Worker(Id);
        if (Problem?.Code == "stale-version" && Worker.Value is { } now)
        {
            ModelState.Remove(nameof(Version));
            Version = now.Version;
        }
    }
}
