using System.Collections.Immutable;

namespace LaborBridge.Matching.Engine;

/// <summary>
/// A hard rule. A pair that any rule bars is never listed, matched or offered.
/// </summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Bars">True when the rule forbids the pair.</param>
/// <param name="Sentence">Why, with the pair's own figures.</param>
internal sealed record Rule(string Code, Func<Pair, bool> Bars, Func<Pair, Sentence> Sentence);

/// <summary>A rule that bars a pair, and why.</summary>
internal sealed record Bar(string Code, Sentence Sentence);

/// <summary>The table of hard rules. Cheap ones that bar much stand first; the order decides nothing else.</summary>
internal static class Eligibility
{
    /// <summary>Motions a minute above which a line with forced posture is closed to minors.</summary>
    public const int MotionsForMinors = 50;

    public static ImmutableArray<Rule> Rules { get; } =
    [
        new("consent", NoConsent, _ => new("本人未同意被推荐，或已撤回同意", "The worker has not agreed to be recommended, or has withdrawn")),
        new("already-placed", AlreadyPlaced, _ => new("本人已有在岗或在途的就业", "The worker has a running placement")),
        new("capacity", NoFreeSeat, _ => new("岗位已招满", "Every seat is taken")),
        new("lowest-pay", PaysTooLittle, pair => new(
            $"保底月薪 {Yuan(pair.Posting.GuaranteedPay)} 元，低于本人最低要求 {Yuan(pair.Worker.LowestPay)} 元",
            $"Guaranteed pay is {Yuan(pair.Posting.GuaranteedPay)} yuan a month, below the worker's lowest of {Yuan(pair.Worker.LowestPay)}")),
        new("lodging", NoLodging, _ => new("本人需要住宿，岗位不提供", "The worker needs lodging and the posting offers none")),
        new("trade", TradeNotWished, _ => new("岗位工种不在本人意向工种之内", "The posting's trade is none that the worker wishes")),
        new("wanted-places", PlaceNotWished, _ => new("工作地点不在本人意向地区之内", "The workplace lies in no place that the worker wishes")),
        new("dates", DatesMissEachOther, DatesSentence),
        new("under-16", Under16, _ => new("到岗之日不满 16 周岁，任何岗位都不得介绍", "Under 16 on the first day: no work may be introduced")),
        new("minor-barred-work", BarredToMinors, MinorSentence),
    ];

    public static bool Holds(Pair pair) => FirstBar(pair) is null;

    /// <summary>The first rule of the table that bars the pair, or null.</summary>
    public static Rule? FirstBar(Pair pair)
    {
        foreach (var rule in Rules)
            if (rule.Bars(pair))
                return rule;
        return null;
    }

    /// <summary>Every rule that bars the pair, in the table's order.</summary>
    public static IReadOnlyList<Bar> BarredBy(Pair pair) =>
        [.. Rules.Where(rule => rule.Bars(pair)).Select(rule => new Bar(rule.Code, rule.Sentence(pair)))];

    static bool NoConsent(Pair pair) => !pair.Worker.Consent;

    static bool AlreadyPlaced(Pair pair) => !pair.Worker.Free;

    static bool NoFreeSeat(Pair pair) => pair.Posting.FreeSeats == 0;

    static bool PaysTooLittle(Pair pair) => pair.PayOverWish < 0;

    public static bool NoLodging(Pair pair) => pair.Worker.NeedsLodging && pair.Posting.Lodging == Lodging.None;

    static bool TradeNotWished(Pair pair) => pair.TradeRank < 0;

    static bool PlaceNotWished(Pair pair) => pair.PlaceRank < 0;

    // With a common first day the worker must be free by then, and the posting must still be valid when asked;
    // without one the worker must be able to come while the posting is valid.
    static bool DatesMissEachOther(Pair pair) =>
        pair.Profile.AsOf >= pair.Posting.ValidTo
        || (pair.Posting.StartsOn is { } start ? pair.Worker.From > start : pair.Worker.From >= pair.Posting.ValidTo);

    // Registration refuses anyone under 16; this is the stop on the start date that domain law asks for everywhere.
    static bool Under16(Pair pair) => pair.Worker.Turns18On is { } eighteen && eighteen.AddYears(-2) > pair.Start;

    static bool BarredToMinors(Pair pair) =>
        pair.Worker.Turns18On is { } eighteen && eighteen > pair.Start
        && (pair.Posting.JuvenileBarred || pair.Posting.Hazards.Count > 0 || pair.Posting.MotionsPerMinute > MotionsForMinors);

    static Sentence DatesSentence(Pair pair) =>
        pair.Profile.AsOf >= pair.Posting.ValidTo
            ? new($"岗位有效期已于 {pair.Posting.ValidTo:yyyy-MM-dd} 截止", $"The posting's validity ended on {pair.Posting.ValidTo:yyyy-MM-dd}")
            : new(
                $"本人最早 {pair.Worker.From:yyyy-MM-dd} 可到岗，晚于岗位要求的 {pair.Posting.StartsOn ?? pair.Posting.ValidTo:yyyy-MM-dd}",
                $"The worker can start on {pair.Worker.From:yyyy-MM-dd} at the earliest, too late for {pair.Posting.StartsOn ?? pair.Posting.ValidTo:yyyy-MM-dd}");

    static Sentence MinorSentence(Pair pair) =>
        pair.Posting.JuvenileBarred ? new("到岗之日未满 18 周岁，该工种禁止未成年工", "Under 18 on the first day: the trade is closed to minors")
        : pair.Posting.Hazards.Count > 0 ? new("到岗之日未满 18 周岁，岗位有职业危害", "Under 18 on the first day: the work is hazardous")
        : new(
            $"到岗之日未满 18 周岁，流水线每分钟 {pair.Posting.MotionsPerMinute} 次，超过 {MotionsForMinors} 次",
            $"Under 18 on the first day: the line runs at {pair.Posting.MotionsPerMinute} motions a minute, above {MotionsForMinors}");

    internal static string Yuan(long fen) => (fen / 100m).ToString("0.##");
}
