using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>A clerk or collector registers a worker, with wishes and consent where they were given.</summary>
internal sealed class NewWorkerModel(WorkersClient workers) : PortalPage
{
    public static readonly string[] Relations = ["head", "spouse", "child", "child-in-law", "grandchild", "parent", "grandparent", "sibling", "other"];

    [BindProperty]
    public WorkerForm Form { get; set; } = new();

    [BindProperty]
    public bool ConsentsToRecommendation { get; set; }

    [BindProperty]
    public string? ConsentForm { get; set; }

    [BindProperty]
    public DateOnly? ConsentOn { get; set; }

    public void OnGet()
    {
        ConsentOn = Today;
        if (Visitor.Divisions is [{ Length: >= 6 } own, ..])
        {
            Form.Hukou = own[..6];
            Form.Address = new Address(own.Length >= 9 ? own[..9] : null, Text: null);
        }
    }

    public IActionResult OnGetTowns(string? hukou) => Partial("_Options", Choices.Towns(hukou));

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return await Unreadable();
        }

        var got = await workers.Register(Complete(), Sent);
        return await Finish(got, worker => Query.Of($"/station/workers/{worker!.Id}", ("after", worker.Position)), "worker.registered");
    }

    // What was left blank is not sent: blank lines of lists, wishes that nobody stated.
    private WorkerForm Complete() => Form with
    {
        Phones = [.. (Form.Phones ?? []).Where(phone => !string.IsNullOrWhiteSpace(phone))],
        Address = Form.Address is { Division: null, Text: null } ? null : Form.Address,
        Skills = [.. (Form.Skills ?? []).Where(skill => skill?.Trade is not null)],
        Certificates = [.. (Form.Certificates ?? []).Where(certificate => !string.IsNullOrWhiteSpace(certificate))],
        HouseholdStatuses = Form.HouseholdStatuses?.FirstOrDefault()?.Code is { } code ? [new DatedStatus(code, Today, To: null)] : null,
        Wishes = Form.Wishes?.Willing is null ? null : Form.Wishes,
        Consents = ConsentsToRecommendation ? [new ConsentForm("recommendation", ConsentForm, ConsentOn)] : null,
    };
}
