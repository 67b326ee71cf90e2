using FsCheck;
using FsCheck.Fluent;
using LaborBridge.Domain;
using Xunit;

namespace LaborBridge.Tests.Unit.Domain;

public class Counting_money
{
    [Fact]
    public void refuses_more_than_two_decimals()
    {
        Assert.Equal(450050, Money.FromYuan(4500.50m).Fen);
        Assert.Equal(450050, Money.FromYuan(4500.500m).Fen);
        Assert.Throws<ArgumentException>(() => Money.FromYuan(0.001m));
        Assert.False(Money.TryFromYuan(decimal.MaxValue, out _));
    }

    [Fact]
    public void is_written_with_two_decimals() => Assert.Equal("-0.05", new Money(-5).ToString());

    [Fact]
    public void overflows_loudly()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) * 2);
    }

    [Fact]
    public void round_trips_through_yuan() => Prop.ForAll(Invention.Amounts, a => Money.FromYuan(a.ToYuan()) == a).QuickCheckThrowOnFailure();

    [Fact]
    public void adds_as_a_group() =>
        Prop.ForAll(Invention.Amounts, Invention.Amounts, Invention.Amounts, (a, b, c) =>
            a + b == b + a && (a + b) + c == a + (b + c) && a + Money.Zero == a && a + -a == Money.Zero && a - b == a + -b).QuickCheckThrowOnFailure();

    [Fact]
    public void multiplies_as_it_adds() =>
        Prop.ForAll(Invention.Amounts, Gen.Choose(0, 50).ToArbitrary(), (a, n) => Money.Sum(Enumerable.Repeat(a, n)) == a * n && n * a == a * n).QuickCheckThrowOnFailure();

    [Fact]
    public void orders_as_its_yuan() =>
        Prop.ForAll(Invention.Amounts, Invention.Amounts, (a, b) =>
            (a < b) == (a.ToYuan() < b.ToYuan()) && (a >= b) == !(a < b) && (a > b) == (b < a) && (a <= b) == (a.CompareTo(b) <= 0)).QuickCheckThrowOnFailure();
}

public class Reckoning_periods
{
    static readonly DateOnly Start = new(2026, 1, 1);

    [Fact]
    public void leaves_its_end_out()
    {
        var january = new Period(Start, new DateOnly(2026, 2, 1));
        Assert.True(january.Contains(Start));
        Assert.True(january.Contains(new DateOnly(2026, 1, 31)));
        Assert.False(january.Contains(new DateOnly(2026, 2, 1)));
        Assert.Equal(31, january.Days);
        Assert.Equal(january, Period.Inclusive(Start, new DateOnly(2026, 1, 31)));
        Assert.Equal("[2026-01-01, 2026-02-01)", january.ToString());
    }

    [Fact]
    public void refuses_to_end_before_it_begins() => Assert.Throws<ArgumentException>(() => new Period(Start, Start.AddDays(-1)));

    [Fact]
    public void touches_its_successor_without_overlap() =>
        Assert.False(new Period(Start, Start.AddDays(10)).Overlaps(new Period(Start.AddDays(10), to: null)));

    [Fact]
    public void default_holds_every_day() => Prop.ForAll(Invention.Days, day => default(Period).Contains(day)).QuickCheckThrowOnFailure();

    [Fact]
    public void overlaps_where_a_day_lies_in_both() =>
        Prop.ForAll(Invention.Periods, Invention.Periods, (a, b) =>
        {
            var shared = Enumerable.Range(0, 800).Select(Start.AddDays).Any(day => a.Contains(day) && b.Contains(day));
            return a.Overlaps(b) == shared && b.Overlaps(a) == shared;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void intersects_in_exactly_the_shared_days() =>
        Prop.ForAll(Invention.Periods, Invention.Periods, (a, b) =>
            Enumerable.Range(0, 800).Select(Start.AddDays).All(day => (a.Intersect(b)?.Contains(day) ?? false) == (a.Contains(day) && b.Contains(day))))
            .QuickCheckThrowOnFailure();
}

public class Counting_service_months
{
    [Theory]
    [InlineData("2026-01-15", 1, "2026-02-14")]
    [InlineData("2026-01-15", 3, "2026-04-14")]
    [InlineData("2026-01-31", 1, "2026-02-27")]
    [InlineData("2026-01-31", 2, "2026-03-30")]
    [InlineData("2024-01-31", 1, "2024-02-28")]
    [InlineData("2026-03-01", 6, "2026-08-31")]
    public void ends_on_the_day_before(string first, int n, string last) =>
        Assert.Equal(DateOnly.Parse(last), ServiceMonths.LastDay(DateOnly.Parse(first), n));

    [Theory]
    [InlineData("2026-01-15", "2026-04-14", 3)]
    [InlineData("2026-01-15", "2026-04-13", 2)]
    [InlineData("2026-01-15", "2026-01-15", 0)]
    [InlineData("2026-01-15", "2025-12-01", 0)]
    [InlineData("2026-01-01", "2026-12-31", 12)]
    public void counts_the_last_day_in(string first, string last, int months) =>
        Assert.Equal(months, ServiceMonths.Completed(DateOnly.Parse(first), DateOnly.Parse(last)));

    [Fact]
    public void knows_no_month_before_the_first() => Assert.Throws<ArgumentOutOfRangeException>(() => ServiceMonths.Month(new DateOnly(2026, 1, 1), 0));

    [Fact]
    public void follow_each_other_without_gap_or_overlap() =>
        Prop.ForAll(Invention.Days, Gen.Choose(1, 60).ToArbitrary(), (first, n) =>
        {
            var (month, next) = (ServiceMonths.Month(first, n), ServiceMonths.Month(first, n + 1));
            return month.To == next.From && month.Days is >= 28 and <= 31 && ServiceMonths.LastDay(first, n).AddDays(1) == month.To;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void completes_n_exactly_when_the_last_day_of_n_is_worked() =>
        Prop.ForAll(Invention.Days, Gen.Choose(1, 60).ToArbitrary(), (first, n) =>
        {
            var last = ServiceMonths.LastDay(first, n);
            return ServiceMonths.Completed(first, last) == n && ServiceMonths.Completed(first, last.AddDays(-1)) == n - 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void puts_each_day_into_the_month_that_contains_it() =>
        Prop.ForAll(Invention.Days, Gen.Choose(0, 2000).ToArbitrary(), (first, days) =>
            ServiceMonths.Month(first, ServiceMonths.Of(first, first.AddDays(days))).Contains(first.AddDays(days))).QuickCheckThrowOnFailure();
}

public class Reckoning_legal_ages
{
    [Theory]
    [InlineData("2010-11-22", "2026-11-21", false, false)]
    [InlineData("2010-11-22", "2026-11-22", true, true)]
    [InlineData("2008-11-22", "2026-11-21", true, true)]
    [InlineData("2008-11-22", "2026-11-22", true, false)]
    public void stops_work_under_16_and_protects_until_18(string birth, string on, bool work, bool juvenile)
    {
        Assert.Equal(work, LegalAge.MayWork(DateOnly.Parse(birth), DateOnly.Parse(on)));
        Assert.Equal(juvenile, LegalAge.IsJuvenile(DateOnly.Parse(birth), DateOnly.Parse(on)));
    }

    // Computed by hand from the published rule of 2024 (a month later for every four, or every two, months of birth).
    [Theory]
    [InlineData(Sex.Male, "1964-12-15", "2024-12-15")]
    [InlineData(Sex.Male, "1965-01-15", "2025-02-15")]
    [InlineData(Sex.Male, "1965-04-15", "2025-05-15")]
    [InlineData(Sex.Male, "1965-05-15", "2025-07-15")]
    [InlineData(Sex.Male, "1976-08-15", "2039-07-15")]
    [InlineData(Sex.Male, "1976-09-15", "2039-09-15")]
    [InlineData(Sex.Male, "1990-03-07", "2053-03-07")]
    [InlineData(Sex.Female, "1974-12-15", "2024-12-15")]
    [InlineData(Sex.Female, "1975-01-15", "2025-02-15")]
    [InlineData(Sex.Female, "1975-02-15", "2025-03-15")]
    [InlineData(Sex.Female, "1975-03-15", "2025-05-15")]
    [InlineData(Sex.Female, "1984-11-15", "2039-11-15")]
    [InlineData(Sex.Female, "1990-03-07", "2045-03-07")]
    public void follows_the_tables_of_the_reform(Sex sex, string birth, string day)
    {
        var (born, retires) = (DateOnly.Parse(birth), DateOnly.Parse(day));
        Assert.Equal(retires, LegalAge.RetirementDay(sex, born));
        Assert.False(LegalAge.OverRetirementAge(sex, born, retires.AddDays(-1)));
        Assert.True(LegalAge.OverRetirementAge(sex, born, retires));
    }

    [Fact]
    public void never_lets_the_younger_retire_first() =>
        Prop.ForAll(Invention.Days, Gen.Choose(1, 4000).ToArbitrary(), (birth, days) =>
            LegalAge.RetirementDay(Sex.Male, birth) <= LegalAge.RetirementDay(Sex.Male, birth.AddDays(days))
            && LegalAge.RetirementDay(Sex.Female, birth) <= LegalAge.RetirementDay(Sex.Female, birth.AddDays(days))).QuickCheckThrowOnFailure();

    [Fact]
    public void grows_by_one_on_each_birthday() =>
        Prop.ForAll(Invention.Days, Gen.Choose(1, 100).ToArbitrary(), (birth, years) =>
        {
            var birthday = LegalAge.Reaches(birth, years);
            return LegalAge.On(birth, birthday) == years && LegalAge.On(birth, birthday.AddDays(-1)) == years - 1;
        }).QuickCheckThrowOnFailure();
}
