using LaborBridge.Domain;

namespace LaborBridge.Employers;

/// <summary>
/// Words of Chinese text, which puts no blanks between them: each character and each pair of neighbours; letters and digits by the run. What somebody types is cut into
/// the words he set apart, and those at names of places, so that 海沧缝纫工 asks for 海沧 and for 缝纫工, wherever each stands.
/// </summary>
internal static class BoardWords
{
    /// <summary>The longest run of letters or digits that is told apart.</summary>
    public const int Longest = 16;

    private static readonly string[] Suffixes = ["回族自治区", "自治区", "省", "市", "县", "区", "镇", "乡", "街道"];

    private static readonly string[] Places = Load();

    /// <summary>All words of a text, each once.</summary>
    public static IReadOnlySet<string> Of(string text) => Runs(text).SelectMany(run => run.Chinese ? run.Text.Select(c => c.ToString()).Concat(Pairs(run.Text)) : [Short(run.Text)]).ToHashSet(StringComparer.Ordinal);

    /// <summary>What was typed: the things asked for, each with its words. A text must have something of each.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Asked(string typed) =>
        [.. Runs(typed).SelectMany(run => run.Chinese ? Cut(run.Text).Select(Words) : [[Short(run.Text)]])];

    private static IReadOnlyList<string> Words(string piece) => piece.Length == 1 ? [piece] : [.. Pairs(piece).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Pairs(string run) => Enumerable.Range(0, Math.Max(0, run.Length - 1)).Select(i => run.Substring(i, 2));

    private static string Short(string run) => run.Length > Longest ? run[..Longest] : run;

    // Names of places are asked for without 市, 县, 区: 厦门市, 厦门 are one.
    private static IEnumerable<string> Cut(string run)
    {
        var from = 0;
        for (var at = 0; at < run.Length;)
        {
            var rest = run.AsSpan(at);
            var place = "";
            foreach (var name in Places)
            {
                if (rest.StartsWith(name, StringComparison.Ordinal))
                {
                    place = name;
                    break;
                }
            }

            if (place.Length == 0)
            {
                at++;
                continue;
            }

            if (at > from)
            {
                yield return run[from..at];
            }

            yield return place;
            at += place.Length;
            var after = run[at..];
            from = at += Suffixes.FirstOrDefault(suffix => after.StartsWith(suffix, StringComparison.Ordinal))?.Length ?? 0;
        }

        if (from < run.Length)
        {
            yield return run[from..];
        }
    }

    private static IEnumerable<(string Text, bool Chinese)> Runs(string text)
    {
        var run = new System.Text.StringBuilder();
        var chinese = false;
        foreach (var c in Cells.Spaced(text))
        {
            var kind = IsChinese(c);
            if (run.Length > 0 && (kind != chinese || !(kind || char.IsLetterOrDigit(c))))
            {
                yield return (run.ToString(), chinese);
                run.Clear();
            }

            if (kind || char.IsLetterOrDigit(c))
            {
                run.Append(char.ToLowerInvariant(c));
                chinese = kind;
            }
        }

        if (run.Length > 0)
        {
            yield return (run.ToString(), chinese);
        }
    }

    private static bool IsChinese(char c) => c is (>= '\u4E00' and <= '\u9FFF') or (>= '\u3400' and <= '\u4DBF');

    // A name of one character without its suffix stays whole. The longest is tried first.
    private static string[] Load() =>
    [
        .. new[] { "35", "64" }.SelectMany(province => new[] { DivisionLevel.Province, DivisionLevel.Prefecture, DivisionLevel.County, DivisionLevel.Town }
                .SelectMany(level => Divisions.All(level, DivisionCode.Parse(province))))
            .Select(division => Suffixes.FirstOrDefault(suffix => division.Name.EndsWith(suffix, StringComparison.Ordinal) && division.Name.Length - suffix.Length >= 2) is { } ending
                ? division.Name[..^ending.Length]
                : division.Name)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(name => name.Length),
    ];
}
