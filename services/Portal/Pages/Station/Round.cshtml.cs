using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Station;

/// <summary>One batch: how far it is, who goes where, who got nothing and why; publishing sends the offers out.</summary>
internal sealed class RoundModel(MatchingClient matching, WorkersClient workers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public Got<Round> Round { get; private set; } = Got<Round>.Nothing;

    public Task OnGetAsync() => Load();

    /// <summary>The progress alone, asked for while the batch runs; when it is over the whole page is shown anew.</summary>
    public async Task<IActionResult> OnGetProgressAsync()
    {
        var got = await matching.Round(Id);
        if (got.Value is { Running: false })
        {
            Response.Headers["HX-Refresh"] = "true";
        }

        return got.Refusal is { } refusal ? Partial("_Refusal", refusal) : Partial("_RoundProgress", got.Value!);
    }

    public async Task<IActionResult> OnGetRowsAsync(string? which, string? cursor)
    {
        var placed = which != "unmatched";
        var got = await matching.RoundRows(Id, placed ? "assignments" : "unmatched", cursor);
        if (got.Refusal is { } refusal)
        {
            return Partial("_Refusal", refusal);
        }

        var names = await workers.Named(got.Value!.Items.Select(row => row.WorkerId));
        return Partial("_RoundRows", new RoundRows(Id, placed, got.Value, names.Value ?? new Dictionary<Guid, Worker>()));
    }

    /// <summary>A call sends so many offers; what is left is said, and sent by the same button.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        var got = await matching.PublishRound(Id, Sent);
        var answer = await Finish(got, _ => $"/station/rounds/{Id}");
        if (got.Value is { } sent)
        {
            Done = T["round.sent", sent.Sent, sent.Refused, sent.Left].Value;
        }

        return answer;
    }

    protected override async Task Load() => Round = await matching.Round(Id);
}
