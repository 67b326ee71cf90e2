using LaborBridge.Domain;
using LaborBridge.Matching.Books;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Offers;

/// <summary>
/// An offer's course: open → accepted, declined, expired or withdrawn; both sides answer, in any order, each once. Declining costs the worker nothing. Pure.
/// </summary>
internal static class Offer
{
    public const string Open = "open", Accepted = "accepted", Declined = "declined", Expired = "expired", Withdrawn = "withdrawn";
    public const string Worker = "worker", Employer = "employer", Accept = "accept", Decline = "decline";

    /// <summary>Open offers a worker may have at a time.</summary>
    public const int MostOfWorker = 3;

    /// <summary>How long both sides may take.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    /// <summary>Open offers of the posting may number at most 推荐倍数 (1.5) times its free seats.</summary>
    public static bool HasRoom(int headcount, int accepted, int open) => (open + 1) * 2 <= (headcount - accepted) * 3;

    /// <summary>What an answer leads to.</summary>
    /// <param name="offer">The offer as it stands.</param>
    /// <param name="party">Who answers.</param>
    /// <param name="answer">What.</param>
    /// <param name="now">When.</param>
    /// <returns>The refusal, or whether it is now declined, agreed by both, or waits for the other side.</returns>
    public static (Problem? Refused, Outcome Outcome) Answer(OfferRow offer, string? party, string? answer, DateTimeOffset now)
    {
        if (party is not (Worker or Employer) || answer is not (Accept or Decline))
        {
            return (Problem.Validation("answer", "invalid", "请说明由哪一方（务工人员或用人单位）答复，以及接受还是谢绝。", "Say which party answers, and accept or decline."), default);
        }

        if (offer.State == Expired || (offer.State == Open && offer.ExpiresAt <= now))
        {
            return (Problem.Conflict("offer-expired", new Text("录用意向已过期，如仍需要请重新发出。", "The offer has expired; make a new one.")), default);
        }

        if (offer.State != Open)
        {
            return (Problem.Conflict("step-out-of-order", new Text("录用意向已经结束，不能再答复。", "The offer has ended.")), default);
        }

        var (own, other) = party == Worker ? (offer.WorkerAnswer, offer.EmployerAnswer) : (offer.EmployerAnswer, offer.WorkerAnswer);
        if (own is not null && answer == Accept)
        {
            return (Problem.Conflict("already-answered", new Text("这一方已经答复过了。", "This party has answered already.")), default);
        }

        return (null, answer == Decline ? Outcome.Declined : other == Accept ? Outcome.Agreed : Outcome.HalfWay);
    }

    /// <summary>What becomes of an offer by itself.</summary>
    /// <param name="offer">The offer as it stands.</param>
    /// <param name="worker">Its worker.</param>
    /// <param name="posting">Its posting.</param>
    /// <param name="now">When.</param>
    /// <returns>Its fate, and the reason where it is withdrawn.</returns>
    public static (Fate Fate, string? Reason) Settle(OfferRow offer, WorkerRow worker, PostingRow posting, DateTimeOffset now) =>
        offer.State != Open ? (Fate.Stay, null)
        : offer.ExpiresAt <= now ? (Fate.Expire, null)
        : Obstacle(worker, posting) is { } obstacle ? (Fate.Withdraw, (string?)obstacle)
        : offer.Waiting && posting.Accepted < posting.Headcount ? (Fate.Hire, null)
        : (Fate.Stay, null);

    /// <summary>Why nobody can be hired on the offer any more: <c>hired-elsewhere</c>, <c>not-willing</c>, <c>posting-closed</c>; null if somebody can.</summary>
    /// <remarks>A posting whose validity ran out takes no new offers; those made in time may still be answered.</remarks>
    public static string? Obstacle(WorkerRow worker, PostingRow posting) =>
        worker.RunningPlacement is not null ? "hired-elsewhere"
        : !worker.Willing ? "not-willing"
        : posting.Closed is "closed" or "employer-suspended" ? "posting-closed"
        : null;
}

/// <summary>What becomes of an offer by itself.</summary>
internal enum Fate
{
    /// <summary>Nothing.</summary>
    Stay,

    /// <summary>Its time is over.</summary>
    Expire,

    /// <summary>Nobody can be hired on it any more.</summary>
    Withdraw,

    /// <summary>Both said yes, and a seat is free.</summary>
    Hire,
}

/// <summary>What an answer leads to.</summary>
internal enum Outcome
{
    /// <summary>The other side has not answered.</summary>
    HalfWay,

    /// <summary>Both said yes.</summary>
    Agreed,

    /// <summary>One said no.</summary>
    Declined,
}

internal sealed class OfferRow
{
    public const string Columns = "id, version, worker_id, posting_id, employer_id, home_division, site_division, state, waiting, worker_answer, employer_answer, closed_by, reason, round_id, made_at, expires_at";

    public required Guid Id { get; init; }
    public required long Version { get; init; }
    public required Guid WorkerId { get; init; }
    public required Guid PostingId { get; init; }
    public required Guid EmployerId { get; init; }
    public required string HomeDivision { get; init; }
    public required string SiteDivision { get; init; }
    public required string State { get; init; }
    public required bool Waiting { get; init; }
    public string? WorkerAnswer { get; init; }
    public string? EmployerAnswer { get; init; }
    public string? ClosedBy { get; init; }
    public string? Reason { get; init; }
    public Guid? RoundId { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <param name="posting">Its posting, for its title and workplace.</param>
    public object View(PostingRow? posting)
    {
        var told = posting is null ? null : PostingCopy.Told(posting);
        return new
        {
            Id, Version, WorkerId, PostingId, EmployerId,
            title = told?.Title,
            site = new { division = SiteDivision, divisionName = Divisions.FullName(DivisionCode.Parse(SiteDivision)), text = told?.SiteText },
            State, Waiting,
            answers = new { worker = WorkerAnswer, employer = EmployerAnswer },
            ClosedBy, Reason, RoundId, MadeAt, ExpiresAt,
        };
    }
}
