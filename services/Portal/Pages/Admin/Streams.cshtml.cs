using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Admin;

/// <summary>How far each service's copies are, whether one is stuck, and what an operator does about it.</summary>
internal sealed class StreamsModel(PortalClient portal) : PortalPage
{
    private static readonly string[] Names = [WorkersClient.Service, EmployersClient.Service, MatchingClient.Service, PlacementsClient.Service];

    [BindProperty]
    public string Service { get; set; } = "";

    [BindProperty]
    public string Stream { get; set; } = "";

    [BindProperty]
    public string? Reason { get; set; }

    public IReadOnlyList<(string Service, Got<StreamsOf> Got)> Services { get; private set; } = [];

    /// <summary>The reason typed into a form that came back.</summary>
    public string? Typed(string form) => form == SentForm ? Reason : null;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostReplayAsync(bool rebuild) => Names.Contains(Service)
        ? await Finish(await portal.Replay(Service, Stream, rebuild, Reason, Sent), _ => "/admin/streams", "stream.asked")
        : NotFound();

    public async Task<IActionResult> OnPostSkipAsync(long position) => Names.Contains(Service)
        ? await Finish(await portal.Skip(Service, Stream, position, Reason, Sent), _ => "/admin/streams", "stream.skipped")
        : NotFound();

    protected override async Task Load() => Services = await Task.WhenAll(Names.Select(async name => (name, await portal.Streams(name))));
}
