namespace LaborBridge.Domain;

/// <summary>
/// Months of service counted from the first day on post, not from the calendar: month n ends on the day before <c>firstDay.AddMonths(n)</c>;
/// the last day worked belongs to it. Somebody who began on 31 January completes the first month on 27 February of a common year.
/// </summary>
public static class ServiceMonths
{
    /// <summary>The days of month <paramref name="n"/>, counted from 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is below 1.</exception>
    public static Period Month(DateOnly firstDay, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return new Period(firstDay.AddMonths(n - 1), firstDay.AddMonths(n));
    }

    /// <summary>The last day of month <paramref name="n"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is below 1.</exception>
    public static DateOnly LastDay(DateOnly firstDay, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return firstDay.AddMonths(n).AddDays(-1);
    }

    /// <summary>How many months are complete when <paramref name="lastDay"/> is the last day worked (inclusive); 0 if it is before the first.</summary>
    public static int Completed(DateOnly firstDay, DateOnly lastDay)
    {
        var n = Math.Max(0, ((lastDay.Year - firstDay.Year) * 12) + lastDay.Month - firstDay.Month + 1);
        while (n > 0 && LastDay(firstDay, n) > lastDay)
            n--;
        return n;
    }

    /// <summary>The month of service in which a day lies, counted from 1; 0 before the first day.</summary>
    public static int Of(DateOnly firstDay, DateOnly day) => day < firstDay ? 0 : Completed(firstDay, day.AddDays(-1)) + 1;
}
