using LaborBridge.Employers;
using Xunit;

namespace LaborBridge.Tests.Unit.Employers;

public sealed class Paying_less_than_the_minimum_wage
{
    private static readonly MinimumWage Known = new("350205", new MinimumWageRow
    {
        Id = Guid.Empty, Version = 1, Division = "350205", FromDay = new DateOnly(2026, 1, 1), MonthlyFen = 1740_00, HourlyFen = 18_00, Source = "x", SavedBy = "x", SavedAt = default,
    });

    [Theory]
    [InlineData("month", 1739.99, "direct", "error")]
    [InlineData("month", 1740, "direct", null)]
    [InlineData("piece", 1700, "dispatch", "error")]
    [InlineData("hour", 9.99, "direct", "error")]
    [InlineData("hour", 10, "direct", "warning")]
    [InlineData("hour", 18, "direct", null)]
    [InlineData("month", 1000, "internship", "warning")]
    public void is_an_error_and_a_question_where_the_figure_may_not_apply(string unit, double pay, string form, string? severity)
    {
        var terms = Reviewing_a_posting.Whole("无特殊要求") with { Pay = new PostingPay(unit, (decimal)pay, High: null), Contract = new PostingContract(form, 12) };

        Assert.Equal(severity, Posting.Review(terms, Known).SingleOrDefault()?.Severity);
        Assert.Empty(Posting.Review(terms, new MinimumWage("350205", Row: null)));
    }
}
