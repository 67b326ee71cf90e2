namespace LaborBridge.Domain;

/// <summary>A channel by which somebody came to a job (就业渠道). Dated data, not an enum.</summary>
/// <param name="Code">The code of the HTTP contract.</param>
/// <param name="Chinese">劳务工作站, …</param>
/// <param name="English">The English name.</param>
/// <param name="Organised">Whether it counts as 有组织输出.</param>
/// <param name="Programme">Whether the programme arranged the work (协作帮助就业).</param>
/// <param name="Validity">The days on which it may be used.</param>
/// <param name="Synonyms">Other words of rosters for it.</param>
public sealed record Channel(string Code, string Chinese, string English, bool Organised, bool Programme, Period Validity, IReadOnlyList<string> Synonyms);

/// <summary>The channels (embedded <c>channels.csv</c>). Which of them count as organised or as arranged is our decision, kept as data.</summary>
public static class Channels
{
    static readonly Dictionary<string, Channel> ByCode = EmbeddedCsv.Read("channels")
        .Select(row => new Channel(row["code"], row["zh"], row["en"], row.Flag("organised"), row.Flag("programme"), row.Validity(), row.List("synonyms")))
        .ToDictionary(c => c.Code);

    static readonly Dictionary<string, Channel> ByWord = ByCode.Values
        .SelectMany(c => c.Synonyms.Append(c.Chinese).Append(c.Code).Select(word => (word, c)))
        .ToDictionary(x => x.word, x => x.c);

    /// <summary>All channels there ever were, in the order of the table.</summary>
    public static IReadOnlyList<Channel> All { get; } = [.. ByCode.Values];

    /// <summary>The channels that may be used on a day.</summary>
    public static IReadOnlyList<Channel> On(DateOnly day) => [.. All.Where(c => c.Validity.Contains(day))];

    /// <summary>The channel of a code, or null.</summary>
    public static Channel? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    /// <summary>Reads a roster's word or a code; null when it is unknown.</summary>
    public static Channel? Parse(string? text) => ByWord.GetValueOrDefault(Cells.Word(text));
}
