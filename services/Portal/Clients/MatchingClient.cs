namespace LaborBridge.Portal.Clients;

/// <summary>The Matching service: who fits, and offers until both sides have answered.</summary>
internal sealed class MatchingClient(ServiceCalls calls)
{
    public const string Service = "matching";

    /// <param name="id">The worker.</param>
    /// <param name="after">The position of a write to Workers that the list must have seen.</param>
    public Task<Got<ListOf<PostingMatch>>> Postings(Guid id, long? after) =>
        calls.Get<ListOf<PostingMatch>>(Service, Query.Of($"/api/matching/workers/{id}/postings", ("top", 20), ("after", after is { } position ? $"workers:{position}" : null)));

    public Task<Got<ListOf<WorkerMatch>>> Workers(Guid id) => calls.Get<ListOf<WorkerMatch>>(Service, $"/api/matching/postings/{id}/workers?top=20");

    public Task<Got<Offer>> Offer(Guid workerId, Guid postingId, Guid key) => calls.Post<Offer>(Service, "/api/offers", new { workerId, postingId }, key);

    public Task<Got<ListOf<Offer>>> Offers(string? state, Guid? worker, Guid? posting, string? cursor) =>
        calls.Get<ListOf<Offer>>(Service, Query.Of("/api/offers", ("state", state), ("worker", worker), ("posting", posting), ("cursor", cursor)));

    public Task<Got<Offer>> Answer(Guid id, string? party, string? answer, string? reason, string by, Guid key) =>
        calls.Post<Offer>(Service, $"/api/offers/{id}/answers", new { party, answer, reason, by }, key);

    public Task<Got<Offer>> Withdraw(Guid id, string? reason, Guid key) => calls.Post<Offer>(Service, $"/api/offers/{id}/withdrawal", new { reason }, key);

    public Task<Got<ListOf<Round>>> Rounds(string? cursor) => calls.Get<ListOf<Round>>(Service, Query.Of("/api/rounds", ("cursor", cursor)));

    public Task<Got<Round>> Round(Guid id) => calls.Get<Round>(Service, $"/api/rounds/{id}");

    public Task<Got<Round>> StartRound(object form, Guid key) => calls.Post<Round>(Service, "/api/rounds", form, key);

    public Task<Got<ListOf<RoundRow>>> RoundRows(Guid id, string which, string? cursor) =>
        calls.Get<ListOf<RoundRow>>(Service, Query.Of($"/api/rounds/{id}/{which}", ("cursor", cursor), ("limit", 100)));

    public Task<Got<RoundSent>> PublishRound(Guid id, Guid key) => calls.Post<RoundSent>(Service, $"/api/rounds/{id}/publication", body: null, key);
}

internal sealed record Score(int Total, IReadOnlyList<ScorePart>? Parts);

internal sealed record ScorePart(string Code, int Points, int? Weight, string Sentence);

internal sealed record PostingMatch(
    Guid PostingId, Guid? EmployerId, string? Title, PostingSite? Site, decimal? MonthlyGuaranteed, Score Worker, Score? Firm, int Free, int? Open, int Waiting);

internal sealed record WorkerMatch(Guid WorkerId, string? Home, IReadOnlyList<Skill>? Skills, IReadOnlyList<string>? Certificates, DateOnly? From, Score Firm, Score? Worker);

internal sealed record Offer(
    Guid Id, long Version, Guid WorkerId, Guid PostingId, Guid EmployerId, string? Title, PostingSite? Site, string State, bool Waiting, OfferAnswers? Answers, string? ClosedBy, string? Reason,
    DateTimeOffset? MadeAt, DateTimeOffset? ExpiresAt);

internal sealed record OfferAnswers(string? Worker, string? Employer);

/// <summary>A batch: what it came to is there once it is done.</summary>
internal sealed record Round(
    Guid Id, long Version, string Name, string State, double Progress, DateTimeOffset? CreatedAt, string? Failure, int? Workers, int? Postings, int? Matched, int? Unmatched, long? BlockingPairs, DateOnly? AsOf)
{
    public bool Running => State is "queued" or "running";
}

internal sealed record RoundRow(Guid WorkerId, Guid? PostingId, int WorkerScore, int FirmScore, Guid? OfferId, string? Refused, RoundReason? Reason);

internal sealed record RoundReason(string Code, string? Sentence);

internal sealed record RoundSent(int Sent, int Refused, long Left);
