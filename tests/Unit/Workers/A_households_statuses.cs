using LaborBridge.Contracts;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers;
using Xunit;

namespace LaborBridge.Tests.Unit.Workers;

public sealed class A_households_statuses
{
    private static readonly DateOnly Day = new(2026, 3, 1);

    [Fact]
    public void begin_with_the_first_seen() =>
        Assert.Equal([new DatedStatus("marginal", Day, null)], Household.Observed([], "marginal", Day));

    [Fact]
    public void stay_when_the_same_is_seen_again()
    {
        DatedStatus[] known = [new("marginal", new DateOnly(2024, 1, 1), null)];
        Assert.Same(known, Household.Observed(known, "marginal", Day));
    }

    [Fact]
    public void end_where_another_begins() => Assert.Equal(
        [new DatedStatus("marginal", new DateOnly(2024, 1, 1), Day), new DatedStatus("out-of-poverty", Day, null)],
        Household.Observed([new("marginal", new DateOnly(2024, 1, 1), null)], "out-of-poverty", Day));

    [Fact]
    public void keep_what_is_known_of_later_days() => Assert.Equal(
        [new DatedStatus("marginal", Day, new DateOnly(2026, 6, 1)), new DatedStatus("out-of-poverty", new DateOnly(2026, 6, 1), null)],
        Household.Observed([new("out-of-poverty", new DateOnly(2026, 6, 1), null)], "marginal", Day));

    [Fact]
    public void hold_from_the_first_day_to_the_day_before_the_last()
    {
        DatedStatus[] statuses = [new("marginal", Day, Day.AddDays(10))];
        Assert.Equal([null, "marginal", "marginal", null], new[] { -1, 0, 9, 10 }.Select(days => Household.Current(statuses, Day.AddDays(days))));
    }

    [Fact]
    public void must_not_overlap()
    {
        var checks = new Checks();
        Household.Check(checks, "householdStatuses", [new("marginal", Day, null), new("out-of-poverty", Day.AddDays(3), null)]);
        Assert.Equal("period-overlap", Assert.Single(checks.Errors).Code);
    }

    [Fact]
    public void are_codes_of_the_list()
    {
        var checks = new Checks();
        Household.Check(checks, "householdStatuses", [new("rich", null, null)]);
        Assert.Equal("unknown-value", Assert.Single(checks.Errors).Code);
    }
}
