namespace LaborBridge.Domain;

/// <summary>A household status of the monitoring system. Dated data, not an enum: the list changes with policy.</summary>
/// <param name="Code">The code of the HTTP contract.</param>
/// <param name="Chinese">脱贫户, …</param>
/// <param name="English">The English name.</param>
/// <param name="Monitored">Whether its members are 监测对象.</param>
/// <param name="OutOfPoverty">Whether its members count as 脱贫人口.</param>
/// <param name="Validity">The days on which the status may be given.</param>
/// <param name="Synonyms">Other words of rosters for it.</param>
public sealed record HouseholdStatus(string Code, string Chinese, string English, bool Monitored, bool OutOfPoverty, Period Validity, IReadOnlyList<string> Synonyms);

/// <summary>The household statuses (embedded <c>household-statuses.csv</c>).</summary>
public static class HouseholdStatuses
{
    static readonly Dictionary<string, HouseholdStatus> ByCode = EmbeddedCsv.Read("household-statuses")
        .Select(row => new HouseholdStatus(row["code"], row["zh"], row["en"], row.Flag("monitored"), row.Flag("out_of_poverty"), row.Validity(), row.List("synonyms")))
        .ToDictionary(s => s.Code);

    static readonly Dictionary<string, HouseholdStatus> ByWord = ByCode.Values
        .SelectMany(s => s.Synonyms.Append(s.Chinese).Append(s.Code).Select(word => (word, s)))
        .ToDictionary(x => x.word, x => x.s);

    /// <summary>All statuses there ever were, in the order of the table.</summary>
    public static IReadOnlyList<HouseholdStatus> All { get; } = [.. ByCode.Values];

    /// <summary>The statuses that may be given on a day.</summary>
    public static IReadOnlyList<HouseholdStatus> On(DateOnly day) => [.. All.Where(s => s.Validity.Contains(day))];

    /// <summary>The status of a code, or null.</summary>
    public static HouseholdStatus? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    /// <summary>Reads a roster's word or a code; null when it is unknown.</summary>
    public static HouseholdStatus? Parse(string? text) => ByWord.GetValueOrDefault(Cells.Word(text));
}
