using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Matching.Books;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Offers;

/// <summary>One side answers. The second yes hires, or waits where the last seat has just gone; a no ends the offer and costs nothing.</summary>
internal static class AnswerOffer
{
    internal sealed record Request(string? Party, string? Answer, string? Reason = null, string? By = null);

    private static readonly Sql Record = Sql.Text("""
        UPDATE offers SET version = version + 1, waiting = @Waiting, worker_answer = COALESCE(@WorkerAnswer, worker_answer), employer_answer = COALESCE(@EmployerAnswer, employer_answer)
        WHERE id = @Id AND state = 'open'
        """);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/offers/{id:guid}/answers", (Guid id, Request request, HttpContext http, Requests<MatchingService> requests, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request, time)))
        .Allow(Role.Station, Role.Employer, Role.Official)
        .WithName("AnswerOffer");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Request request, TimeProvider time)
    {
        var offer = await FindOffers.Get(tx, id);
        if (offer is null || !Sight.MaySee(caller, offer))
        {
            return Problem.NotFound();
        }

        var worker = (await WorkerCopy.Lock(tx, offer.WorkerId))!;
        var posting = (await PostingCopy.LockOfWorker(tx, offer.WorkerId)).Find(row => row.PostingId == offer.PostingId);
        offer = (await FindOffers.Get(tx, id))!;
        if (!Sight.MayAnswer(caller, offer, request.Party))
        {
            return Problem.Forbidden(new Text("这一方的答复不能由您代办：务工人员由其户籍地工作站代办，用人单位由本单位或用工地工作站答复。", "You may not answer for this party."));
        }

        var now = time.GetUtcNow();
        var (refused, outcome) = Offer.Answer(offer, request.Party, request.Answer, now);
        if ((Check(request) ?? refused ?? (outcome == Outcome.Declined ? null : Obstacle(Offer.Obstacle(worker, posting!)))) is { } problem)
        {
            return problem;
        }

        tx.Append(new OfferAnswered(id, offer.WorkerId, offer.PostingId, request.Party!, request.Answer!, request.By ?? (caller.Role == Role.Employer ? "self" : "clerk")), id);
        if (outcome == Outcome.Declined)
        {
            await CloseOffer.Without(tx, offer, Offer.Declined, request.Party, request.Reason);
        }
        else if (outcome == Outcome.HalfWay || !await CloseOffer.WithHire(tx, offer, posting!, ChinaTime.Day(now)))
        {
            await tx.Execute(Record, new
            {
                Id = id,
                Waiting = outcome == Outcome.Agreed,
                WorkerAnswer = request.Party == Offer.Worker ? Offer.Accept : null,
                EmployerAnswer = request.Party == Offer.Employer ? Offer.Accept : null,
            });
            if (outcome == Outcome.Agreed)
            {
                await Seats.Wait(tx, offer.PostingId, by: 1);
                tx.PostingChanged(offer.PostingId);
            }
        }

        return await FindOffers.Show(tx, (await FindOffers.Get(tx, id))!);
    }

    private static Problem? Check(Request request)
    {
        var checks = new Checks();
        checks.That(request.By is null or "self" or "clerk" or "link", "by", "invalid", "请说明由谁答复：本人（self）、经办人员代办（clerk）或链接（link）。", "by is self, clerk or link.");
        checks.Longest("reason", request.Reason, longest: 400);
        return checks.Problem;
    }

    private static Problem? Obstacle(string? obstacle) => obstacle switch
    {
        null => null,
        "hired-elsewhere" => Problem.Conflict("worker-not-free", new Text("该人员已有在途或在岗的就业，本录用意向不能再成立。", "The worker has a running placement.")),
        "not-willing" => Problem.Conflict("worker-not-willing", new Text("该人员已撤回求职意愿或同意，本录用意向不能再成立。", "The worker has withdrawn wish or consent.")),
        _ => Problem.Conflict("posting-closed", new Text("岗位已撤下，本录用意向不能再成立。", "The posting was closed.")),
    };
}
