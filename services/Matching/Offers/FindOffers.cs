using LaborBridge.Matching.Books;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Offers;

/// <summary>Offers in the caller's sight, newest first.</summary>
internal static class FindOffers
{
    private static readonly Sql One = Sql.Text($"SELECT {OfferRow.Columns} FROM offers WHERE id = @Id");

    private static readonly Sql Postings = Sql.Text($"SELECT {PostingRow.Columns} FROM match_postings WHERE posting_id IN @Ids");

    private static readonly Sql Some = Sql.Text($$"""
        SELECT {{OfferRow.Columns}} FROM offers
        WHERE id < @Before AND (@Worker = '' OR worker_id = @Worker) AND (@Posting = '' OR posting_id = @Posting)
            AND (@Employer = '' OR employer_id = @Employer) AND (@State = '' OR state = @State)
            AND (employer_id = @Own OR @Own = '' AND ({{ScopeRanges.Where("home_division")}} OR {{ScopeRanges.Where("site_division")}}))
        ORDER BY id DESC {first:@Limit}
        """);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/offers", (HttpContext http, Guid? worker, Guid? posting, Guid? employer, string? state, Requests<MatchingService> requests) =>
                requests.Read(http, (tx, caller) => List(tx, caller, worker, posting, employer, state, PageRequest.From(http))))
            .Allow(Role.Station, Role.Employer, Role.Official, Role.Admin)
            .WithName("FindOffers");
        app.MapGet("/api/offers/{id:guid}", (Guid id, HttpContext http, Requests<MatchingService> requests) =>
                requests.Read(http, async (tx, caller) => await Get(tx, id) is { } offer && Sight.MaySee(caller, offer) ? await Show(tx, offer) : Problem.NotFound()))
            .Allow(Role.Station, Role.Employer, Role.Official, Role.Admin)
            .WithName("GetOffer");
    }

    /// <summary>The offer as it stands.</summary>
    internal static async Task<Reply> Show(Tx tx, OfferRow offer) => Reply.Ok(offer.View(await tx.First<PostingRow>(Postings, new { Ids = new[] { offer.PostingId } })), offer.Version);

    internal static Task<OfferRow?> Get(Tx tx, Guid id) => tx.First<OfferRow>(One, new { Id = id });

    private static async Task<Reply> List(Tx tx, Caller caller, Guid? worker, Guid? posting, Guid? employer, string? state, PageRequest page)
    {
        var rows = await tx.Query<OfferRow>(Some, Args.With(caller.Scope, new
        {
            Before = page.After ?? "~",
            Worker = $"{worker}",
            Posting = $"{posting}",
            Employer = $"{employer}",
            State = state?.Trim() ?? "",
            Own = caller.Role == Role.Employer ? $"{caller.Employer ?? Guid.Empty}" : "",
            Limit = page.Take,
        }));
        var postings = (await tx.Query<PostingRow>(Postings, new { Ids = rows.Select(row => row.PostingId).Append(Guid.Empty).Distinct().ToArray() })).ToDictionary(row => row.PostingId);
        return Reply.Ok(Paged.From(page, rows, row => row.Id.ToString(), row => row.View(postings.GetValueOrDefault(row.PostingId))));
    }
}
