namespace LaborBridge.Domain;

/// <summary>Divisions by the names that rosters carry.</summary>
static class DivisionNames
{
    // Longest first, so that 自治区 goes before 区.
    static readonly string[] Suffixes =
    [
        "特别行政区", "维吾尔自治区", "回族自治区", "壮族自治区", "自治区", "管理办公室", "街道办事处", "办事处", "自治县", "街道", "地区", "省", "市", "县", "区", "镇", "乡",
    ];

    static readonly ILookup<DivisionCode, (string Name, DivisionCode Code)> FormerCounties =
        Divisions.Historic.Select(h => (Name: h.FormerName, Code: Divisions.Current(h.Code))).ToLookup(h => h.Code.Parent!.Value);

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
            var hits = Candidates(level, at)
                .SelectMany(c => Spellings(c.Name).Select(spelling => (spelling, c.Code)))
                .Where(c => rest.StartsWith(c.spelling, StringComparison.Ordinal))
                .ToList();
            if (hits.Count == 0)
                continue;
            var longest = hits.Max(h => h.spelling.Length);
            var codes = hits.Where(h => h.spelling.Length == longest).Select(h => h.Code).Distinct().ToList();
            if (codes.Count != 1)
                break;
            (at, rest) = (codes[0], rest[longest..]);
        }

        return at;
    }

    static DivisionCode? One(DivisionLevel level, DivisionCode? within, string name)
    {
        var candidates = Candidates(level, within).ToList();
        var exact = candidates.Where(c => c.Name == name).Select(c => c.Code).Distinct().ToList();
        if (exact.Count == 0)
            exact = [.. candidates.Where(c => Stem(c.Name) == Stem(name)).Select(c => c.Code).Distinct()];
        return exact.Count == 1 ? exact[0] : null;
    }

    static IEnumerable<(string Name, DivisionCode Code)> Candidates(DivisionLevel level, DivisionCode? within)
    {
        var today = Divisions.All(level, within).Select(d => (d.Name, d.Code));
        return level != DivisionLevel.County ? today
            : today.Concat(FormerCounties.SelectMany(g => g).Where(f => within is not { } above || above.Covers(f.Code)));
    }

    static string[] Spellings(string name) => Stem(name) is { Length: >= 2 } stem && stem != name ? [name, stem] : [name];

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
