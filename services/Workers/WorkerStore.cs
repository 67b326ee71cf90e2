using LaborBridge.Contracts;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>Statements on workers, households, consents and timelines. Every write locks the worker's row first.</summary>
internal static class WorkerStore
{
    public const string Columns = """
        w.id, w.version, w.id_hash, w.name_hash, w.tail_hash, w.name, w.resident_id, w.phones, w.address_text, w.health, w.ethnic_group, w.sex, w.birth_year,
        w.hukou, w.address_division, w.home_division, w.station_id, w.household_number, w.person_number, w.relation_to_head, w.education, w.labour_capacity,
        w.skills, w.certificates, w.self_groups, w.wishes, w.consented, w.proposed, w.out_reason, w.resting_status, w.status, w.workplace_division,
        w.entered_by, w.entered_at, w.changed_at, w.start_hash, w.available_from
        """;

    private static readonly Sql SelectOne = Sql.Text($"SELECT {Columns} FROM workers w WHERE w.id = @Id");

    private static readonly Sql SelectSeen = Sql.Text($"SELECT {Columns} FROM workers w WHERE w.id = @Id AND {Sight.Where}");

    private static readonly Sql LockOne = Sql.Text($"SELECT {Columns} FROM workers w {{lock}} WHERE w.id = @Id {{for update}}");

    private static readonly Sql LockMany = Sql.Text($"SELECT {Columns} FROM workers w {{lock}} WHERE w.id IN @Ids ORDER BY w.id {{for update}}");

    private static readonly Sql SelectByIdHash = Sql.Text($"SELECT {Columns} FROM workers w WHERE w.id_hash IN @Hashes");

    private static readonly Sql SelectByOneIdHash = Sql.Text($"SELECT {Columns} FROM workers w WHERE w.id_hash = @Hash");

    private static readonly Sql InsertWorker = Sql.Insert("workers", Columns.Replace("w.", "", StringComparison.Ordinal) + ", county, workplace_county");

    private static readonly Sql UpdateWorker = Sql.Text("""
        UPDATE workers SET version = @Version, id_hash = @IdHash, name_hash = @NameHash, tail_hash = @TailHash, name = @Name, resident_id = @ResidentId,
            phones = @Phones, address_text = @AddressText, health = @Health, ethnic_group = @EthnicGroup, sex = @Sex, birth_year = @BirthYear, hukou = @Hukou,
            address_division = @AddressDivision, home_division = @HomeDivision, station_id = @StationId, household_number = @HouseholdNumber,
            person_number = @PersonNumber, relation_to_head = @RelationToHead, education = @Education, labour_capacity = @LabourCapacity, skills = @Skills,
            certificates = @Certificates, self_groups = @SelfGroups, wishes = @Wishes, consented = @Consented, proposed = @Proposed, out_reason = @OutReason,
            resting_status = @RestingStatus, status = @Status, workplace_division = @WorkplaceDivision, entered_by = @EnteredBy, entered_at = @EnteredAt,
            changed_at = @ChangedAt, start_hash = @StartHash, available_from = @AvailableFrom, county = @County,
            workplace_county = @WorkplaceCounty
        WHERE id = @Id
        """);

    private static readonly Sql DeleteWorkers = Sql.Text("DELETE FROM workers WHERE id IN @Ids");

    private static readonly Sql InsertTerm = Sql.Insert("worker_terms", "worker_id, kind, term");

    private static readonly Sql DeleteTerms = Sql.Text("DELETE FROM worker_terms WHERE worker_id IN @Ids");

    private static readonly Sql InsertTrade = Sql.Insert("worker_trades", "county, trade, worker_id");

    private static readonly Sql DeleteTrades = Sql.Text("DELETE FROM worker_trades WHERE worker_id IN @Ids");

    private static readonly Sql DeleteCompanion = Sql.Text("DELETE FROM worker_terms WHERE worker_id = @Id AND kind = 'with'");

    private static readonly Sql InsertConsent = Sql.Insert("consents", "id, worker_id, purpose, receiver, form, given_on, recorded_by, recorded_at, version, withdrawn_at");

    private static readonly Sql SelectConsents = Sql.Text("""
        SELECT id, worker_id, purpose, receiver, form, given_on, recorded_by, recorded_at, version, withdrawn_at FROM consents
        WHERE worker_id IN @Ids ORDER BY id
        """);

    private static readonly Sql WithdrawConsents = Sql.Text("UPDATE consents SET withdrawn_at = @Now, version = version + 1 WHERE id IN @Ids AND withdrawn_at IS NULL");

    private static readonly Sql InsertStep = Sql.Insert("worker_steps", "id, worker_id, kind, happened_on, known_at, ordinal, actor, detail, source");

    private static readonly Sql SelectHouseholds = Sql.Text("""
        SELECT household_number, division, statuses, current_status FROM households {lock} WHERE household_number IN @Numbers ORDER BY household_number {for update}
        """);

    private static readonly Sql SelectHousehold = Sql.Text("SELECT household_number, division, statuses, current_status FROM households WHERE household_number IN @Numbers");

    private static readonly Sql InsertHousehold = Sql.InsertOrIgnore("households", "household_number", "division, statuses, current_status");

    private static readonly Sql SaveHousehold = Sql.Upsert("households", "household_number", "division, statuses, current_status");

    private static readonly Sql SelectMembers = Sql.Text($"SELECT {Columns} FROM workers w WHERE w.household_number IN @Numbers ORDER BY w.id");

    public static Task<WorkerRow?> Find(Tx tx, Guid id) => tx.First<WorkerRow>(SelectOne, new { Id = id });

    /// <summary>The worker if the caller sees him.</summary>
    public static Task<WorkerRow?> Find(Tx tx, Caller caller, Guid id) => tx.First<WorkerRow>(SelectSeen, Sight.Args(caller, new { Id = id }));

    public static Task<WorkerRow?> Lock(Tx tx, Guid id) => tx.First<WorkerRow>(LockOne, new { Id = id });

    public static async Task<Dictionary<Guid, WorkerRow>> Lock(Tx tx, IReadOnlyCollection<Guid> ids) =>
        (await tx.Query<WorkerRow>(LockMany, new { Ids = ids.Select(id => id.ToString("D")) })).ToDictionary(row => row.Id);

    /// <summary>The workers with one of these keyed hashes of the ID, whoever sees them.</summary>
    public static async Task<Dictionary<string, WorkerRow>> FindByIdHash(Tx tx, IReadOnlyList<string> hashes)
    {
        // One at the counter is the hot path, and cheaper without a list.
        var rows = hashes is [var hash] ? await tx.Query<WorkerRow>(SelectByOneIdHash, new { Hash = hash }) : await tx.Query<WorkerRow>(SelectByIdHash, new { Hashes = hashes });
        return rows.ToDictionary(row => row.IdHash, StringComparer.Ordinal);
    }

    public static Task Insert(Tx tx, IReadOnlyCollection<WorkerRow> rows) => tx.ExecuteMany(InsertWorker, rows);

    public static Task Update(Tx tx, IReadOnlyCollection<WorkerRow> rows) => tx.ExecuteMany(UpdateWorker, rows);

    public static async Task Delete(Tx tx, IReadOnlyCollection<Guid> ids)
    {
        await DropTerms(tx, ids);
        await DropTrades(tx, ids);
        await tx.Execute(DeleteWorkers, new { Ids = ids.Select(id => id.ToString("D")) });
    }

    public static Task InsertTerms(Tx tx, IReadOnlyCollection<TermRow> terms) => tx.ExecuteMany(InsertTerm, terms);

    public static Task DropTerms(Tx tx, IEnumerable<Guid> ids) => tx.Execute(DeleteTerms, new { Ids = ids.Select(id => id.ToString("D")) });

    public static Task DropCompanion(Tx tx, Guid worker) => tx.Execute(DeleteCompanion, new { Id = worker });

    public static Task InsertTrades(Tx tx, IReadOnlyCollection<TradeRow> trades) => tx.ExecuteMany(InsertTrade, trades);

    public static Task DropTrades(Tx tx, IEnumerable<Guid> ids) => tx.Execute(DeleteTrades, new { Ids = ids.Select(id => id.ToString("D")) });

    public static Task InsertConsents(Tx tx, IReadOnlyCollection<ConsentRow> consents) => tx.ExecuteMany(InsertConsent, consents);

    public static Task<List<ConsentRow>> Consents(Tx tx, params IEnumerable<Guid> workers) =>
        tx.Query<ConsentRow>(SelectConsents, new { Ids = workers.Select(id => id.ToString("D")) });

    public static Task Withdraw(Tx tx, IEnumerable<Guid> consents, DateTimeOffset now) =>
        tx.Execute(WithdrawConsents, new { Ids = consents.Select(id => id.ToString("D")), Now = now });

    public static Task InsertSteps(Tx tx, IReadOnlyCollection<StepRow> steps) => tx.ExecuteMany(InsertStep, steps);

    /// <summary>The statuses of households by number; a number that is not there has none.</summary>
    public static async Task<IReadOnlyList<DatedStatus>> Statuses(Tx tx, string? number) =>
        number is not null && (await tx.Query<HouseholdRow>(SelectHousehold, new { Numbers = new[] { number } })) is [var row] ? Of(row) : [];

    public static async Task<Dictionary<string, HouseholdRow>> Households(Tx tx, IReadOnlyCollection<string> numbers, bool hold = false) => numbers.Count == 0 ? []
        : (await tx.Query<HouseholdRow>(hold ? SelectHouseholds : SelectHousehold, new { Numbers = numbers })).ToDictionary(row => row.HouseholdNumber, StringComparer.Ordinal);

    public static IReadOnlyList<DatedStatus> Of(HouseholdRow row) => Stored.Read<List<DatedStatus>>(row.Statuses);

    /// <summary>The same with who said so.</summary>
    public static IReadOnlyList<SourcedStatus> SourcesOf(HouseholdRow row) => Stored.Read<List<SourcedStatus>>(row.Statuses);

    public static Task InsertHouseholds(Tx tx, IReadOnlyCollection<HouseholdRow> rows) => tx.ExecuteMany(InsertHousehold, rows);

    public static Task SaveHouseholds(Tx tx, IReadOnlyCollection<HouseholdRow> rows) => tx.ExecuteMany(SaveHousehold, rows);

    public static async Task<List<WorkerRow>> Members(Tx tx, IReadOnlyCollection<string> numbers) =>
        numbers.Count == 0 ? [] : await tx.Query<WorkerRow>(SelectMembers, new { Numbers = numbers });
}
