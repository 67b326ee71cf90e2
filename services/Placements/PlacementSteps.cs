using LaborBridge.Domain;
using LaborBridge.Placements.Ledger;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements;

/// <summary>Which step may follow which, in words that tell the clerk what comes next (domain.md 3).</summary>
internal static class PlacementSteps
{
    /// <summary>409 where the placement's state does not admit the step.</summary>
    public static Problem? OutOfOrder(Placement placement, EntryKind step, bool nearHome)
    {
        if (Admits(placement, step, nearHome))
            return null;
        var next = Next(placement, nearHome);
        return Problem.Conflict("step-out-of-order", new Text(
            $"当前状态为“{Words.Chinese(placement.State)}”，不能登记“{Words.Chinese(step)}”。{next.Zh}",
            $"The placement is {Words.English(placement.State)}; “{Words.English(step)}” cannot follow. {next.En}")).With("state", Kebab.Of(placement.State));
    }

    /// <summary>The steps that may follow.</summary>
    public static IReadOnlyList<EntryKind> Admitted(Placement placement, bool nearHome) => [.. Enum.GetValues<EntryKind>().Where(step => Admits(placement, step, nearHome))];

    /// <summary>409 where the step's day lies before what it follows.</summary>
    public static Problem? WrongDay(Placement placement, LedgerEntry step)
    {
        var earliest = step.Kind switch
        {
            EntryKind.Contract => placement.State == PlacementState.Hired ? placement.LastStepOn : placement.OpenedOn,
            EntryKind.Evidence => placement.FirstDay ?? placement.OpenedOn,
            _ => placement.LastStepOn,
        };
        return step.On >= earliest ? null : DayProblem(
            $"日期 {step.On:yyyy-MM-dd} 早于前一步骤的日期 {earliest:yyyy-MM-dd}，请核对后再登记。",
            $"{step.On:yyyy-MM-dd} is before the step it follows, {earliest:yyyy-MM-dd}. Check the day.");
    }

    /// <summary>400 where the step's own terms are missing or wrong.</summary>
    public static Problem? WrongTerms(Placement placement, LedgerEntry step) => step.Kind switch
    {
        EntryKind.Contract when step.Form is null || !Placement.ContractForms.Contains(step.Form) =>
            Problem.Validation("form", "unknown-value", "请选择合同形式：直签、派遣或实习。", "Choose the form of contract: direct, dispatch or internship."),
        EntryKind.Contract when step.Months is < 1 or > 120 =>
            Problem.Validation("months", "out-of-range", "合同期限应为 1 至 120 个月；无固定期限请留空。", "The term is 1 to 120 months; leave it out for an open term."),
        EntryKind.Refused when string.IsNullOrWhiteSpace(step.Reason) =>
            Problem.Validation("reason", "required", "请填写未录用的原因。", "Say why the firm did not take the person on."),
        EntryKind.Leave when step.Until is not { } until || until < step.On =>
            Problem.Validation("until", "required", "请填写休假的最后一天，不早于休假开始日。", "Give the last day of the leave, not before its first."),
        EntryKind.Started when step.PayFen is < 0 or > 100_000_00 =>
            Problem.Validation("monthlyPay", "out-of-range", "月工资应在 0 至 100000 元之间。", "Monthly pay is between 0 and 100,000 yuan."),
        EntryKind.Left => WrongReason(placement, step),
        EntryKind.Evidence => WrongEvidence(placement, step),
        _ => null,
    };

    /// <summary>What the clerk should do next.</summary>
    public static Text Next(Placement placement, bool nearHome) => placement.State switch
    {
        PlacementState.Hired or PlacementState.Contracted when GoesStraightToWork(placement, nearHome) =>
            new("本岗位在家乡就近，下一步请登记“上岗”。", "The workplace is near home: record “started” next."),
        PlacementState.Hired => new("下一步请登记“合同签订”或“输送出发”。", "Record “contract” or “departed” next."),
        PlacementState.Contracted => new("下一步请登记“输送出发”。", "Record “departed” next."),
        PlacementState.Travelling => new("下一步请登记“抵达交接”。", "Record “arrived” next."),
        PlacementState.Arrived => new("下一步请登记“上岗”或“报到未录用”。", "Record “started” or “refused” next."),
        PlacementState.OnPost => new("可登记“在岗凭证”“休假”或“离岗”。", "“Evidence”, “leave” or “left” may follow."),
        PlacementState.OnLeave => new("下一步请登记“返岗”或“离岗”。", "Record “back” or “left” next."),
        PlacementState.Refused or PlacementState.Left => new("本次就业已结束，再次就业请另建一条。", "This spell is over; open a new one for the next job."),
        _ => throw new ArgumentOutOfRangeException(nameof(placement), placement.State, "Not a state."),
    };

    static bool Admits(Placement placement, EntryKind step, bool nearHome) => step switch
    {
        EntryKind.Contract => placement.State is not (PlacementState.Refused or PlacementState.Left),
        EntryKind.Departed => placement.State is PlacementState.Hired or PlacementState.Contracted && !nearHome,
        EntryKind.Arrived => placement.State is PlacementState.Travelling,
        EntryKind.Refused => placement.State is PlacementState.Arrived || (nearHome && placement.State is PlacementState.Hired or PlacementState.Contracted),
        EntryKind.Started => placement.State is PlacementState.Arrived
            || (placement.State is PlacementState.Hired or PlacementState.Contracted && GoesStraightToWork(placement, nearHome)),
        EntryKind.Leave => placement.State is PlacementState.OnPost,
        EntryKind.Back => placement.State is PlacementState.OnLeave,
        EntryKind.Evidence => placement.FirstDay is not null,
        EntryKind.Left => placement.Running,
        EntryKind.NoShow => placement.State is PlacementState.Hired or PlacementState.Contracted,
        EntryKind.Opened or EntryKind.Correction or EntryKind.Worker or EntryKind.Employer or EntryKind.Training or EntryKind.Merged or EntryKind.Separated => false,
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Not a kind of entry."),
    };

    // Who was not hired over the platform is at work already when the spell is told of.
    static bool GoesStraightToWork(Placement placement, bool nearHome) => nearHome || placement.Source != Source.Platform;

    static Problem? WrongReason(Placement placement, LedgerEntry step)
    {
        var known = placement.FirstDay is null ? Placement.ReasonsNotToStart : Placement.LeavingReasons;
        if (step.Reason is not null && known.Contains(step.Reason))
            return null;
        return placement.FirstDay is null
            ? Problem.Validation("reason", "unknown-value", "尚未上岗的，原因只能是“本人放弃”（withdrawn）或“其他”（other）。", "Before the first day the reason is withdrawn or other.")
            : Problem.Validation("reason", "unknown-value", "请选择离岗原因：转岗、返乡、未联系上、合同期满或其他。",
                "Choose the reason: job-change, returned, not-reached, contract-ended or other.");
    }

    static Problem? WrongEvidence(Placement placement, LedgerEntry step)
    {
        var first = placement.FirstDay ?? throw new ArgumentException("Evidence follows the first day.", nameof(placement));
        if (step.Evidence is null || !Placement.EvidenceKinds.Contains(step.Evidence))
            return Problem.Validation("evidence", "unknown-value", "请选择凭证种类：工资流水、盖章花名册、单位确认或电话回访。", "Choose the kind: bank, roster, firm or phone.");
        if (step.Month is not { } month || month < 1 || month > Placement.MostMonths)
            return Problem.Validation("month", "out-of-range", $"请填写在岗的第几个月（1 至 {Placement.MostMonths}）。", $"Give the month of service, 1 to {Placement.MostMonths}.");
        var ends = ServiceMonths.LastDay(first, step.Through ?? month);
        if (placement.LastDay is { } last && ends > last)
            return Problem.Validation("month", "after-last-day", $"第 {month} 个月到 {ends:yyyy-MM-dd} 才满，而离岗日是 {last:yyyy-MM-dd}。",
                $"Month {month} ends on {ends:yyyy-MM-dd}, after the last day, {last:yyyy-MM-dd}.");
        return step.On < ends
            ? Problem.Validation("month", "not-over", $"第 {month} 个月到 {ends:yyyy-MM-dd} 才满，期满后方可登记凭证。", $"Month {month} ends on {ends:yyyy-MM-dd}; it cannot be proved before.")
            : null;
    }

    static Problem DayProblem(string zh, string en) =>
        Problem.Conflict("step-out-of-order", new Text(zh, en)) with { Errors = [new FieldError("on", "before-previous-step", new Text(zh, en))] };
}
