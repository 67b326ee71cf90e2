using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.Workers;
using Xunit;

namespace LaborBridge.Tests.Unit.Workers;

public sealed class A_workers_status
{
    private static readonly Wishes Willing = new(Willing: true, ["general"], ["3502"], 450_000, From: null, Lodging: true, [], With: null);

    [Theory]
    [InlineData(false, null, false, "registered")]
    [InlineData(false, null, true, "registered")]
    [InlineData(false, true, false, "registered")]
    [InlineData(false, true, true, "willing")]
    [InlineData(false, false, true, "not-now")]
    [InlineData(true, true, true, "out")]
    public void follows_from_wish_consent_and_way_out(bool isOut, bool? willing, bool consented, string expected) =>
        Assert.Equal(expected, Kebab.Of(Worker.Resting(isOut, willing is { } wish ? Willing with { Willing = wish } : null, consented)));

    [Theory]
    [InlineData("hired", "hired")]
    [InlineData("contracted", "hired")]
    [InlineData("travelling", "travelling")]
    [InlineData("arrived", "travelling")]
    [InlineData("on-post", "on-post")]
    [InlineData("on-leave", "on-post")]
    public void follows_the_running_placement(string state, string expected) => Assert.Equal(expected, Kebab.Of(Worker.Working(state)!.Value));

    [Theory]
    [InlineData("left")]
    [InlineData("refused")]
    public void is_free_after_the_placement(string state) => Assert.Null(Worker.Working(state));

    [Fact]
    public void of_somebody_at_work_stays_when_wishes_change()
    {
        var settled = Worker.Settled(Some.Row with { Status = "on-post", Consented = true }, Willing);
        Assert.Equal(("on-post", "willing"), (settled.Status, settled.RestingStatus));
    }

    [Fact]
    public void is_out_once_the_worker_is_out() =>
        Assert.Equal("out", Worker.Settled(Some.Row with { Status = "on-post", OutReason = "erased" }, Willing).Status);

    [Theory]
    [InlineData(false, false, true, null, null)]
    [InlineData(true, true, true, null, null)]
    [InlineData(true, false, false, null, "consent-withdrawn")]
    [InlineData(true, false, true, null, "not-now")]
    [InlineData(true, false, true, "erased", "out")]
    public void tells_Matching_to_forget_only_whom_it_was_told_of(bool proposed, bool stillWilling, bool consented, string? outReason, string? expected)
    {
        var after = Some.Row with { Consented = consented, OutReason = outReason, RestingStatus = stillWilling ? "willing" : "not-now" };
        Assert.Equal(expected, Worker.NoLonger(Some.Row with { Proposed = proposed }, after));
    }

    [Fact]
    public void told_to_Matching_carries_the_eighteenth_birthday_of_minors_only()
    {
        var today = new DateOnly(2026, 11, 22);
        Assert.Null(Worker.Willing(Some.Row, Willing, today, [], today).Turns18On);
        Assert.Equal(today.AddDays(1), Worker.Willing(Some.Row, Willing, today.AddDays(1), [], today).Turns18On);
    }

    [Fact]
    public void told_to_Matching_says_whether_the_household_is_monitored_today()
    {
        var today = new DateOnly(2026, 11, 22);
        DatedStatus past = new("marginal", new DateOnly(2024, 1, 1), today), present = new("marginal", new DateOnly(2024, 1, 1), null);
        Assert.False(Worker.Willing(Some.Row, Willing, today, [past], today).Monitored);
        Assert.True(Worker.Willing(Some.Row, Willing, today, [present], today).Monitored);
    }

    [Theory]
    [InlineData("640422", "640422101", "640422101")]
    [InlineData("640422", "350205", "640422")]
    [InlineData("640422", null, "640422")]
    public void starts_from_a_home_as_fine_as_known(string hukou, string? address, string home) =>
        Assert.Equal(home, Worker.Home(DivisionCode.Parse(hukou), address is null ? null : DivisionCode.Parse(address)).ToString());
}

/// <summary>A row without a person.</summary>
internal static class Some
{
    public static WorkerRow Row { get; } = new()
    {
        Id = Guid.Parse("01999999-0000-7000-8000-000000000001"), Version = 1, IdHash = "", NameHash = "", TailHash = "", Sex = "female", BirthYear = 1990, Hukou = "640422",
        HomeDivision = "640422", Skills = "[]", Certificates = "[]", SelfGroups = "[]", Consented = false, Proposed = false, RestingStatus = "registered",
        Status = "registered", EnteredBy = "1", EnteredAt = DateTimeOffset.UnixEpoch, ChangedAt = DateTimeOffset.UnixEpoch,
    };
}
