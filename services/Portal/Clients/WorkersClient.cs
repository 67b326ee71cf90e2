namespace LaborBridge.Portal.Clients;

/// <summary>The Workers service: people, wishes, consents, rosters.</summary>
internal sealed class WorkersClient(ServiceCalls calls)
{
    public const string Service = "workers";

    public Task<Got<ListOf<Worker>>> Find(string? q, string? division, string? status, string? trade, string? householdStatus, string? cursor, string? available = null) =>
        calls.Get<ListOf<Worker>>(Service, Query.Of("/api/workers", ("q", q), ("division", division), ("status", status), ("trade", trade), ("householdStatus", householdStatus),
            ("available", available), ("cursor", cursor)));

    /// <summary>The people behind ids: those whom the visitor may see.</summary>
    public async Task<Got<IReadOnlyDictionary<Guid, Worker>>> Named(IEnumerable<Guid> ids)
    {
        var wanted = ids.Distinct().Take(200).ToList();
        if (wanted.Count == 0)
        {
            return new Got<IReadOnlyDictionary<Guid, Worker>>(new Dictionary<Guid, Worker>(), Refusal: null);
        }

        var got = await calls.Get<ListOf<Worker>>(Service, Query.Of("/api/workers", ("ids", string.Join(',', wanted)), ("limit", 200)));
        return new Got<IReadOnlyDictionary<Guid, Worker>>(got.Value?.Items.ToDictionary(worker => worker.Id) ?? [], got.Refusal);
    }

    public Task<Got<Worker>> Worker(Guid id) => calls.Get<Worker>(Service, $"/api/workers/{id}");

    public Task<Got<Worker>> Register(WorkerForm form, Guid key) => calls.Post<Worker>(Service, "/api/workers", form, key);

    public Task<Got<ListOf<TimelineItem>>> Timeline(Guid id) => calls.Get<ListOf<TimelineItem>>(Service, $"/api/workers/{id}/timeline?limit=200");

    public Task<Got<Revealed>> Reveal(Guid id, string? purpose, Guid key) => calls.Post<Revealed>(Service, $"/api/workers/{id}/reveal", new { purpose }, key);

    public Task<Got<Worker>> Erase(Guid id, string? reason, Guid key) => calls.Post<Worker>(Service, $"/api/workers/{id}/erasure", new { reason }, key);

    public Task<Got<Worker>> Leave(Guid id, string? reason, DateOnly? on, Guid key) => calls.Post<Worker>(Service, $"/api/workers/{id}/leaving", new { reason, on }, key);

    public Task<Got<Worker>> Return(Guid id, Guid key) => calls.Post<Worker>(Service, $"/api/workers/{id}/return", new { }, key);

    public Task<Got<HttpResponseMessage>> Export(Guid id, bool sheet) => calls.Download(Service, $"/api/workers/{id}/export{(sheet ? ".xlsx" : "")}");

    public Task<Got<Retained>> Retention() => calls.Examine<Retained>(Service, "/api/retention");

    public Task<Got<LogVerification>> VerifyAccessLog() => calls.Examine<LogVerification>(Service, "/api/access-log/verification");

    public Task<Got<Worker>> Wish(Guid id, long version, WishesForm form, Guid key) => calls.Put<Worker>(Service, $"/api/workers/{id}/wishes", form, key, version);

    public Task<Got<Consent>> Consent(Guid id, ConsentForm form, Guid key) => calls.Post<Consent>(Service, $"/api/workers/{id}/consents", form, key);

    public Task<Got<object>> Withdraw(Guid id, Guid consent, long version, Guid key) => calls.Delete<object>(Service, $"/api/workers/{id}/consents/{consent}", key, version);

    public Task<Got<ListOf<Call>>> CallList(string? division, string? village, string? cursor) =>
        calls.Get<ListOf<Call>>(Service, Query.Of("/api/call-list", ("division", division), ("village", village), ("cursor", cursor)));

    public Task<Got<HttpResponseMessage>> CallSheet(string? division, string? village, string? purpose) =>
        calls.Download(Service, Query.Of("/api/call-list/sheet.xlsx", ("division", division), ("village", village), ("purpose", purpose)));

    public Task<Got<object>> Called(Guid id, string? outcome, Guid key) => calls.Post<object>(Service, $"/api/workers/{id}/calls", new { outcome }, key);

    public Task<Got<ListOf<Companion>>> Companions(Guid id) => calls.Get<ListOf<Companion>>(Service, $"/api/workers/{id}/companions");

    public Task<Got<object>> AddCompanion(Guid id, string? residentId, Guid key) => calls.Post<object>(Service, $"/api/workers/{id}/companions", new { residentId }, key);

    public Task<Got<object>> LeaveCompanions(Guid id, long version, Guid key) => calls.Delete<object>(Service, $"/api/workers/{id}/companions", key, version);

    public Task<Got<ListOf<Training>>> Trainings(Guid id) => calls.Get<ListOf<Training>>(Service, $"/api/workers/{id}/trainings?limit=200");

    public Task<Got<Training>> FinishTraining(Guid id, TrainingForm form, Guid key) => calls.Post<Training>(Service, $"/api/workers/{id}/trainings", form, key);

    public Task<Got<ShownHousehold>> Household(string number) => calls.Get<ShownHousehold>(Service, $"/api/households/{Uri.EscapeDataString(number)}");

    public Task<Got<object>> ObserveHousehold(string number, StatusForm form, Guid key) => calls.Post<object>(Service, $"/api/households/{Uri.EscapeDataString(number)}/statuses", form, key);

    public Task<Got<ListOf<DuplicateItem>>> Duplicates(string? state, string? cursor) =>
        calls.Get<ListOf<DuplicateItem>>(Service, Query.Of("/api/duplicates", ("state", state), ("cursor", cursor)));

    public Task<Got<DuplicatePair>> Duplicate(Guid id) => calls.Get<DuplicatePair>(Service, $"/api/duplicates/{id}");

    public Task<Got<object>> Merge(Guid id, Guid keep, Guid key) => calls.Post<object>(Service, $"/api/duplicates/{id}/merger", new { keep }, key);

    public Task<Got<object>> Differ(Guid id, Guid key) => calls.Post<object>(Service, $"/api/duplicates/{id}/difference", new { }, key);

    public Task<Got<object>> Separate(Guid id, Guid key) => calls.Post<object>(Service, $"/api/duplicates/{id}/separation", new { }, key);

    public Task<Got<ListOf<Transfer>>> Transfers(string? cursor) => calls.Get<ListOf<Transfer>>(Service, Query.Of("/api/transfers", ("cursor", cursor)));

    public Task<Got<Transfer>> AskTransfer(TransferForm form, Guid key) => calls.Post<Transfer>(Service, "/api/transfers", form, key);

    public Task<Got<Transfer>> DecideTransfer(Guid id, string? decision, string? reason, Guid key) =>
        calls.Post<Transfer>(Service, $"/api/transfers/{id}/decision", new { decision, reason }, key);

    public Task<Got<ListOf<Roster>>> Rosters(string? cursor) => calls.Get<ListOf<Roster>>(Service, Query.Of("/api/rosters", ("cursor", cursor)));

    public Task<Got<Roster>> Roster(Guid id) => calls.Get<Roster>(Service, $"/api/rosters/{id}");

    public Task<Got<ListOf<RosterRow>>> RosterRows(Guid id, string? verdict, string? cursor) =>
        calls.Get<ListOf<RosterRow>>(Service, Query.Of($"/api/rosters/{id}/rows", ("verdict", verdict), ("cursor", cursor)));

    public Task<Got<Roster>> Upload(string? sheet, IFormFile file, Guid key) => calls.Upload<Roster>(Service, Query.Of("/api/rosters", ("sheet", sheet), ("mode", "dry-run")), file, key);

    public Task<Got<Roster>> Commit(Guid id, Guid key) => calls.Post<Roster>(Service, $"/api/rosters/{id}/commit", body: null, key);

    public Task<Got<Roster>> Undo(Guid id, Guid key) => calls.Post<Roster>(Service, $"/api/rosters/{id}/undo", body: null, key);

    public Task<Got<HttpResponseMessage>> Result(Guid id) => calls.Download(Service, $"/api/rosters/{id}/result.xlsx");

    public Task<Got<ListOf<Station>>> Stations(string? cursor = null) => calls.Get<ListOf<Station>>(Service, Query.Of("/api/stations", ("cursor", cursor), ("limit", 200)));

    public Task<Got<ListOf<Collector>>> Collectors(Guid station, string? cursor) => calls.Get<ListOf<Collector>>(Service, Query.Of($"/api/stations/{station}/collectors", ("cursor", cursor)));

    public Task<Got<Station>> AddStation(StationForm form, Guid key) => calls.Post<Station>(Service, "/api/stations", form, key);
}

internal sealed record Worker(
    Guid Id, long Version, string? Name, string? ResidentId, IReadOnlyList<string>? Phones, string? Sex, int? BirthYear, int? Age, bool? OverRetirementAge, DateOnly? Turns18On,
    string? Status, string? OutReason, string? Hukou, string? Home, Address? Address, Household? Household, string? PersonNumber, string? RelationToHead, string? Education,
    string? LabourCapacity, IReadOnlyList<Skill>? Skills, IReadOnlyList<string>? Certificates, IReadOnlyList<string>? Groups, Wishes? Wishes, IReadOnlyList<Consent>? Consents,
    string? Workplace, bool Erased, DateTimeOffset? EnteredAt, long? Position, Guid? MergedInto);

internal sealed record Address(string? Division, string? Text);

internal sealed record Household(string Number, IReadOnlyList<DatedStatus>? Statuses);

internal sealed record DatedStatus(string Code, DateOnly? From, DateOnly? To);

internal sealed record Skill(string? Trade, string? Grade);

internal sealed record Wishes(
    bool? Willing, IReadOnlyList<string>? Trades, IReadOnlyList<string>? Places, decimal? MonthlyPay, DateOnly? From, bool? Lodging, IReadOnlyList<string>? Canteens,
    IReadOnlyList<string>? Languages = null);

internal sealed record Consent(Guid Id, long Version, string Purpose, Guid? Receiver, string? Form, DateOnly? On, DateTimeOffset? WithdrawnAt);

internal sealed record ConsentForm(string? Purpose, string? Form = null, DateOnly? On = null, Guid? Receiver = null);

internal sealed record TimelineItem(DateTimeOffset At, DateOnly On, string Kind, string Label, string? Actor, string? Detail);

internal sealed record LogVerification(long Entries, bool Ok, long? FirstBroken, string? LastHash);

internal sealed record Revealed(string Name, string ResidentId, IReadOnlyList<string> Phones);

internal sealed record Call(
    Guid Id, long Version, string Name, IReadOnlyList<string> Phones, int Age, string Home, string? Village, string? HouseholdNumber, DateTimeOffset EnteredAt, int Attempts,
    DateTimeOffset? TriedAt, string? Outcome);

internal sealed record DuplicateItem(Guid Id, string State, IReadOnlyList<string> Likeness, DateTimeOffset FoundAt, DuplicateSide First, DuplicateSide Second);

internal sealed record DuplicateSide(Guid WorkerId, string Name, int? Age, string? Home, string? Status);

internal sealed record DuplicatePair(
    Guid Id, long Version, string State, IReadOnlyList<string> Likeness, Worker First, Worker Second, Guid? Kept, string? DecidedBy, DateTimeOffset? DecidedAt);

internal sealed record Transfer(
    Guid Id, string State, string Name, Guid? WorkerId, string? From, string? To, string? Reason, string? RequestedBy, DateTimeOffset? RequestedAt, string? Refusal, bool MayDecide,
    bool MayWithdraw);

internal sealed record TransferForm
{
    public string? ResidentId { get; set; }
    public string? Name { get; set; }
    public string? Hukou { get; set; }
    public string? AddressDivision { get; set; }
    public string? Reason { get; set; }
}

internal sealed record Station(Guid Id, string Name, string Side, string Division, string? DivisionName);

/// <summary>What would go now because it is older than the law asks, and what went on the last days.</summary>
internal sealed record Retained(int Years, DateOnly Before, IReadOnlyList<DueToGo> Due, IReadOnlyList<RetentionDay> Done);

internal sealed record DueToGo(string What, long Count);

internal sealed record RetentionDay(DateOnly On, DateTimeOffset RanAt, IReadOnlyDictionary<string, long> Gone);

/// <summary>An account that entered records for a station.</summary>
internal sealed record Collector(string Account, long Workers, DateTimeOffset LastEnteredAt);

internal sealed record StationForm
{
    public string? Name { get; set; }
    public string Side { get; set; } = "sending";
    public string? Division { get; set; }
}

/// <summary>A worker as registered (api.md 3).</summary>
internal sealed record WorkerForm
{
    public string? Name { get; set; }
    public string? ResidentId { get; set; }
    public IReadOnlyList<string>? Phones { get; set; }
    public string? Hukou { get; set; }
    public Address? Address { get; set; }
    public string? HouseholdNumber { get; set; }
    public string? PersonNumber { get; set; }
    public string? RelationToHead { get; set; }
    public string? Education { get; set; }
    public string? LabourCapacity { get; set; }
    public IReadOnlyList<Skill>? Skills { get; set; }
    public IReadOnlyList<string>? Certificates { get; set; }
    public WishesForm? Wishes { get; set; }
    public IReadOnlyList<ConsentForm>? Consents { get; set; }
    public IReadOnlyList<DatedStatus>? HouseholdStatuses { get; set; }
}

internal sealed record WishesForm
{
    public bool? Willing { get; set; }
    public IReadOnlyList<string>? Trades { get; set; }
    public IReadOnlyList<string>? Places { get; set; }
    public decimal? MonthlyPay { get; set; }
    public DateOnly? From { get; set; }
    public bool? Lodging { get; set; }
    public IReadOnlyList<string>? Canteens { get; set; }
    public IReadOnlyList<string>? Languages { get; set; }
    public IReadOnlyList<ConsentForm>? Consents { get; set; }
}

internal sealed record Roster(
    Guid Id, string State, string? Phase, string Sheet, string Mode, string FileName, string? Encoding, RosterColumns? Columns, int Rows, int RowsDone, RosterCounts? Counts,
    double? RatePerSecond, int? SecondsLeft, string? Failure, RosterUndo? Undo, DateTimeOffset? UploadedAt, string? UploadedBy)
{
    public bool Running => State is "queued" or "running";
}

internal sealed record RosterColumns(IReadOnlyList<string>? Recognised, IReadOnlyList<string>? Missing, IReadOnlyList<string>? Unknown);

internal sealed record RosterCounts(int New, int Updated, int Unchanged, int Duplicate, int NonLabour, int Error, int Warning);

internal sealed record RosterUndo(int Undone, int Kept);

internal sealed record RosterRow(int Row, string Verdict, string? Name, IReadOnlyList<RosterFinding>? Findings, Guid? WorkerId);

internal sealed record RosterFinding(string? Column, string Code, string? Severity, string Message, string? Advice);
