namespace LaborBridge.Domain;

/// <summary>Divisions by the names that rosters carry.</summary>
static class DivisionNames
{
    // Longest first, so that 自治区 goes before 区.
    static readonly string[] Suffixes =
    [
        "特别行政区", "维吾尔自治区", "回族自治区", "壮族自治区", "自治区", "管理办公室", "街道办事处", "办事处", "自治县", "街道", "地区", "省", "市", "县", "区", "镇", "乡",
    ];

    // Names of today and, for counties, those of before.
    static readonly ILookup<DivisionLevel, (string Name, DivisionCode Code)> Named =
        Enum.GetValues<DivisionLevel>().SelectMany(level => Divisions.All(level)).Select(d => (d.Name, d.Code))
            .Concat(Divisions.Historic.Select(h => (Name: h.FormerName, Code: Divisions.Current(h.Code))))
            .Distinct().ToLookup(d => d.Code.Level);

    static readonly ILookup<(DivisionLevel Level, string Name), DivisionCode> ByName = Named.SelectMany(g => g).ToLookup(d => (d.Code.Level, d.Name), d => d.Code);

    static readonly ILookup<(DivisionLevel Level, string Stem), DivisionCode> ByStem = Named.SelectMany(g => g).ToLookup(d => (d.Code.Level, Stem(d.Name)), d => d.Code);

    /// <summary>
    /// The division meant by the columns 省 市 县 乡 of a roster. Short names (宁夏, 西吉) and former names (长乐市) are understood; blank columns are bridged where
    /// the next name is unique below. Answers the finest division found: a town that the registry does not list leaves its county.
    /// Null when a province, prefecture or county that is named is unknown or ambiguous there, or when nothing is named.
    /// </summary>
    internal static DivisionCode? Find(string? province, string? prefecture, string? county, string? town)
    {
        DivisionCode? at = null;
        foreach (var (level, text) in ((DivisionLevel, string?)[])[(DivisionLevel.Province, province), (DivisionLevel.Prefecture, prefecture), (DivisionLevel.County, county)])
        {
            var name = Cells.Word(text);
            if (name.Length == 0 || IsPlaceholder(name))
                continue;
            if (DivisionCode.TryParse(name, out var code) && Divisions.Exists(code) && (at is not { } above || above.Covers(code)))
                at = code;
            else if (One(level, at, name) is { } found)
                at = found;
            else if (at is { } known && Divisions.Below(known).Count == 0)
                break; // another province: the registry ends here
            else
                return null;
        }

        var townName = Cells.Word(town);
        return at is { } parent && townName.Length > 0 && parent.Level == DivisionLevel.County ? One(DivisionLevel.Town, at, townName) ?? at : at;
    }

    /// <summary>
    /// The division with which an address begins: 福建省厦门市海沧区新阳街道…, 宁夏西吉县, 西吉. Answers the finest division found, or null when the text begins with none that is known.
    /// </summary>
    internal static DivisionCode? FindInText(string? address)
    {
        var rest = string.Concat(Cells.Word(address).Where(c => c is not (',' or '、' or '-' or '/' or '·' or '>')));
        if (rest.StartsWith("中国", StringComparison.Ordinal))
            rest = rest[2..];
        DivisionCode? at = null;
        foreach (var level in Enum.GetValues<DivisionLevel>())
        {
            if (level == DivisionLevel.Village || (level == DivisionLevel.Town && at?.Level != DivisionLevel.County))
                break;
            var hits = Named[level]
                .Where(d => at is not { } above || above.Covers(d.Code))
                .Select(d => (Length: PrefixLength(rest, d.Name), d.Code))
                .Where(hit => hit.Length > 0)
                .ToList();
            if (hits.Count == 0)
                continue;
            var longest = hits.Max(h => h.Length);
            var codes = hits.Where(h => h.Length == longest).Select(h => h.Code).Distinct().ToList();
            if (codes.Count != 1)
                break;
            (at, rest) = (codes[0], rest[longest..]);
        }

        return at;
    }

    static DivisionCode? One(DivisionLevel level, DivisionCode? within, string name) =>
        Single(ByName[(level, name)], within) ?? Single(ByStem[(level, Stem(name))], within);

    static DivisionCode? Single(IEnumerable<DivisionCode> codes, DivisionCode? within)
    {
        var here = codes.Where(code => within is not { } above || above.Covers(code)).Distinct().Take(2).ToList();
        return here.Count == 1 ? here[0] : null;
    }

    // How much of the text the name takes, whole or without its suffix. 长乐路 is a street and not 长乐.
    static int PrefixLength(string text, string name)
    {
        if (text.StartsWith(name, StringComparison.Ordinal))
            return name.Length;
        var stem = Stem(name);
        return stem != name && text.StartsWith(stem, StringComparison.Ordinal) && text.AsSpan(stem.Length) is not (['路' or '街' or '道', ..] or ['大', '道', ..]) ? stem.Length : 0;
    }

    static string Stem(string name)
    {
        foreach (var suffix in Suffixes)
        {
            if (name.Length >= suffix.Length + 2 && name.EndsWith(suffix, StringComparison.Ordinal))
                return name[..^suffix.Length];
        }

        return name;
    }

    static bool IsPlaceholder(string name) => name is "市辖区" or "省直辖县级行政区划" or "自治区直辖县级行政区划" or "无" or "/" or "-";
}
