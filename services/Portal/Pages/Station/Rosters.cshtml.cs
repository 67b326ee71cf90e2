using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>
/// Takes a roster for a dry run. The page lets somewhat more through than the service takes, so that a file that is too large gets the
/// service's own words instead of a broken connection. It is held in memory while it is passed on: a buffer on disk would be a register in clear.
/// </summary>
[RequestSizeLimit(Largest)]
[RequestFormLimits(MultipartBodyLengthLimit = Largest, MemoryBufferThreshold = Largest)]
internal sealed class RostersModel(WorkersClient workers) : PortalPage
{
    private const int Largest = 150 * 1024 * 1024;

    public string? Sheet { get; private set; }

    public Got<ListOf<Roster>> Rosters { get; private set; } = Got<ListOf<Roster>>.Nothing;

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync(string? sheet, IFormFile? file)
    {
        Sheet = sheet;
        if (file is null)
        {
            ModelState.AddModelError("file", T["roster.choose-file"]);
            return await Unreadable();
        }

        return await Finish(await workers.Upload(sheet, file, Sent), roster => $"/station/rosters/{roster!.Id}");
    }

    protected override async Task Load() => Rosters = await workers.Rosters(Cursor);
}
