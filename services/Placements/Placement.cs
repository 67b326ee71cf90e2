using LaborBridge.Domain;
using LaborBridge.Placements.Ledger;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements;

/// <summary>
/// One spell of work from hire to its last day (domain.md 3), as the fold of its ledger entries. <see cref="Take"/> decides whether a step may follow;
/// nothing here reads a clock or a database.
/// </summary>
internal sealed record Placement
{
    public required Guid Id { get; init; }

    public required Guid WorkerId { get; init; }

    public required Source Source { get; init; }

    public Guid? EmployerId { get; init; }

    public string? EmployerName { get; init; }

    public Guid? PostingId { get; init; }

    public required string Trade { get; init; }

    public required string Workplace { get; init; }

    public required string Channel { get; init; }

    public bool Farm { get; init; }

    public string? ContractForm { get; init; }

    /// <summary>The day from which the contract no longer holds.</summary>
    public DateOnly? ContractEnds { get; init; }

    public required PlacementState State { get; init; }

    /// <summary>The day of the hire.</summary>
    public required DateOnly OpenedOn { get; init; }

    /// <summary>No further move may lie before this day.</summary>
    public required DateOnly LastStepOn { get; init; }

    public DateOnly? FirstDay { get; init; }

    /// <summary>The last day worked, inclusive.</summary>
    public DateOnly? LastDay { get; init; }

    public DateOnly? LeaveUntil { get; init; }

    /// <summary>Why it ended.</summary>
    public string? Reason { get; init; }

    public long? MonthlyPayFen { get; init; }

    /// <summary>Months of service with a piece of evidence: bit n−1 for month n, up to 60.</summary>
    public long Evidenced { get; init; }

    public Guid? TripId { get; init; }

    /// <summary>Whether it occupies the worker.</summary>
    public bool Running => State is not (PlacementState.Refused or PlacementState.Left);

    /// <summary>The days worked or being worked.</summary>
    public Period? Spell => FirstDay is { } first ? new Period(first, LastDay?.AddDays(1)) : null;

    /// <summary>Months whose evidence is kept.</summary>
    public const int MostMonths = 60;

    /// <summary>Reasons to leave for somebody who worked.</summary>
    public static readonly IReadOnlyList<string> LeavingReasons = ["job-change", "returned", "not-reached", "contract-ended", "other"];

    /// <summary>Reasons to end before the first day.</summary>
    public static readonly IReadOnlyList<string> ReasonsNotToStart = ["withdrawn", "other"];

    public static readonly IReadOnlyList<string> ContractForms = ["direct", "dispatch", "internship"];

    public static readonly IReadOnlyList<string> EvidenceKinds = ["bank", "roster", "firm", "phone"];

    /// <summary>The placement that an <see cref="EntryKind.Opened"/> entry begins.</summary>
    public static Placement Open(LedgerEntry opened) => new()
    {
        Id = opened.Placement ?? throw new ArgumentException("An opening names its placement.", nameof(opened)),
        WorkerId = opened.Worker ?? throw new ArgumentException("An opening names its worker.", nameof(opened)),
        Source = opened.Source ?? throw new ArgumentException("An opening names its source.", nameof(opened)),
        EmployerId = opened.Employer,
        EmployerName = opened.EmployerName,
        PostingId = opened.Posting,
        Trade = opened.Trade ?? Trades.General,
        Workplace = opened.Workplace ?? throw new ArgumentException("An opening names its workplace.", nameof(opened)),
        Channel = opened.Channel ?? "self",
        Farm = opened.Farm ?? false,
        ContractForm = opened.Form,
        MonthlyPayFen = opened.PayFen,
        State = PlacementState.Hired,
        OpenedOn = opened.On,
        LastStepOn = opened.On,
    };

    /// <summary>Decides whether a step may follow, and where the placement stands after it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="nearHome">The workplace lies in the worker's home region: no departure, on post right after the hire.</param>
    public Decision Take(LedgerEntry step, bool nearHome)
    {
        if (Refuse(step, nearHome) is { } refusal)
            return refusal;
        return After(step);
    }

    /// <summary>Where the placement stands after a step that was accepted before.</summary>
    public Placement After(LedgerEntry step)
    {
        var moved = this with { LastStepOn = step.On > LastStepOn ? step.On : LastStepOn };
        return step.Kind switch
        {
            EntryKind.Contract => this with
            {
                State = State == PlacementState.Hired ? PlacementState.Contracted : State,
                ContractForm = step.Form,
                ContractEnds = step.Months is { } months ? step.On.AddMonths(months) : null,
                LastStepOn = State == PlacementState.Hired ? moved.LastStepOn : LastStepOn,
            },
            EntryKind.Departed => moved with { State = PlacementState.Travelling, TripId = step.Trip },
            EntryKind.Arrived => moved with { State = PlacementState.Arrived },
            EntryKind.Refused => moved with { State = PlacementState.Refused, Reason = "refused" },
            EntryKind.Started => moved with { State = PlacementState.OnPost, FirstDay = step.On, MonthlyPayFen = step.PayFen ?? MonthlyPayFen },
            EntryKind.Leave => moved with { State = PlacementState.OnLeave, LeaveUntil = step.Until },
            EntryKind.Back => moved with { State = PlacementState.OnPost, LeaveUntil = null, TripId = step.Trip ?? TripId },
            EntryKind.Left => moved with { State = PlacementState.Left, Reason = step.Reason, LastDay = FirstDay is null ? null : step.On, LeaveUntil = null },
            EntryKind.NoShow => moved with { State = PlacementState.Left, Reason = "no-show" },
            EntryKind.Evidence => this with { Evidenced = Evidenced | Bits(step) },
            EntryKind.Opened or EntryKind.Correction or EntryKind.Worker or EntryKind.Employer or EntryKind.Training or EntryKind.Merged or EntryKind.Separated =>
                throw new ArgumentException($"{step.Kind} is no step of a placement.", nameof(step)),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.Kind, "Not a kind of entry."),
        };
    }

    /// <summary>The months that an entry of evidence proves, as bits.</summary>
    public static long Bits(LedgerEntry evidence)
    {
        var (first, last) = (evidence.Month ?? 1, Math.Min(evidence.Through ?? evidence.Month ?? 1, MostMonths));
        var bits = 0L;
        for (var month = first; month <= last; month++)
            bits |= 1L << (month - 1);
        return bits;
    }

    Problem? Refuse(LedgerEntry step, bool nearHome) =>
        PlacementSteps.OutOfOrder(this, step.Kind, nearHome) ?? PlacementSteps.WrongDay(this, step) ?? PlacementSteps.WrongTerms(this, step);
}

/// <summary>The placement after a step, or why the step may not be.</summary>
internal readonly record struct Decision(Placement? After, Problem? Refusal)
{
    public static implicit operator Decision(Placement after) => new(after, Refusal: null);

    public static implicit operator Decision(Problem refusal) => new(After: null, refusal);
}
