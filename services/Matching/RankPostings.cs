using LaborBridge.Domain;
using LaborBridge.Matching.Books;
using LaborBridge.Matching.Offers;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching;

/// <summary>Which postings suit a worker, with reasons: exact, equal to looking at every posting. Shown to those who look after the worker.</summary>
internal static class RankPostings
{
    private static readonly Sql Counts = Sql.Text($"SELECT {PostingRow.Columns} FROM match_postings WHERE posting_id IN @Ids");

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/matching/workers/{id:guid}/postings", (Guid id, int? top, HttpContext http, Requests<MatchingService> requests, BookKeeper books) => requests.Read(
            http,
            async (tx, caller) =>
            {
                await books.CatchUpFor(http, tx);
                return await Handle(tx, caller, id, Math.Clamp(top ?? 20, 1, 200), books, http.Language());
            },
            copyOf: "workers"))
        .Allow(Role.Station, Role.Official)
        .WithName("RankPostings");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, int top, BookKeeper books, Language language)
    {
        var best = books.Book.FindWorker(id) is { } worker && Sight.MaySeeWorker(caller, worker.Home) ? books.Book.TopPostings(id, top) : null;
        if (best is null)
        {
            return Problem.NotFound(new Text("该人员没有登记求职意愿，或未同意推荐，或不在您的管辖范围内。请先登记意愿和同意。", "No wish and consent recorded, or outside your scope."));
        }

        var rows = (await tx.Query<PostingRow>(Counts, new { Ids = best.Select(one => one.Posting.Id).Append(Guid.Empty).ToArray() })).ToDictionary(row => row.PostingId);
        return Reply.Ok(new
        {
            items = best.Select(one =>
            {
                var row = rows.GetValueOrDefault(one.Posting.Id);
                var told = row is null ? null : PostingCopy.Told(row);
                return new
                {
                    postingId = one.Posting.Id,
                    employerId = one.Posting.Employer,
                    title = told?.Title,
                    site = new { division = one.Posting.Site, divisionName = Divisions.FullName(DivisionCode.Parse(one.Posting.Site)), text = told?.SiteText },
                    monthlyGuaranteed = one.Posting.GuaranteedPay / 100m,
                    worker = Show.Score(one.WorkerScore, language),
                    firm = Show.Score(one.FirmScore, language),
                    free = row is null ? 0 : Math.Max(0, row.Headcount - row.Accepted),
                    open = row?.OpenOffers ?? 0,
                    waiting = row?.Waiting ?? 0,
                };
            }).ToArray(),
        });
    }
}
