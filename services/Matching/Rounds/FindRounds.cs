using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Rounds;

/// <summary>Rounds with who goes where, who got nothing, how full each posting became, and why.</summary>
internal static class FindRounds
{
    private static readonly Sql One = Sql.Text($"SELECT {RoundRow.Columns} FROM rounds WHERE id = @Id");

    private static readonly Sql Some = Sql.Text($$"""SELECT {{RoundRow.Columns}} FROM rounds WHERE id < @Before ORDER BY id DESC {first:@Limit}""");

    private static readonly Sql Placed = Sql.Text($$"""
        SELECT {{PlacedRow.Columns}} FROM round_workers WHERE round_id = @Id AND worker_id > @After AND posting_id IS NOT NULL ORDER BY worker_id {first:@Limit}
        """);

    private static readonly Sql Unplaced = Sql.Text($$"""
        SELECT {{PlacedRow.Columns}} FROM round_workers WHERE round_id = @Id AND worker_id > @After AND posting_id IS NULL ORDER BY worker_id {first:@Limit}
        """);

    private static readonly Sql Postings = Sql.Text($$"""
        SELECT {{FilledRow.Columns}} FROM round_postings WHERE round_id = @Id AND posting_id > @After ORDER BY posting_id {first:@Limit}
        """);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/rounds", (HttpContext http, Requests<MatchingService> requests) => requests.Read(http, (tx, caller) => List(tx, caller, PageRequest.From(http))))
            .Allow(Role.Station, Role.Official, Role.Admin).WithName("FindRounds");
        app.MapGet("/api/rounds/{id:guid}", (Guid id, HttpContext http, Requests<MatchingService> requests) =>
                requests.Read(http, async (tx, caller) => await Get(tx, id) is { } round && round.MaySee(caller) ? Reply.Ok(round.View(), round.Version) : Problem.NotFound()))
            .Allow(Role.Station, Role.Official, Role.Admin).WithName("GetRound");
        app.MapGet("/api/rounds/{id:guid}/assignments", (Guid id, HttpContext http, Requests<MatchingService> requests) =>
                requests.Read(http, (tx, caller) => Rows(tx, caller, id, Placed, PageRequest.From(http), http.Language())))
            .Allow(Role.Station, Role.Official, Role.Admin).WithName("GetRoundAssignments");
        app.MapGet("/api/rounds/{id:guid}/unmatched", (Guid id, HttpContext http, Requests<MatchingService> requests) =>
                requests.Read(http, (tx, caller) => Rows(tx, caller, id, Unplaced, PageRequest.From(http), http.Language())))
            .Allow(Role.Station, Role.Official, Role.Admin).WithName("GetRoundUnmatched");
        app.MapGet("/api/rounds/{id:guid}/postings", (Guid id, HttpContext http, Requests<MatchingService> requests) =>
                requests.Read(http, (tx, caller) => Filled(tx, caller, id, PageRequest.From(http), http.Language())))
            .Allow(Role.Station, Role.Official, Role.Admin).WithName("GetRoundPostings");
    }

    internal static Task<RoundRow?> Get(Tx tx, Guid id) => tx.First<RoundRow>(One, new { Id = id });

    private static async Task<Reply> List(Tx tx, Caller caller, PageRequest page)
    {
        var rows = await tx.Query<RoundRow>(Some, new { Before = page.After ?? "~", Limit = page.Take });
        var part = Paged.From(page, rows, row => row.Id.ToString(), row => row);
        return Reply.Ok(new { items = part.Items.Where(row => row.MaySee(caller)).Select(row => row.View()).ToArray(), part.Next });
    }

    private static async Task<Reply> Filled(Tx tx, Caller caller, Guid id, PageRequest page, Language language)
    {
        if (await Get(tx, id) is not { } round || !round.MaySee(caller))
        {
            return Problem.NotFound();
        }

        var rows = await tx.Query<FilledRow>(Postings, new { Id = id, After = page.After ?? "", Limit = page.Take });
        return Reply.Ok(Paged.From(page, rows, row => row.PostingId.ToString(), row => row.View(language)));
    }

    private static async Task<Reply> Rows(Tx tx, Caller caller, Guid id, Sql which, PageRequest page, Language language)
    {
        if (await Get(tx, id) is not { } round || !round.MaySee(caller))
        {
            return Problem.NotFound();
        }

        var rows = await tx.Query<PlacedRow>(which, new { Id = id, After = page.After ?? "", Limit = page.Take });
        return Reply.Ok(Paged.From(page, rows, row => row.WorkerId.ToString(), row => row.View(language)));
    }
}

internal sealed class PlacedRow
{
    public const string Columns = "worker_id, posting_id, employer_id, worker_score, firm_score, code, zh, en, offer_id, refused";

    public required Guid WorkerId { get; init; }
    public Guid? PostingId { get; init; }
    public Guid? EmployerId { get; init; }
    public required int WorkerScore { get; init; }
    public required int FirmScore { get; init; }
    public string? Code { get; init; }
    public string? Zh { get; init; }
    public string? En { get; init; }
    public Guid? OfferId { get; init; }
    public string? Refused { get; init; }

    public object View(Language language) => new
    {
        WorkerId, PostingId, EmployerId, WorkerScore, FirmScore, OfferId, Refused,
        reason = Code is null ? null : new { Code, sentence = language == Language.Zh ? Zh : En },
    };
}

internal sealed class FilledRow
{
    public const string Columns = "posting_id, entry, taken, cutoff, code, zh, en";

    public required Guid PostingId { get; init; }
    public required string Entry { get; init; }
    public required int Taken { get; init; }
    public int? Cutoff { get; init; }
    public string? Code { get; init; }
    public string? Zh { get; init; }
    public string? En { get; init; }

    public object View(Language language) => new
    {
        PostingId, seats = RoundInput.Posting(Entry).FreeSeats, Taken, Cutoff,
        reason = Code is null ? null : new { Code, sentence = language == Language.Zh ? Zh : En },
    };
}
