using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Indicators;

/// <summary>
/// How many are still in the job they took after so many months of service: Kaplan–Meier by month, with 95% limits on the log-log scale (Greenwood's variance). Spells that still run
/// leave the count at their last complete month.
/// </summary>
internal static class ShowRetention
{
    /// <summary>The months shown.</summary>
    public const int Months = 24;

    internal sealed record Point(int Month, int AtRisk, int Left, double Survival, double Low, double High);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/outflow/retention",
            (string? key, HttpContext http, OutflowBook book, TimeProvider time) => Handle(book, IndicatorQuery.Parse(http, http.Caller(), time), key, AllTime(http)))
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("ShowRetention");

    internal static Task<IReadOnlyList<Point>> Handle(OutflowBook book, IndicatorQuery query, string? key, bool allTime) =>
        book.Query(query.KnownAt, known => Curve(Served(known, query, key, allTime)));

    /// <summary>Complete months of service of each spell that began in the period, and whether it ended there.</summary>
    internal static IEnumerable<(int Completed, bool Ended)> Served(Snapshot known, IndicatorQuery query, string? key, bool allTime)
    {
        var window = Window.Of(query.From, query.To, query.AsOf);
        foreach (var spell in known.Spells)
        {
            if (spell is null || !spell.Counts || spell.First > window.To || (!allTime && spell.First < window.From) || !query.Sees(spell))
                continue;
            if (key is not null && Grouping.KeyOf(spell, query.By, query.Side) != key)
                continue;
            var ended = spell.Last <= window.AsOf;
            yield return (Domain.ServiceMonths.Completed(DateOnly.FromDayNumber(spell.First), DateOnly.FromDayNumber(ended ? spell.Last : window.AsOf)), ended);
        }
    }

    /// <summary>The curve. A spell is at risk in month n when it was observed through that month or ended within it.</summary>
    internal static IReadOnlyList<Point> Curve(IEnumerable<(int Completed, bool Ended)> spells)
    {
        var (ended, observed) = (new int[Months + 1], new int[Months + 1]);
        foreach (var (completed, end) in spells)
        {
            if (end && completed < Months)
                ended[completed + 1]++;
            for (var month = 1; month <= Math.Min(completed, Months); month++)
                observed[month]++;
        }

        var (points, survival, greenwood) = (new List<Point>(), 1.0, 0.0);
        for (var month = 1; month <= Months && observed[month] + ended[month] > 0; month++)
        {
            double risk = observed[month] + ended[month], left = ended[month];
            survival *= 1 - (left / risk);
            greenwood += risk > left ? left / (risk * (risk - left)) : 0;
            var (low, high) = Limits(survival, greenwood);
            points.Add(new Point(month, (int)risk, (int)left, Math.Round(survival, 4), Math.Round(low, 4), Math.Round(high, 4)));
        }

        return points;
    }

    static (double Low, double High) Limits(double survival, double greenwood)
    {
        if (survival is <= 0 or >= 1)
            return (survival, survival);
        var width = 1.96 * Math.Sqrt(greenwood) / -Math.Log(survival);
        return (Math.Pow(survival, Math.Exp(width)), Math.Pow(survival, Math.Exp(-width)));
    }

    // Without a first day given every spell counts, not only those of the year.
    static bool AllTime(HttpContext http) => !http.Request.Query.ContainsKey("from");
}
