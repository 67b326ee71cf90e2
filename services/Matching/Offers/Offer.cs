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

    public object View() => new
    {
        Id, Version, WorkerId, PostingId, EmployerId, State, Waiting,
        answers = new { worker = WorkerAnswer, employer = EmployerAnswer },
        ClosedBy, Reason, RoundId, MadeAt, ExpiresAt,
    };
}
