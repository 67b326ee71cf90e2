using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Matching.Books;
using LaborBridge.Matching.Engine;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Offers;

/// <summary>Proposes a pair that no rule bars; both sides then answer. The matcher proposes, people decide (PIPL 24).</summary>
internal static class MakeOffer
{
    internal sealed record Request(Guid WorkerId, Guid PostingId, DateTimeOffset? ExpiresAt = null);

    private static readonly Sql Insert = Sql.Insert(
        "offers",
        "id, version, worker_id, posting_id, employer_id, home_division, site_division, state, waiting, seat_freed, round_id, made_by, made_at, expires_at");

    private static readonly Sql SamePair = Sql.Text("SELECT id FROM offers WHERE worker_id = @WorkerId AND posting_id = @PostingId AND state = 'open'");

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/offers", (Request request, HttpContext http, Requests<MatchingService> requests, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, request, round: null, time, http.Language())))
        .Allow(Role.Station, Role.Employer, Role.Official)
        .WithName("MakeOffer");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Request request, Guid? round, TimeProvider time, Language language)
    {
        var worker = await WorkerCopy.Lock(tx, request.WorkerId);
        var posting = await PostingCopy.Lock(tx, request.PostingId);
        if (worker is null || WorkerCopy.Entry(worker) is not { } person || posting is null || PostingCopy.Entry(posting) is not { } job || !Sight.MayOffer(caller, worker, posting))
        {
            return Problem.NotFound(new Text("没有找到有求职意愿的该人员或在招岗位，或者不在您的管辖范围内。", "No such willing worker or open posting in your scope."));
        }

        var now = time.GetUtcNow();
        if (await Refusal(tx, caller, worker, posting, new Pair(person, job, BookKeeper.ProfileOf(ChinaTime.Day(now))), language) is { } refused)
        {
            return refused;
        }

        if (request.ExpiresAt is { } chosen && (chosen <= now || chosen > now.AddDays(60)))
        {
            return Problem.Validation("expiresAt", "out-of-range", "答复期限应在今后60天之内。", "The offer expires within 60 days.");
        }

        if (!await Seats.OpenOfWorker(tx, request.WorkerId) || !await Seats.Open(tx, request.PostingId))
        {
            throw new InvalidOperationException("A locked counter moved.");
        }

        var row = new OfferRow
        {
            Id = Guid.CreateVersion7(now),
            Version = 1,
            WorkerId = request.WorkerId,
            PostingId = request.PostingId,
            EmployerId = job.Employer,
            HomeDivision = person.Home,
            SiteDivision = job.Site,
            State = Offer.Open,
            Waiting = false,
            RoundId = round,
            MadeAt = now,
            ExpiresAt = request.ExpiresAt ?? now + Offer.Lasts,
        };
        await tx.Execute(Insert, new
        {
            row.Id, row.Version, row.WorkerId, row.PostingId, row.EmployerId, row.HomeDivision, row.SiteDivision, row.State, row.Waiting, SeatFreed = false,
            row.RoundId, MadeBy = caller.Subject, row.MadeAt, row.ExpiresAt,
        });
        tx.WorkerChanged(row.WorkerId);
        tx.PostingChanged(row.PostingId);
        tx.Append(new OfferMade(row.Id, row.WorkerId, row.PostingId, row.EmployerId, row.ExpiresAt, round), row.Id);
        await Seats.Tell(tx, row.PostingId);
        return Reply.Created($"/api/offers/{row.Id}", row.View(posting), row.Version);
    }

    private static async Task<Problem?> Refusal(Tx tx, Caller caller, WorkerRow worker, PostingRow posting, Pair pair, Language language)
    {
        if (worker.RunningPlacement is not null)
        {
            return Problem.Conflict("worker-not-free", new Text("该人员已有在途或在岗的就业，先办理离岗才能再次推荐。", "The worker has a running placement."));
        }

        if (!posting.Live || posting.Accepted >= posting.Headcount)
        {
            return Problem.Conflict("seat-taken", new Text("岗位已招满或已下线，请另选岗位。", "The posting is full or off the board."));
        }

        var bars = Show.To(caller, Eligibility.BarredBy(pair));
        if (bars.Count > 0)
        {
            return Problem.Unprocessable("not-eligible", new Text(
                    $"不能推荐：{string.Join("；", bars.Select(bar => bar.Sentence.Zh))}。", $"Not eligible: {string.Join("; ", bars.Select(bar => bar.Sentence.En))}."))
                .With("barredBy", Show.Bars(bars, language));
        }

        if (await tx.Scalar<string>(SamePair, new { worker.WorkerId, posting.PostingId }) is not null)
        {
            return Problem.Conflict("already-offered", new Text("已向该人员发出过这个岗位的录用意向，请等待答复。", "This offer is open already."));
        }

        if (worker.OpenOffers >= Offer.MostOfWorker)
        {
            return Problem.Conflict("offer-limit", new Text($"该人员已有{Offer.MostOfWorker}个待答复的录用意向，请先请其答复。", "The worker has three open offers."));
        }

        return Offer.HasRoom(posting.Headcount, posting.Accepted, posting.OpenOffers)
            ? null
            : Problem.Conflict("offer-limit", new Text("岗位待答复的录用意向不能超过余缺名额的1.5倍，请等已发出的得到答复。", "The posting's open offers may number at most 1.5 times its free seats."));
    }
}
