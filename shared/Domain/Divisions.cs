namespace LaborBridge.Domain;

/// <summary>A division of the registry.</summary>
/// <param name="Code">The code.</param>
/// <param name="Name">The official name without the names above it: 西吉县.</param>
public sealed record Division(DivisionCode Code, string Name);

/// <summary>
/// The divisions that the software knows (embedded <c>divisions.csv</c>, <c>provinces.csv</c> and <c>historic-division-codes.csv</c>): Ningxia and Fujian
/// down to the county, the towns of the sending counties, the other provinces by name. There are no villages and no towns of Fujian: their names are free text.
/// </summary>
public static class Divisions
{
    static readonly Dictionary<DivisionCode, Division> Listed = Load();
    static readonly ILookup<DivisionCode, Division> Children = Listed.Values.Where(d => d.Code.Level != DivisionLevel.Province).ToLookup(d => d.Code.Parent!.Value);
    static readonly IReadOnlyList<HistoricDivision> History = LoadHistory();
    static readonly Dictionary<DivisionCode, DivisionCode> Successors = History.ToDictionary(h => h.Code, h => h.Successor);

    /// <summary>Former names of counties that rosters still carry, with the county of today.</summary>
    internal static IReadOnlyList<HistoricDivision> Historic => History;

    /// <summary>The divisions of a level, those below <paramref name="within"/> if it is given, by code.</summary>
    public static IReadOnlyList<Division> All(DivisionLevel level, DivisionCode? within = null) =>
        [.. Listed.Values.Where(d => d.Code.Level == level && (within is not { } above || above.Covers(d.Code))).OrderBy(d => d.Code)];

    /// <summary>The divisions right below one.</summary>
    public static IReadOnlyList<Division> Below(DivisionCode parent) => [.. Children[parent].OrderBy(d => d.Code)];

    /// <summary>
    /// Whether a code may stand in a record: it is listed, or the registry lists nothing below its nearest listed ancestor and so cannot know better
    /// (a village of a listed town, a town of Fujian, a county of another province). A town of a county whose towns are listed must be among them. Abolished codes do not exist.
    /// </summary>
    public static bool Exists(DivisionCode code) => NearestListed(code) is { } known && (known.Code == code || !Children.Contains(known.Code));

    /// <summary>The name of the division or of its nearest listed ancestor: 西吉县. Null when not even the province is known.</summary>
    public static string? Name(DivisionCode code) => NearestListed(Current(code))?.Name;

    /// <summary>
    /// The full name as addresses have it: 宁夏回族自治区西吉县, 福建省厦门市海沧区. The prefecture stands before districts only; what is not listed below is left out.
    /// Null when not even the province is known.
    /// </summary>
    public static string? FullName(DivisionCode code)
    {
        if (NearestListed(Current(code)) is not { } known)
            return null;
        var path = Path(known.Code).ToList();
        var county = path.Find(d => d.Code.Level == DivisionLevel.County);
        var withoutPrefecture = county is not null && !county.Name.EndsWith('区');
        return string.Concat(path.Where(d => !(withoutPrefecture && d.Code.Level == DivisionLevel.Prefecture)).Select(d => d.Name));
    }

    /// <summary>The division that an abolished code became, through all changes to the one of today; null if the code is not in the list of abolished ones.</summary>
    public static DivisionCode? Successor(DivisionCode historic)
    {
        if (historic.IsEmpty || historic.County is not { } county || !Successors.TryGetValue(county, out var next))
            return null;
        while (Successors.TryGetValue(next, out var later))
            next = later;
        return next;
    }

    /// <summary>The code itself, or its successor when it was abolished. A town or village of an abolished county becomes the county: its old number means nothing there.</summary>
    public static DivisionCode Current(DivisionCode code) => Successor(code) ?? code;

    /// <inheritdoc cref="DivisionNames.Find"/>
    public static DivisionCode? FindByName(string? province, string? prefecture, string? county, string? town = null) =>
        DivisionNames.Find(province, prefecture, county, town);

    /// <inheritdoc cref="DivisionNames.FindInText"/>
    public static DivisionCode? FindInText(string? address) => DivisionNames.FindInText(address);

    static Division? NearestListed(DivisionCode code)
    {
        for (DivisionCode? at = code.IsEmpty ? null : code; at is { } here; at = here.Parent)
        {
            if (Listed.TryGetValue(here, out var division))
                return division;
        }

        return null;
    }

    static IEnumerable<Division> Path(DivisionCode code) =>
        (code.Parent is { } parent ? Path(parent) : []).Append(Listed[code]);

    static Dictionary<DivisionCode, Division> Load() =>
        EmbeddedCsv.Read("divisions").Concat(EmbeddedCsv.Read("provinces"))
            .Select(row => new Division(DivisionCode.Parse(row["code"]), row["name"]))
            .ToDictionary(d => d.Code);

    static List<HistoricDivision> LoadHistory() =>
        [.. EmbeddedCsv.Read("historic-division-codes").Select(row => new HistoricDivision(DivisionCode.Parse(row["code"]), DivisionCode.Parse(row["successor"]), row["name"]))];
}

/// <summary>An abolished code. The name is <c>长乐市→长乐区</c>, <c>原州区（原固原县）</c> or one name that stayed.</summary>
sealed record HistoricDivision(DivisionCode Code, DivisionCode Successor, string Name)
{
    /// <summary>The name it had.</summary>
    internal string FormerName => Name.Contains('→', StringComparison.Ordinal) ? Name.Split('→')[0]
        : Name.Contains("（原", StringComparison.Ordinal) ? Name.Split("（原")[1].TrimEnd('）')
        : Name;
}
