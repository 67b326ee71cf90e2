using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Indicators;

/// <summary>Counts the rows of a query over a snapshot. Pure.</summary>
internal static class IndicatorCount
{
    /// <summary>The indicators that can be explained entry by entry.</summary>
    public static readonly IReadOnlySet<string> Explained = new HashSet<string>
    {
        "workersTransferred", "arranged", "departures", "departures.new", "departures.returning", "departures.toFujian", "organisedRate", "pointToPoint", "outOfCountyRate", "outOfProvinceRate",
        "localEmployment", "stable3Rate", "stable6Rate", "stableInFujian", "onPost", "outOfPoverty", "monitored", "transferredOutOfPoverty", "transferredMonitored", "returned", "wageIncome",
        "trained", "evidenceShare",
    };

    public static (IReadOnlyList<IndicatorRow> Rows, IReadOnlyList<ExplainedEntry>? Entries) Count(Snapshot known, IndicatorQuery query, Language language)
    {
        var entries = query.Explain is null ? null : new List<ExplainedEntry>();
        var rows = query.By == By.Month
            ? [.. Months(query).SelectMany(month => Rows(known, query, month.Window, entries, language, month.Key))]
            : Rows(known, query, Window.Of(query.From, query.To, query.AsOf), entries, language, month: null);
        return (rows, entries);
    }

    /// <summary>Months of the period, each a period of its own whose stock is that of its last day.</summary>
    static IEnumerable<(string Key, Window Window)> Months(IndicatorQuery query)
    {
        var end = query.To < query.AsOf ? query.To : query.AsOf;
        for (var first = new DateOnly(query.From.Year, query.From.Month, 1); first <= end; first = first.AddMonths(1))
        {
            var from = first < query.From ? query.From : first;
            var last = first.AddMonths(1).AddDays(-1) < end ? first.AddMonths(1).AddDays(-1) : end;
            yield return (first.ToString("yyyy-MM"), Window.Of(from, last, last));
        }
    }

    static IReadOnlyList<IndicatorRow> Rows(Snapshot known, IndicatorQuery query, Window window, List<ExplainedEntry>? entries, Language language, string? month)
    {
        var tallies = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        var key = "";
        Note? note = entries is null ? null : (indicator, fact, holds, value) =>
        {
            if (indicator == query.Explain && entries.Count < IndicatorQuery.MostExplained)
                entries.Add(ExplainedEntry.Of(known, month ?? key, fact, holds, value));
        };
        foreach (var spell in known.Spells)
        {
            if (spell is null || !query.Sees(spell))
                continue;
            key = Grouping.KeyOf(spell, query.By, query.Side);
            TallyOf(key).Add(spell, window, Grouping.LocalChannel(spell, known), note);
        }

        foreach (var index in known.Facts.Trainings)
        {
            var fact = known.Facts[index];
            if (index >= known.Position || fact.On < window.From || fact.On > window.To)
                continue;
            var home = known.Facts.HomeOf(fact.Subject, fact.On, known.Position);
            if (!query.Covers(home) || Grouping.KeyOfTraining(
                known.Facts.PersonOf(fact.Subject, known.Position), home, known.Facts.OpeningOf(fact).Trade, DateOnly.FromDayNumber(fact.On), query.By, query.Side) is not { } group)
                continue;
            key = group;
            TallyOf(key).AddTraining(index, note);
        }

        if (month is not null || query.By == By.None)
            TallyOf("all");
        return [.. tallies.Select(row => row.Value.ToRow(month ?? row.Key, month ?? Grouping.LabelOf(row.Key, query.By, known, language))).Where(row => month is not null || query.By == By.None || !row.IsEmpty)];

        Tally TallyOf(string group)
        {
            if (!tallies.TryGetValue(group, out var tally))
                tallies.Add(group, tally = new Tally());
            return tally;
        }
    }
}

/// <summary>An entry of the ledger that an indicator looked at; <c>counted</c> where it adds to the figure (of a rate: to its upper part).</summary>
internal sealed record ExplainedEntry(long Position, EntryKind Kind, DateOnly On, DateTimeOffset Known, Guid? PlacementId, Guid WorkerId, string Key, bool Counted, decimal? Value)
{
    public static ExplainedEntry Of(Snapshot known, string key, int index, bool counted, decimal? value)
    {
        var fact = known.Facts[index];
        var training = fact.Kind == EntryKind.Training;
        return new ExplainedEntry(
            index + 1, fact.Kind, DateOnly.FromDayNumber(fact.On), Ledger.Instant.Of(fact.Known), training ? null : known.Facts.PlacementId(fact.Subject),
            known.Facts.WorkerId(training ? fact.Subject : known.Facts.WorkerOf(fact.Subject)), key, counted, value);
    }
}
