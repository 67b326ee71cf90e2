using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>Who travels together with a worker, and the trainings he finished.</summary>
internal sealed class CompanionsModel(WorkersClient workers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public TrainingForm Form { get; set; } = new();

    public Got<Worker> Worker { get; private set; } = Got<Worker>.Nothing;

    public Got<ListOf<Companion>> Companions { get; private set; } = Got<ListOf<Companion>>.Nothing;

    public Got<ListOf<Training>> Trainings { get; private set; } = Got<ListOf<Training>>.Nothing;

    /// <summary>Those who ask people write it down; officials read.</summary>
    public bool MayWrite => Visitor.Is(ServiceDefaults.Role.Collector, ServiceDefaults.Role.Station) && Worker.Value is { Erased: false };

    private string Here => $"/station/workers/{Id}/companions";

    public async Task OnGetAsync()
    {
        await Load();
        if (Worker.Refusal is { IsAway: false } refused)
        {
            Response.StatusCode = refused.Status;
        }
    }

    /// <summary>The number of the card is sent on and nowhere kept: a refused form asks for it again.</summary>
    public async Task<IActionResult> OnPostAddAsync(string? residentId) => await Finish(await workers.AddCompanion(Id, residentId, Sent), _ => Here, "companion.added");

    public async Task<IActionResult> OnPostLeaveAsync(long version) => await Finish(await workers.LeaveCompanions(Id, version, Sent), _ => Here, "companion.left");

    public async Task<IActionResult> OnPostTrainingAsync() => ModelState.IsValid
        ? await Finish(await workers.FinishTraining(Id, Form, Sent), _ => Here, "training.saved")
        : await Unreadable();

    protected override async Task Load()
    {
        var (worker, companions, trainings) = (workers.Worker(Id), workers.Companions(Id), workers.Trainings(Id));
        (Worker, Companions, Trainings) = (await worker, await companions, await trainings);
    }
}
