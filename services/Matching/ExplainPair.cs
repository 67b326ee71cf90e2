using LaborBridge.EventStreams;
using LaborBridge.Matching.Books;
using LaborBridge.Matching.Offers;
using LaborBridge.Matching.Rounds;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching;

/// <summary>Why, or why not, for any pair: the rules that bar it, the parts of both scores, and what the last published round said (PIPL 24: explain).</summary>
internal static class ExplainPair
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/matching/explanation", async (Guid worker, Guid posting, Guid? round, HttpContext http, Requests<MatchingService> requests, BookKeeper books, StreamPositions<MatchingService> streams) =>
        {
            await Fresh.Wait(http, streams, books, usual: "workers");
            return await requests.Read(http, (tx, caller) => Handle(tx, caller, worker, posting, round, books, http.Language()));
        })
        .Allow(Role.Station, Role.Employer, Role.Official)
        .WithName("ExplainPair");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid worker, Guid posting, Guid? round, BookKeeper books, Language language)
    {
        var person = books.Book.FindWorker(worker);
        var job = books.Book.FindPosting(posting);
        if (person is null || job is null || books.Book.Explain(worker, posting) is not { } why
            || !(Sight.MaySeeWorker(caller, person.Home) || Sight.MaySeePosting(caller, job.Employer, job.Site, orAnyone: false)))
        {
            return Problem.NotFound(new Text("没有找到有求职意愿的该人员或在招岗位，或者不在您的管辖范围内。", "No such willing worker or open posting in your scope."));
        }

        return Reply.Ok(new
        {
            why.Eligible,
            barredBy = Show.Bars(why.BarredBy, language),
            worker = Show.Score(why.WorkerScore, language),
            firm = Show.Score(why.FirmScore, language),
            round = await RoundReasons.Of(tx, round, person, job, language),
        });
    }
}
