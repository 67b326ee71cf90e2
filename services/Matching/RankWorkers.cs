using LaborBridge.EventStreams;
using LaborBridge.Matching.Books;
using LaborBridge.Matching.Offers;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching;

/// <summary>Which workers suit a posting, with reasons. A firm sees ids, the home county and skills, never who it is: that needs the worker's separate consent.</summary>
internal static class RankWorkers
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/matching/postings/{id:guid}/workers", async (Guid id, int? top, HttpContext http, Requests<MatchingService> requests, BookKeeper books, StreamPositions<MatchingService> streams) =>
        {
            await Fresh.Wait(http, streams, books, usual: "employers");
            return await requests.Read(http, (tx, caller) => Task.FromResult(Handle(caller, id, Math.Clamp(top ?? 20, 1, 200), books, http.Language())));
        })
        .Allow(Role.Station, Role.Employer, Role.Official)
        .WithName("RankWorkers");

    internal static Reply Handle(Caller caller, Guid id, int top, BookKeeper books, Language language)
    {
        var posting = books.Book.FindPosting(id);
        var best = posting is not null && Sight.MaySeePosting(caller, posting.Employer, posting.Site, orAnyone: caller.Role is Role.Station or Role.Official)
            ? books.Book.TopWorkers(id, top)
            : null;
        if (posting is null || best is null)
        {
            return Problem.NotFound(new Text("没有找到该在招岗位，或者不在您的管辖范围内。", "No such open posting in your scope."));
        }

        // A sending station offers other people's postings to its own people only; the receiving side sees all who suit its site.
        var all = caller.Role == Role.Employer || caller.Covers(posting.Site);
        return Reply.Ok(new
        {
            items = best.Where(one => all || caller.Covers(one.Worker.Home)).Select(one => new
            {
                workerId = one.Worker.Id,
                home = one.Worker.Home[..Math.Min(6, one.Worker.Home.Length)],
                skills = one.Worker.Skills,
                certificates = one.Worker.Certificates,
                from = one.Worker.From,
                firm = Show.Score(one.FirmScore, language),
                worker = Show.Score(one.WorkerScore, language),
            }).ToArray(),
        });
    }
}
