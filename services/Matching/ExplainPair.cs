using LaborBridge.Matching.Books;
using LaborBridge.Matching.Engine;
using LaborBridge.Matching.Offers;
using LaborBridge.Matching.Rounds;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching;

/// <summary>
/// Why, or why not, for any pair: the rules that bar it, the parts of both scores, and what a round said (PIPL 24: explain). The worker's own score
/// and the rounds are not for firms.
/// </summary>
internal static class ExplainPair
{
    private static readonly Sql Worker = Sql.Text($"SELECT {WorkerRow.ForBook} FROM match_workers WHERE worker_id = @Id");

    private static readonly Sql Posting = Sql.Text($"SELECT {PostingRow.Columns} FROM match_postings WHERE posting_id = @Id");

    private static readonly Bar OffTheBoard = new("off-the-board", new("岗位已下线", "The posting is off the board"));

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/api/matching/explanation", (Guid worker, Guid posting, Guid? round, HttpContext http, Requests<MatchingService> requests, TimeProvider time) =>
            requests.Read(http, (tx, caller) => Handle(tx, caller, worker, posting, round, ChinaTime.Today(time), http.Language()), copyOf: "workers"))
        .Allow(Role.Station, Role.Employer, Role.Official)
        .WithName("ExplainPair");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid worker, Guid posting, Guid? round, DateOnly today, Language language)
    {
        var person = await tx.First<WorkerRow>(Worker, new { Id = worker });
        var job = await tx.First<PostingRow>(Posting, new { Id = posting });
        if (person is null || WorkerCopy.Entry(person) is not { } someone || job is null || PostingCopy.Entry(job) is not { } seats || !Sight.MayOffer(caller, person, job))
        {
            return Problem.NotFound(new Text("没有找到登记过求职意愿的该人员或该岗位，或者不在您的管辖范围内。", "No such worker with wishes, or posting, in your scope."));
        }

        var why = Explanation.Of(new Pair(someone, seats, BookKeeper.ProfileOf(today)));
        IReadOnlyList<Bar> bars = job.Live ? why.BarredBy : [OffTheBoard, .. why.BarredBy];
        var firm = caller.Role == Role.Employer;
        return Reply.Ok(new
        {
            eligible = bars.Count == 0,
            barredBy = Show.Bars(Show.To(caller, bars), language),
            worker = firm ? null : Show.Score(why.WorkerScore, language),
            firm = Show.Score(why.FirmScore, language),
            round = firm ? null : await RoundReasons.Of(tx, caller, round, worker, posting, language),
        });
    }
}
