namespace LaborBridge.Domain;

/// <summary>Why a trade is barred for 16- and 17-year-olds (Labour Law art. 64, Regulations on juvenile workers art. 3).</summary>
public enum JuvenileBar
{
    /// <summary>Not barred as a trade; a posting's own hazards may still bar it.</summary>
    [Word("不禁止", "not barred")]
    None,

    /// <summary>Heavy work.</summary>
    [Word("繁重体力劳动", "heavy work")]
    Heavy,

    /// <summary>Toxic, dusty, explosive or radioactive work.</summary>
    [Word("有毒有害作业", "toxic or harmful work")]
    Toxic,

    /// <summary>Work at heights.</summary>
    [Word("高处作业", "work at heights")]
    Heights,

    /// <summary>Work in heat.</summary>
    [Word("高温作业", "work in heat")]
    Hot,

    /// <summary>Work in cold or cold water.</summary>
    [Word("低温冷水作业", "work in cold")]
    Cold,

    /// <summary>Work under ground.</summary>
    [Word("井下作业", "work under ground")]
    Underground,

    /// <summary>Other dangerous work: live current, moving machines, driving, guarding.</summary>
    [Word("危险作业", "dangerous work")]
    Dangerous,
}

/// <summary>A trade of our own list.</summary>
/// <param name="Code">Kebab-case, never reused: <c>garment-sewing</c>.</param>
/// <param name="Group">The code of its group.</param>
/// <param name="Chinese">缝纫工, …</param>
/// <param name="English">The English name.</param>
/// <param name="Bar">Why juveniles are kept from it.</param>
/// <param name="Licensed">Whether the law asks for a licence or certificate (special operations, drivers, doctors' helpers).</param>
/// <param name="Synonyms">Other Chinese words for it.</param>
public sealed record Trade(string Code, string Group, string Chinese, string English, JuvenileBar Bar, bool Licensed, IReadOnlyList<string> Synonyms)
{
    /// <summary>Whether 16- and 17-year-olds are barred from it.</summary>
    public bool Barred => Bar != JuvenileBar.None;
}

/// <summary>A group of trades.</summary>
/// <param name="Code">Kebab-case.</param>
/// <param name="Chinese">The Chinese name.</param>
/// <param name="English">The English name.</param>
public sealed record TradeGroup(string Code, string Chinese, string English);

/// <summary>
/// The trades of this route (embedded <c>trades.csv</c>, <c>trade-groups.csv</c>). The official list of 2022 could not be had, so this one is ours;
/// <see cref="CodeSystem"/> and <see cref="Version"/> go with every stored code.
/// </summary>
public static class Trades
{
    /// <summary>The name of the code system.</summary>
    public const string CodeSystem = "laborbridge-trades";

    /// <summary>The version of the list.</summary>
    public const string Version = "2026.1";

    /// <summary>普工/不限: a worker who takes any unskilled posting; a posting that asks for no skill.</summary>
    public const string General = "general";

    static readonly Dictionary<string, Trade> ByCode = EmbeddedCsv.Read("trades")
        .Select(row => new Trade(row["code"], row["group"], row["zh"], row["en"], Kebab.Parse<JuvenileBar>(row.Optional("barred") ?? "none"), row.Flag("licensed"), row.List("synonyms")))
        .ToDictionary(t => t.Code);

    static readonly Dictionary<string, Trade> ByWord = ByCode.Values
        .SelectMany(t => t.Synonyms.Append(t.Chinese).Append(t.Code).Select(Cells.Word).Distinct(StringComparer.OrdinalIgnoreCase).Select(word => (word, t)))
        .ToDictionary(x => x.word, x => x.t, StringComparer.OrdinalIgnoreCase);

    /// <summary>All trades, in the order of the table.</summary>
    public static IReadOnlyList<Trade> All { get; } = [.. ByCode.Values];

    /// <summary>All groups, in the order of the table.</summary>
    public static IReadOnlyList<TradeGroup> Groups { get; } =
        [.. EmbeddedCsv.Read("trade-groups").Select(row => new TradeGroup(row["code"], row["zh"], row["en"]))];

    /// <summary>The trade of a code, or null.</summary>
    public static Trade? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    /// <summary>Reads a code, a Chinese name or a common word for a trade; null when it is unknown (free text stands beside the code).</summary>
    public static Trade? Parse(string? text)
    {
        var word = Cells.Word(text);
        return ByWord.GetValueOrDefault(word) ?? ByWord.GetValueOrDefault(word + "工") ?? (word.EndsWith('工') ? ByWord.GetValueOrDefault(word[..^1]) : null);
    }
}
