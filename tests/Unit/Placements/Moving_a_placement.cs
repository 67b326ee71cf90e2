using FsCheck;
using FsCheck.Fluent;
using LaborBridge.Placements;
using LaborBridge.Placements.Ledger;
using Xunit;
using static LaborBridge.Tests.Unit.Placements.Courses;

namespace LaborBridge.Tests.Unit.Placements;

public class Moving_a_placement
{
    [Fact]
    public void goes_from_the_hire_to_the_last_day()
    {
        var placement = After(
            Hired("2026-03-01"),
            Step(EntryKind.Contract, "2026-03-01") with { Form = "direct", Months = 12 },
            Step(EntryKind.Departed, "2026-03-02"),
            Step(EntryKind.Arrived, "2026-03-04"),
            Step(EntryKind.Started, "2026-03-05") with { PayFen = 500_000 },
            Step(EntryKind.Leave, "2026-05-01") with { Until = Day("2026-05-05") },
            Step(EntryKind.Back, "2026-05-06"),
            Step(EntryKind.Left, "2026-09-30") with { Reason = "returned" });

        Assert.Equal(PlacementState.Left, placement.State);
        Assert.False(placement.Running);
        Assert.Equal(Day("2026-03-05"), placement.FirstDay);
        Assert.Equal(Day("2026-09-30"), placement.LastDay);
        Assert.Equal(Day("2027-03-01"), placement.ContractEnds);
        Assert.Equal(500_000, placement.MonthlyPayFen);
    }

    [Fact]
    public void tells_which_step_comes_next()
    {
        var refusal = After(Hired("2026-03-01"), Step(EntryKind.Departed, "2026-03-02")).Take(Step(EntryKind.Started, "2026-03-05"), nearHome: false).Refusal!;
        Assert.Equal((409, "step-out-of-order"), (refusal.Status, refusal.Code));
        Assert.Contains("抵达交接", refusal.Detail.Zh, StringComparison.Ordinal);
        Assert.Contains("arrived", refusal.Detail.En, StringComparison.Ordinal);
    }

    [Fact]
    public void goes_straight_to_work_near_home()
    {
        var hired = Placement.Open(Hired("2026-03-01"));
        Assert.Equal(PlacementState.OnPost, hired.Take(Step(EntryKind.Started, "2026-03-02"), nearHome: true).After!.State);
        Assert.Equal("step-out-of-order", hired.Take(Step(EntryKind.Departed, "2026-03-02"), nearHome: true).Refusal!.Code);
        Assert.Equal("step-out-of-order", hired.Take(Step(EntryKind.Started, "2026-03-02"), nearHome: false).Refusal!.Code);
    }

    [Fact]
    public void refuses_a_day_before_the_step_it_follows()
    {
        var refusal = After(Hired("2026-03-01"), Step(EntryKind.Departed, "2026-03-02")).Take(Step(EntryKind.Arrived, "2026-03-01"), nearHome: false).Refusal!;
        Assert.Equal("step-out-of-order", refusal.Code);
        Assert.Equal("on", Assert.Single(refusal.Errors).Field);
    }

    [Fact]
    public void ends_for_who_is_refused_at_the_gate()
    {
        var arrived = After(Hired("2026-03-01"), Step(EntryKind.Departed, "2026-03-02"), Step(EntryKind.Arrived, "2026-03-04"));
        Assert.Equal("validation", arrived.Take(Step(EntryKind.Refused, "2026-03-04"), nearHome: false).Refusal!.Code);
        var refused = arrived.Take(Step(EntryKind.Refused, "2026-03-04") with { Reason = "体检未通过" }, nearHome: false).After!;
        Assert.Equal((PlacementState.Refused, false), (refused.State, refused.Running));
        Assert.Null(refused.FirstDay);
    }

    [Theory]
    [InlineData("2026-04-03", false)]
    [InlineData("2026-04-04", true)]
    public void takes_evidence_once_the_month_is_over(string day, bool accepted)
    {
        // First day 5 March: month 1 ends on 4 April.
        var decision = OnPost().Take(Step(EntryKind.Evidence, day) with { Month = 1, Evidence = "bank" }, nearHome: false);
        Assert.Equal(accepted, decision.Refusal is null);
    }

    [Fact]
    public void takes_evidence_after_the_last_day_for_months_before_it()
    {
        var left = OnPost().Take(Step(EntryKind.Left, "2026-05-10") with { Reason = "job-change" }, nearHome: false).After!;
        Assert.Null(left.Take(Step(EntryKind.Evidence, "2026-06-01") with { Month = 2, Evidence = "bank" }, nearHome: false).Refusal);
        Assert.Equal("validation", left.Take(Step(EntryKind.Evidence, "2026-08-01") with { Month = 3, Evidence = "bank" }, nearHome: false).Refusal!.Code);
    }

    [Fact]
    public void knows_other_reasons_before_the_first_day_than_after()
    {
        Assert.Null(Placement.Open(Hired("2026-03-01")).Take(Step(EntryKind.Left, "2026-03-02") with { Reason = "withdrawn" }, nearHome: false).Refusal);
        Assert.Equal("validation", Placement.Open(Hired("2026-03-01")).Take(Step(EntryKind.Left, "2026-03-02") with { Reason = "returned" }, nearHome: false).Refusal!.Code);
        Assert.Equal("validation", OnPost().Take(Step(EntryKind.Left, "2026-03-09") with { Reason = "withdrawn" }, nearHome: false).Refusal!.Code);
    }

    [Fact]
    public void admits_exactly_what_it_lists_as_next_steps() => Prop.ForAll(
        Gen.Elements(Enum.GetValues<EntryKind>()).ArrayOf().ToArbitrary(), ArbMap.Default.ArbFor<bool>(), (kinds, nearHome) =>
        {
            var placement = Placement.Open(Hired("2026-03-01"));
            var day = Day("2026-03-01");
            foreach (var kind in kinds)
            {
                day = day.AddDays(40);
                var step = new LedgerEntry
                {
                    Kind = kind,
                    On = day,
                    Form = "direct",
                    Reason = placement.FirstDay is null ? "withdrawn" : "returned",
                    Until = day,
                    Month = 1,
                    Evidence = "phone",
                };
                var listed = PlacementSteps.Admitted(placement, nearHome).Contains(kind);
                var decision = placement.Take(step, nearHome);
                if (listed != (decision.Refusal is null) && kind != EntryKind.Evidence)
                    return false;
                placement = decision.After ?? placement;
                if (placement.LastDay < placement.FirstDay || (!placement.Running && PlacementSteps.Admitted(placement, nearHome).Any(next => next != EntryKind.Evidence)))
                    return false;
            }

            return true;
        }).QuickCheckThrowOnFailure();
}

public class Correcting_a_course
{
    [Fact]
    public void puts_the_right_entry_in_the_place_of_the_wrong_one()
    {
        LedgerEntry[] course =
        [
            Hired("2026-03-01") with { Position = 1 },
            Step(EntryKind.Departed, "2026-03-02") with { Position = 2 },
            Step(EntryKind.Arrived, "2026-03-04") with { Position = 3 },
            Step(EntryKind.Started, "2026-03-15") with { Position = 4 },
            Step(EntryKind.Left, "2026-06-30") with { Position = 5, Reason = "returned" },
            Step(EntryKind.Correction, "2026-07-01") with { Position = 6, Of = 4, Reason = "笔误" },
            Step(EntryKind.Started, "2026-03-05") with { Position = 7, Of = 4 },
        ];
        var placement = PlacementHistory.Recheck(course, nearHome: false).After!;
        Assert.Equal((Day("2026-03-05"), Day("2026-06-30")), (placement.FirstDay, placement.LastDay));
        Assert.Equal(placement, PlacementHistory.Fold(course));
    }

    [Fact]
    public void refuses_a_course_that_does_not_hold()
    {
        LedgerEntry[] course =
        [
            Hired("2026-03-01") with { Position = 1 },
            Step(EntryKind.Departed, "2026-03-02") with { Position = 2 },
            Step(EntryKind.Arrived, "2026-03-04") with { Position = 3 },
            Step(EntryKind.Correction, "2026-03-05") with { Position = 4, Of = 2, Reason = "误记" },
        ];
        Assert.Equal("step-out-of-order", PlacementHistory.Recheck(course, nearHome: false).Refusal!.Code);
    }
}

public class The_canonical_form_of_an_entry
{
    [Fact]
    public void never_changes()
    {
        var entry = Hired("2026-03-01") with { Position = 1, Previous = LedgerLog.Genesis, Known = 1_772_000_000_000_000, Recorder = "system", Trade = "general", EmployerName = "厦门“示例”公司" };
        Assert.Equal(
            "{\"position\":1,\"previous\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"known\":1772000000000000,\"kind\":\"opened\",\"on\":\"2026-03-01\","
            + "\"worker\":\"01900000-0000-7000-8000-000000000001\",\"placement\":\"01900000-0000-7000-8000-000000000002\",\"recorder\":\"system\",\"source\":\"platform\","
            + "\"employerName\":\"厦门“示例”公司\",\"trade\":\"general\",\"workplace\":\"350205\",\"channel\":\"station\"}",
            System.Text.Encoding.UTF8.GetString(entry.ToCanonical()));
        Assert.Equal(entry, LedgerEntry.FromCanonical(entry.ToCanonical()));
    }
}
