using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>The season's batches: start one on the workers and sites chosen; nothing goes out before it is published.</summary>
internal sealed class RoundsModel(MatchingClient matching) : PortalPage
{
    [BindProperty]
    public string? Name { get; set; }

    /// <summary>Home counties; none means all that the visitor sees.</summary>
    [BindProperty]
    public IReadOnlyList<string> Homes { get; set; } = [];

    /// <summary>Prefectures of work; none means all.</summary>
    [BindProperty]
    public IReadOnlyList<string> Sites { get; set; } = [];

    [BindProperty]
    public bool Monitored { get; set; }

    [BindProperty]
    public bool Pairing { get; set; }

    /// <summary>The fewest who travel to one posting or city; fewer do not go. None without.</summary>
    [BindProperty]
    public int? MinimumWorkers { get; set; }

    [BindProperty]
    public string MinimumPer { get; set; } = "posting";

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<Round>> Rounds { get; private set; } = Got<ListOf<Round>>.Nothing;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return await Unreadable();
        }

        var round = new
        {
            name = Name ?? "",
            workers = new { divisions = Homes, statuses = Monitored ? new[] { "monitored" } : [] },
            postings = new { divisions = Sites },
            profile = new { pairing = Pairing },
            objective = "stable",
            minimum = MinimumWorkers is { } fewest ? new { workers = fewest, per = MinimumPer } : null,
        };
        return await Finish(await matching.StartRound(round, Sent), started => $"/station/rounds/{started!.Id}", "round.started");
    }

    protected override async Task Load() => Rounds = await matching.Rounds(Cursor);
}
