using LaborBridge.Matching.Books;
using LaborBridge.Matching.Offers;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Rounds;

/// <summary>
/// The offers of a round go out, by the same code as any other: a pair that has become impossible meanwhile is noted with its reason. A call sends at most 250;
/// it is repeated, with a new key, until <c>left</c> is 0.
/// </summary>
internal static class PublishRound
{
    private const int Portion = 250;

    private static readonly Sql Left = Sql.Text($$"""
        SELECT {{PlacedRow.Columns}} FROM round_workers WHERE round_id = @Id AND posting_id IS NOT NULL AND offer_id IS NULL AND refused IS NULL ORDER BY worker_id {first:@Limit}
        """);

    private static readonly Sql CountLeft = Sql.Text("SELECT COUNT(*) FROM round_workers WHERE round_id = @Id AND posting_id IS NOT NULL AND offer_id IS NULL AND refused IS NULL");

    private static readonly Sql Sent = Sql.Text("UPDATE round_workers SET offer_id = @Offer, refused = @Refused WHERE round_id = @Id AND worker_id = @Worker");

    private static readonly Sql SetState = Sql.Text("UPDATE rounds SET version = version + 1, state = 'published' WHERE id = @Id AND state IN ('done', 'published')");

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/rounds/{id:guid}/publication", (Guid id, HttpContext http, Requests<MatchingService> requests, TimeProvider time) =>
            requests.Write(http, request: null, (tx, caller) => Handle(tx, caller, id, time, http.Language())))
        .Allow(Role.Station, Role.Official)
        .WithName("PublishRound");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, TimeProvider time, Language language)
    {
        var round = await FindRounds.Get(tx, id);
        if (round is null || !round.MaySee(caller))
        {
            return Problem.NotFound();
        }

        if (await tx.Execute(SetState, new { Id = id }) == 0)
        {
            return Problem.Conflict("step-out-of-order", new Text("批次还没有算出结果，不能发布。", "The round has no result yet."));
        }

        var rows = await tx.Query<PlacedRow>(Left, new { Id = id, Limit = Portion });
        await WorkerCopy.Lock(tx, [.. rows.Select(row => row.WorkerId).Append(Guid.Empty)]);
        await PostingCopy.Lock(tx, [.. rows.Select(row => row.PostingId!.Value).Append(Guid.Empty).Distinct()]);
        var sent = 0;
        foreach (var row in rows)
        {
            var reply = await MakeOffer.Handle(tx, caller, new MakeOffer.Request(row.WorkerId, row.PostingId!.Value), round: id, time, language);
            sent += reply.Problem is null ? 1 : 0;
            await tx.Execute(Sent, new { Id = id, Worker = row.WorkerId, Offer = reply.Problem is null ? Guid.Parse(reply.Location!.Split('/')[^1]) : (Guid?)null, Refused = reply.Problem?.Code });
        }

        return Reply.Ok(new { id, state = RoundRow.Published, sent, refused = rows.Count - sent, left = await tx.Scalar<long>(CountLeft, new { Id = id }) });
    }
}
