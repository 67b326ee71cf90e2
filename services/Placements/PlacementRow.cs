using LaborBridge.Domain;
using LaborBridge.Persistence;

namespace LaborBridge.Placements;

/// <summary>A placement as stored, with what the copy of its worker says.</summary>
internal sealed class PlacementRow
{
    public required Guid Id { get; init; }

    public required Guid WorkerId { get; init; }

    public required string Source { get; init; }

    public Guid? EmployerId { get; init; }

    public string? EmployerName { get; init; }

    public Guid? PostingId { get; init; }

    public required string Trade { get; init; }

    public required string WorkplaceDivision { get; init; }

    public string? WorkplaceText { get; init; }

    public required string Channel { get; init; }

    public required bool Farm { get; init; }

    public string? ContractForm { get; init; }

    public DateOnly? ContractEnds { get; init; }

    public required string State { get; init; }

    public required bool Running { get; init; }

    public required DateOnly OpenedOn { get; init; }

    public required DateOnly LastStepOn { get; init; }

    public DateOnly? FirstDay { get; init; }

    public DateOnly? LastDay { get; init; }

    public DateOnly? LeaveUntil { get; init; }

    public string? Reason { get; init; }

    public long? MonthlyPayFen { get; init; }

    public required long Evidenced { get; init; }

    public Guid? TripId { get; init; }

    public required long Version { get; init; }

    /// <summary>Of the worker's copy; not stored with the placement.</summary>
    public string? HomeDivision { get; init; }

    /// <summary>The workplace lies in the home region (the province or autonomous region).</summary>
    public bool NearHome => IsNearHome(HomeDivision, WorkplaceDivision);

    public static bool IsNearHome(string? home, string workplace) =>
        home is { Length: >= 2 } && workplace.Length >= 2 && home.AsSpan(0, 2).SequenceEqual(workplace.AsSpan(0, 2));

    public Placement ToPlacement() => new()
    {
        Id = Id,
        WorkerId = WorkerId,
        Source = Kebab.Parse<Source>(Source),
        EmployerId = EmployerId,
        EmployerName = EmployerName,
        PostingId = PostingId,
        Trade = Trade,
        Workplace = WorkplaceDivision,
        Channel = Channel,
        Farm = Farm,
        ContractForm = ContractForm,
        ContractEnds = ContractEnds,
        State = Kebab.Parse<PlacementState>(State),
        OpenedOn = OpenedOn,
        LastStepOn = LastStepOn,
        FirstDay = FirstDay,
        LastDay = LastDay,
        LeaveUntil = LeaveUntil,
        Reason = Reason,
        MonthlyPayFen = MonthlyPayFen,
        Evidenced = Evidenced,
        TripId = TripId,
    };

    public static PlacementRow Of(Placement placement, string? workplaceText, long version, string? home) => new()
    {
        Id = placement.Id,
        WorkerId = placement.WorkerId,
        Source = Kebab.Of(placement.Source),
        EmployerId = placement.EmployerId,
        EmployerName = placement.EmployerName,
        PostingId = placement.PostingId,
        Trade = placement.Trade,
        WorkplaceDivision = placement.Workplace,
        WorkplaceText = workplaceText,
        Channel = placement.Channel,
        Farm = placement.Farm,
        ContractForm = placement.ContractForm,
        ContractEnds = placement.ContractEnds,
        State = Kebab.Of(placement.State),
        Running = placement.Running,
        OpenedOn = placement.OpenedOn,
        LastStepOn = placement.LastStepOn,
        FirstDay = placement.FirstDay,
        LastDay = placement.LastDay,
        LeaveUntil = placement.LeaveUntil,
        Reason = placement.Reason,
        MonthlyPayFen = placement.MonthlyPayFen,
        Evidenced = placement.Evidenced,
        TripId = placement.TripId,
        Version = version,
        HomeDivision = home,
    };

    public static Task<PlacementRow?> Find(Tx tx, Guid id) => tx.First<PlacementRow>(FindOne, new { Id = id });

    public static Task<List<PlacementRow>> OfWorker(Tx tx, Guid worker) => tx.Query<PlacementRow>(FindOfWorker, new { WorkerId = worker });

    public static Task Insert(Tx tx, PlacementRow row) => tx.Execute(InsertOne, row);

    public static Task Update(Tx tx, PlacementRow row) => tx.Execute(UpdateOne, row);

    /// <summary>The columns, read through the aliases <c>p</c> (placement), <c>w</c> (worker) and <c>e</c> (employer).</summary>
    public const string Selected =
        "p.id, p.worker_id, p.source, p.employer_id, COALESCE(e.name, p.employer_name) AS employer_name, p.posting_id, p.trade, p.workplace_division, p.workplace_text, p.channel, p.farm, p.contract_form, p.contract_ends, "
        + "p.state, p.running, p.opened_on, p.last_step_on, p.first_day, p.last_day, p.leave_until, p.reason, p.monthly_pay_fen, p.evidenced, p.trip_id, p.version, w.home_division";

    /// <summary>The tables for <see cref="Selected"/>.</summary>
    public const string From = "placement p LEFT JOIN worker w ON w.id = p.worker_id LEFT JOIN employer e ON e.id = p.employer_id";

    static readonly Sql FindOne = Sql.Text($"SELECT {Selected} FROM {From} WHERE p.id = @Id");

    static readonly Sql FindOfWorker = Sql.Text($"SELECT {Selected} FROM {From} WHERE p.worker_id = @WorkerId ORDER BY p.opened_on, p.id");

    static readonly Sql InsertOne = Sql.Insert("placement",
        "id, worker_id, source, employer_id, employer_name, posting_id, trade, workplace_division, workplace_text, channel, farm, contract_form, contract_ends, "
        + "state, running, opened_on, last_step_on, first_day, last_day, leave_until, reason, monthly_pay_fen, evidenced, trip_id, version");

    static readonly Sql UpdateOne = Sql.Text(
        "UPDATE placement SET employer_id = @EmployerId, employer_name = @EmployerName, posting_id = @PostingId, trade = @Trade, workplace_division = @WorkplaceDivision, "
        + "workplace_text = @WorkplaceText, channel = @Channel, farm = @Farm, contract_form = @ContractForm, contract_ends = @ContractEnds, state = @State, running = @Running, "
        + "opened_on = @OpenedOn, last_step_on = @LastStepOn, first_day = @FirstDay, last_day = @LastDay, leave_until = @LeaveUntil, reason = @Reason, "
        + "monthly_pay_fen = @MonthlyPayFen, evidenced = @Evidenced, trip_id = @TripId, version = @Version WHERE id = @Id");
}
