using System.Globalization;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Indicators;

/// <summary>Which figures, of which days, known when, for whose eyes.</summary>
internal sealed record IndicatorQuery(DateOnly From, DateOnly To, DateOnly AsOf, DateTimeOffset? KnownAt, By By, Side? Side, string? Explain, Func<string?, bool> Covers)
{
    /// <summary>The most facts that an explanation lists.</summary>
    public const int MostExplained = 10_000;

    /// <summary>Reads <c>?from=&amp;to=&amp;asOf=&amp;knownAt=&amp;by=&amp;side=&amp;explain=</c>.</summary>
    /// <exception cref="ProblemException">400.</exception>
    public static IndicatorQuery Parse(HttpContext http, Caller caller, TimeProvider time)
    {
        var checks = new Checks();
        var query = http.Request.Query;
        var asOf = Day("asOf");
        var to = Day("to");
        var from = Day("from");
        var by = Word<By>("by") ?? By.None;
        var side = Word<Side>("side");
        DateTimeOffset? knownAt = null;
        if (query["knownAt"].ToString() is { Length: > 0 } known)
        {
            // A plus sign that nobody escaped arrives as a blank.
            if (DateTimeOffset.TryParse(known.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
                knownAt = moment;
            else
                checks.Add("knownAt", "malformed", "时刻格式应为 2026-11-22T08:00:00Z。", "Write the moment as 2026-11-22T08:00:00Z.");
        }

        var explain = query["explain"].ToString() is { Length: > 0 } indicator ? indicator : null;
        checks.That(explain is null || IndicatorCount.Explained.Contains(explain), "explain", "unknown-value", "没有这个指标。", $"One of {string.Join(", ", IndicatorCount.Explained)}.");
        var asOfDay = asOf ?? ChinaTime.Today(time);
        var toDay = to ?? asOfDay;
        var fromDay = from ?? new DateOnly(toDay.Year, 1, 1);
        checks.That(fromDay <= toDay, "from", "out-of-order", "起始日不能晚于截止日。", "The first day is after the last.");
        checks.That(toDay.DayNumber - fromDay.DayNumber <= 366 * 40, "from", "out-of-range", "时间跨度过长。", "The period is too long.");
        if (checks.Problem is { } problem)
            throw new ProblemException(problem);
        return new IndicatorQuery(fromDay, toDay, asOfDay, knownAt, by, side, explain, caller.Covers);

        DateOnly? Day(string name)
        {
            if (query[name].ToString() is not { Length: > 0 } text)
                return null;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day))
                return day;
            checks.Add(name, "malformed", "日期格式应为 2026-11-22。", "Write days as 2026-11-22.");
            return null;
        }

        T? Word<T>(string name)
            where T : struct, Enum
        {
            if (query[name].ToString() is not { Length: > 0 } text)
                return null;
            if (Kebab.TryParse<T>(text, out var value))
                return value;
            checks.Add(name, "unknown-value", $"可用的值：{string.Join("、", Kebab.All<T>())}。", $"One of {string.Join(", ", Kebab.All<T>())}.");
            return null;
        }
    }

    /// <summary>Whether the caller sees a spell, from the side asked for.</summary>
    public bool Sees(Spell spell) => Side switch
    {
        Indicators.Side.Sending => Covers(spell.Home),
        Indicators.Side.Receiving => Covers(spell.Opening.Workplace),
        _ => Covers(spell.Home) || Covers(spell.Opening.Workplace),
    };
}
