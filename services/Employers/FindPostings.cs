using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>The public board shows live postings of unsuspended firms within their validity, nothing else, and is searched by words; a firm sees all its own, an official those of his area.</summary>
internal static class FindPostings
{
    private const string Joined = "p.id, p.employer_id, p.version, p.state, p.headcount, p.accepted, p.terms, p.findings, p.confirmations, p.closed_reason, p.published_at, e.name AS employer_name";

    private static readonly Sql One = Sql.Text($"SELECT {Joined} FROM postings p JOIN employers e ON e.id = p.employer_id WHERE p.id = @Id");

    private static readonly Sql Board = Sql.Text($$"""
        SELECT {{Joined}} FROM postings p JOIN employers e ON e.id = p.employer_id
        WHERE p.state = 'live' AND p.valid_from <= @Today AND p.valid_to > @Today AND e.state <> 'suspended' AND p.id < @Before
            AND (@Count = 0 OR p.id IN (SELECT w.posting_id FROM board_words w WHERE w.word IN @Words GROUP BY w.posting_id HAVING COUNT(*) = @Count))
            AND p.site_division >= @DivisionLo AND p.site_division < @DivisionHi
            AND (@Trade = '' OR p.trade = @Trade) AND p.monthly_guaranteed_fen >= @PayFen AND (@Lodging = 0 OR p.lodging <> 'none')
        ORDER BY p.id DESC {first:@Limit}
        """);

    private static readonly Sql OfFirms = Sql.Text($$"""
        SELECT {{Joined}} FROM postings p JOIN employers e ON e.id = p.employer_id
        WHERE p.id < @Before AND (@State = '' OR p.state = @State)
            AND (@OwnOnly = 1 AND p.employer_id = @Own OR @OwnOnly = 0 AND {{ScopeRanges.Where("e.site_division")}})
        ORDER BY p.id DESC {first:@Limit}
        """);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/postings", (HttpContext http, bool? mine, string? state, string? q, string? division, string? trade, decimal? pay, bool? lodging, Requests<EmployersService> requests, TimeProvider time) =>
                requests.ReadAnonymous(http, (tx, caller) => mine == true && caller is not null
                    ? Mine(tx, caller, state, PageRequest.From(http), http.Language())
                    : OnBoard(tx, q, division, trade, pay, lodging, PageRequest.From(http), ChinaTime.Today(time), http.Language())))
            .AllowAnyone()
            .RequireRateLimiting("public-board")
            .WithName("FindPostings");
        app.MapGet("/api/postings/{id:guid}", (Guid id, HttpContext http, Requests<EmployersService> requests, TimeProvider time) =>
                requests.ReadAnonymous(http, (tx, caller) => Show(tx, caller, id, ChinaTime.Today(time), http.Language())))
            .AllowAnyone()
            .RequireRateLimiting("public-board")
            .WithName("GetPosting");
    }

    internal static Task<PostingRow?> Get(Tx tx, Guid id) => tx.First<PostingRow>(One, new { Id = id });

    private static async Task<Reply> Show(Tx tx, Caller? caller, Guid id, DateOnly today, Language language)
    {
        var row = await Get(tx, id);
        if (row is null)
        {
            return Problem.NotFound();
        }

        var employer = await FindEmployers.Get(tx, row.EmployerId);
        var whole = caller is not null && employer is not null && FindEmployers.MayWorkWith(caller, employer);

        // Clerks must still read a posting that has left the board when they look after somebody who was hired through it.
        var onBoard = row.State == Posting.Live && row.ReadTerms().ValidTo > today && employer?.State != Employer.Suspended;
        var published = onBoard || (row.PublishedAt is not null && caller is { Role: Role.Station or Role.Official });
        return whole ? Reply.Ok(row.View(language, whole, await MinimumWage.For(tx, row.ReadTerms(), today)), row.Version)
            : published ? Reply.Ok(row.View(language, whole), row.Version)
            : Problem.NotFound();
    }

    private static async Task<Reply> OnBoard(
        Tx tx, string? q, string? division, string? trade, decimal? pay, bool? lodging, PageRequest page, DateOnly today, Language language)
    {
        var within = string.IsNullOrWhiteSpace(division) ? "" : DivisionCode.TryParse(division, out var code) ? code.ToString() : "-";
        var words = await IndexBoard.Wanted(tx, q);
        var rows = await tx.Query<PostingRow>(Board, new
        {
            Today = today,
            Before = page.After ?? "~",
            Words = words ?? [""],
            Count = words?.Count ?? 0,
            DivisionLo = within,
            DivisionHi = within + "~",
            Trade = trade?.Trim() ?? "",
            PayFen = (long)((pay ?? 0) * 100),
            Lodging = lodging == true,
            Limit = page.Take,
        });
        return Reply.Ok(Paged.From(page, rows, row => row.Id.ToString(), row => row.View(language, whole: false)));
    }

    private static async Task<Reply> Mine(Tx tx, Caller caller, string? state, PageRequest page, Language language)
    {
        if (caller.Role == Role.Collector)
        {
            return Problem.Forbidden();
        }

        var rows = await tx.Query<PostingRow>(OfFirms, Args.With(caller.Scope, new
        {
            Before = page.After ?? "~",
            State = state?.Trim() ?? "",
            OwnOnly = caller.Role == Role.Employer,
            Own = caller.Employer ?? Guid.Empty,
            Limit = page.Take,
        }));
        return Reply.Ok(Paged.From(page, rows, row => row.Id.ToString(), row => row.View(language, whole: true)));
    }
}
