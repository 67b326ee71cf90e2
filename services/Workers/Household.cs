using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>The rules about a household's dated statuses.</summary>
internal static class Household
{
    /// <summary>The statuses that hold on a day; <c>To</c> is the first day on which a status no longer holds.</summary>
    public static IEnumerable<DatedStatus> On(IReadOnlyList<DatedStatus> statuses, DateOnly day) =>
        statuses.Where(status => (status.From is null || status.From <= day) && (status.To is null || day < status.To));

    /// <summary>Whether the household is monitored on a day.</summary>
    public static bool IsMonitored(IReadOnlyList<DatedStatus> statuses, DateOnly day) =>
        On(statuses, day).Any(status => HouseholdStatuses.Find(status.Code)?.Monitored == true);

    /// <summary>The code that holds on a day, the one that began last.</summary>
    public static string? Current(IReadOnlyList<DatedStatus> statuses, DateOnly day) =>
        On(statuses, day).OrderBy(status => status.From ?? DateOnly.MinValue).LastOrDefault()?.Code;

    /// <summary>
    /// The statuses after a source said that the household has <paramref name="code"/> on <paramref name="day"/>: nothing changes when it already
    /// has it then; else the open status ends and the new one begins that day, in the place of another said to begin on that very day.
    /// </summary>
    public static IReadOnlyList<DatedStatus> Observed(IReadOnlyList<DatedStatus> statuses, string code, DateOnly day)
    {
        if (On(statuses, day).Any(status => status.Code == code))
        {
            return statuses;
        }

        var kept = statuses.Where(status => status.From is null || status.From < day).Select(status => status.To is { } to && to <= day ? status : status with { To = day });
        var later = statuses.Where(status => status.From > day).ToList();
        return [.. kept, new DatedStatus(code, day, later.Count > 0 ? later.Min(status => status.From) : null), .. later];
    }

    /// <summary>The statuses with who said so: those known before keep their source, new ones have this one.</summary>
    public static IReadOnlyList<SourcedStatus> Sourced(IReadOnlyList<DatedStatus> statuses, IReadOnlyList<SourcedStatus> before, StatusSource source) =>
        [.. statuses.Select(status => (before.FirstOrDefault(known => known.Code == status.Code && known.From == status.From)
            ?? new SourcedStatus(status.Code, status.From, status.To, source.Kind, source.By, source.On)) with { To = status.To })];

    /// <summary>Statuses as sent: known codes, no overlap.</summary>
    public static IReadOnlyList<DatedStatus> Check(Checks checks, string field, IReadOnlyList<DatedStatus> statuses)
    {
        foreach (var status in statuses.Where(status => HouseholdStatuses.Find(status.Code) is null))
        {
            Note.UnknownWord(checks, $"{field}.code", status.Code, [.. HouseholdStatuses.All.Select(known => known.Code)]);
        }

        var ordered = statuses.OrderBy(status => status.From ?? DateOnly.MinValue).ToList();
        var sound = ordered.TrueForAll(status => status.To is null || status.To > (status.From ?? DateOnly.MinValue))
            && ordered.Zip(ordered.Skip(1)).All(pair => pair.First.To is { } to && to <= pair.Second.From);
        checks.That(sound, field, "period-overlap", "户类型的起止日期有重叠或颠倒：每一段应在下一段开始之前结束。", "The statuses overlap or end before they begin.");
        return ordered;
    }
}

/// <summary>Who said that a household has a status: <c>monitoring-system</c> (its export), <c>station</c>, <c>village</c> (its list).</summary>
internal sealed record StatusSource(string Kind, string By, DateOnly On)
{
    public const string MonitoringSystem = "monitoring-system", Station = "station", Village = "village";

    public static readonly string[] Kinds = [MonitoringSystem, Station, Village];
}

/// <summary>A status that a household has from a day on, until a day that no longer counts, with who said so and when. As stored and as answered.</summary>
internal sealed record SourcedStatus(string Code, DateOnly? From, DateOnly? To, string? Source = null, string? By = null, DateOnly? On = null);
