using System.Text.Json.Serialization;

namespace LaborBridge.Portal.Clients;

/// <summary>The Placements service: from hire to the last day, trips, and what is counted.</summary>
internal sealed class PlacementsClient(ServiceCalls calls)
{
    public const string Service = "placements";

    public Task<Got<ListOf<Placement>>> Find(Guid? worker, string? state, Guid? trip, bool? running, string? cursor, int limit = 50) => calls.Get<ListOf<Placement>>(
        Service,
        Query.Of("/api/placements", ("worker", worker), ("state", state), ("trip", trip), ("running", running is { } only ? (only ? "true" : "false") : null), ("cursor", cursor), ("limit", limit)));

    public Task<Got<Placement>> Placement(Guid id) => calls.Get<Placement>(Service, $"/api/placements/{id}");

    public Task<Got<Placement>> Open(object form, Guid key) => calls.Post<Placement>(Service, "/api/placements", form, key);

    public Task<Got<Placement>> Step(Guid id, StepForm form, Guid key) => calls.Post<Placement>(Service, $"/api/placements/{id}/steps", form, key);

    public Task<Got<ListOf<FollowUp>>> FollowUps(DateOnly? due, string? cursor) => calls.Get<ListOf<FollowUp>>(Service, Query.Of("/api/follow-ups", ("due", due), ("cursor", cursor)));

    public Task<Got<ListOf<Alert>>> Alerts() => calls.Get<ListOf<Alert>>(Service, "/api/outflow/alerts");

    public Task<Got<LedgerVerification>> VerifyLedger() => calls.Examine<LedgerVerification>(Service, "/api/outflow/ledger/verification");

    public Task<Got<ListOf<Target>>> Targets(int? year) => calls.Get<ListOf<Target>>(Service, Query.Of("/api/outflow/targets", ("year", year)));

    public Task<Got<object>> SetTarget(TargetForm form, decimal value, Guid key) => calls.Put<object>(
        Service, $"/api/outflow/targets/{form.Division}/{form.ForYear}/{form.Indicator}", new { value, form.DueOn, source = form.Source ?? "" }, key, form.Version);

    public Task<Got<ListOf<Trip>>> Trips(string? state, string? cursor) => calls.Get<ListOf<Trip>>(Service, Query.Of("/api/trips", ("state", state), ("cursor", cursor)));

    public Task<Got<Trip>> PlanTrip(object form, Guid key) => calls.Post<Trip>(Service, "/api/trips", form, key);

    public Task<Got<Manifest>> Manifest(Guid trip) => calls.Get<Manifest>(Service, $"/api/trips/{trip}/manifest");

    public Task<Got<Trip>> Book(Guid trip, Guid? placementId, string? kind, Guid key) => calls.Post<Trip>(Service, $"/api/trips/{trip}/passengers", new { placementId, kind }, key);

    public Task<Got<Trip>> CallRoll(Guid trip, object form, Guid key) => calls.Post<Trip>(Service, $"/api/trips/{trip}/roll-call", form, key);

    public Task<Got<Trip>> HandOver(Guid trip, object form, Guid key) => calls.Post<Trip>(Service, $"/api/trips/{trip}/handover", form, key);

    public Task<Got<Indicators>> Indicators(DateOnly? from, DateOnly? to, DateOnly? asOf, string? knownAt, string by, string? side) => calls.Get<Indicators>(
        Service, Query.Of("/api/outflow/indicators", ("from", from), ("to", to), ("asOf", asOf), ("knownAt", knownAt), ("by", by), ("side", side)));

    public Task<Got<Flows>> Flows(DateOnly? from, DateOnly? to, DateOnly? asOf, string? knownAt, string by, string? side) => calls.Get<Flows>(
        Service, Query.Of("/api/outflow/flows", ("from", from), ("to", to), ("asOf", asOf), ("knownAt", knownAt), ("by", by), ("side", side)));

    public Task<Got<ListOf<Reported>>> Reference() => calls.Get<ListOf<Reported>>(Service, "/api/outflow/reference");

    public Task<Got<HttpResponseMessage>> Report(string? month) => calls.Download(Service, Query.Of("/api/outflow/report.xlsx", ("month", month)));
}

internal sealed record Placement(
    Guid Id, long Version, Guid WorkerId, string Source, string State, FirmRef? Employer, Guid? Posting, string? Trade, PlaceRef? Workplace, string? Home, string? Channel,
    ContractTerms? Contract, DateOnly? OpenedOn, DateOnly? FirstDay, DateOnly? LastDay, DateOnly? LeaveUntil, string? Reason, decimal? MonthlyPay, Guid? TripId, bool NearHome,
    IReadOnlyList<int>? EvidencedMonths, IReadOnlyList<string>? NextSteps, IReadOnlyList<HistoryEntry>? History)
{
    /// <summary>The first month of service without evidence.</summary>
    public int NextMonth => Enumerable.Range(1, 60).First(month => EvidencedMonths?.Contains(month) != true || month == 60);

    /// <summary>The last day of a month of service.</summary>
    public DateOnly? EndOfMonth(int month) => FirstDay?.AddMonths(month).AddDays(-1);
}

/// <summary>Something that needs somebody soon, in the service's words.</summary>
internal sealed record Alert(string Code, DateOnly On, Guid? PlacementId, Guid? TripId, Guid? WorkerId, string Sentence);

/// <summary>Whether the ledger is whole, and the hash of its last entry.</summary>
internal sealed record LedgerVerification(long Entries, bool Ok, long? FirstBroken, string HeadHash, DateTimeOffset? Known);

internal sealed record FirmRef(Guid? Id, string? Name);

internal sealed record PlaceRef(string? Division, string? Name, string? Text);

internal sealed record ContractTerms(string? Form, DateOnly? Ends);

internal sealed record HistoryEntry(
    long Position, string Kind, DateOnly On, DateTimeOffset Known, bool Holds, long? Of, string? Reason, string? Form, int? Months, decimal? MonthlyPay, bool? Alone, DateOnly? Until,
    int? Month, string? Evidence);

/// <summary>A step of a placement as told.</summary>
internal sealed record StepForm
{
    public string? Kind { get; set; }
    public DateOnly? On { get; set; }
    public string? Form { get; set; }
    public int? Months { get; set; }
    public Guid? TripId { get; set; }
    public bool? Alone { get; set; }
    public string? Reason { get; set; }
    public decimal? MonthlyPay { get; set; }
    public DateOnly? Until { get; set; }
    public int? Month { get; set; }
    public string? Evidence { get; set; }
    public long? Of { get; set; }
}

internal sealed record Trip(
    Guid Id, long Version, string Mode, int Capacity, int Booked, int Free, string State, IReadOnlyList<Leg>? Legs, DateTimeOffset DepartsAt, DateOnly DepartsOn, string? Meeting,
    string? Leader, int Issue);

internal sealed record Leg(string From, string To, DateTimeOffset DepartsAt);

internal sealed record Manifest(Trip Trip, int Issue, IReadOnlyList<Passenger> Passengers);

internal sealed record Passenger(
    Guid PlacementId, Guid WorkerId, string Kind, string State, string? Reason, FirmRef? Employer, PlaceRef? Workplace, string? Home, string? ContractForm);

internal sealed record Indicators(
    DateOnly From, DateOnly To, DateOnly AsOf, DateTimeOffset KnownAt, LedgerMark? Ledger, IReadOnlyDictionary<string, string>? Unit, IReadOnlyList<IndicatorRow> Rows);

internal sealed record LedgerMark(long Position, DateTimeOffset? Known);

internal sealed record IndicatorRow(
    string Key, string Label, int WorkersTransferred, int Arranged, Departures Departures, decimal? OrganisedRate, int PointToPoint, decimal? OutOfCountyRate, decimal? OutOfProvinceRate,
    LocalEmployment? LocalEmployment, decimal? Stable3Rate, decimal? Stable6Rate, int StableInFujian, int OnPost, int OutOfPoverty, int Monitored, int Returned, decimal WageIncome,
    int Trained, decimal? EvidenceShare);

internal sealed record Departures(int New, int Returning, int Total, int ToFujian);

internal sealed record LocalEmployment(int Total);

internal sealed record Flows(DateOnly? From, DateOnly? To, DateOnly? AsOf, IReadOnlyList<FlowNode>? Nodes, IReadOnlyList<Flow>? Links, IReadOnlyList<Flow>? Returns);

/// <param name="Id">Place and column: <c>home:640422</c>.</param>
/// <param name="Label">Its name.</param>
/// <param name="Side"><c>home</c>, <c>work</c>, <c>back</c>.</param>
internal sealed record FlowNode(string Id, string Label, string Side);

internal sealed record Flow(string From, string To, int People);

/// <summary>A figure that press or offices printed, beside ours for the same thing.</summary>
internal sealed record Reported(
    string Key, string Label, string? Bound, string? Unit, string? Scope, DateOnly? AsOf, string? Source, decimal? Ours, bool Comparable, string? Note)
{
    [JsonPropertyName("reported")]
    public decimal? Value { get; init; }
}
