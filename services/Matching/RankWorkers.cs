using LaborBridge.Matching.Books;
using LaborBridge.Matching.Engine;
using LaborBridge.Matching.Offers;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching;

/// <summary>
/// Which workers suit a posting, with reasons. A firm sees ids and skills: not who it is, which needs the worker's separate consent, nor where somebody
/// comes from and what he would settle for (domain.md 7).
/// </summary>
internal static class RankWorkers
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/matching/postings/{id:guid}/workers", (Guid id, int? top, HttpContext http, Requests<MatchingService> requests, BookKeeper books) => requests.Read(
            http,
            async (tx, caller) =>
            {
                await books.CatchUpFor(http, tx);
                return Handle(caller, id, Math.Clamp(top ?? 20, 1, 200), books, http.Language());
            },
            copyOf: "employers"))
        .Allow(Role.Station, Role.Employer, Role.Official)
        .WithName("RankWorkers");

    internal static Reply Handle(Caller caller, Guid id, int top, BookKeeper books, Language language)
    {
        // A sending station offers other people's postings to its own people only; the receiving side sees all who suit its site.
        var posting = books.Book.FindPosting(id);
        var firm = caller.Role == Role.Employer;
        var all = firm || caller.Covers(posting?.Site);
        var best = posting is not null && Sight.MaySeePosting(caller, posting.Employer, posting.Site, orAnyone: caller.Role is Role.Station or Role.Official)
            ? books.Book.TopWorkers(id, top, all ? null : worker => caller.Covers(worker.Home))
            : null;
        if (posting is null || best is null)
        {
            return Problem.NotFound(new Text("没有找到该在招岗位，或者不在您的管辖范围内。", "No such open posting in your scope."));
        }

        return Reply.Ok(new
        {
            items = best.Select(one => new
            {
                workerId = one.Worker.Id,
                home = firm ? null : one.Worker.Home[..DivisionPrefix.County],
                skills = one.Worker.Skills,
                certificates = one.Worker.Certificates,
                from = one.Worker.From,
                firm = Show.Score(one.FirmScore, language),
                worker = firm ? null : Show.Score(one.WorkerScore, language),
            }).ToArray(),
        });
    }
}
