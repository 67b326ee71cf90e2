using System.Text.RegularExpressions;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>
/// Work that 16- and 17-year-olds are kept from (Labour Law art. 64, Regulations on juvenile workers art. 3): the posting is flagged, Matching offers it to no minor, and a
/// text that invites them is an error.
/// </summary>
internal static partial class JuvenileWork
{
    private const int MotionsForMinors = 50;

    /// <summary>Why the work is barred; empty when it is not.</summary>
    public static IReadOnlyList<Text> Reasons(PostingTerms terms)
    {
        var reasons = new List<Text>();
        if (Trades.Find(terms.Trade) is { Barred: true } trade)
        {
            reasons.Add(new Text($"工种“{trade.Chinese}”禁止未成年工", $"The trade {trade.English} is closed to minors"));
        }

        if (terms.Hazards is { Count: > 0 })
        {
            reasons.Add(new Text("岗位有职业危害", "The work has hazards"));
        }

        if (terms.MotionsPerMinute > MotionsForMinors)
        {
            reasons.Add(new Text($"流水线每分钟动作超过{MotionsForMinors}次", $"More than {MotionsForMinors} motions a minute"));
        }

        return reasons;
    }

    /// <summary>An invitation to minors where the work is barred for them.</summary>
    public static IEnumerable<Finding> Check(PostingTerms terms) =>
        Reasons(terms).Count > 0 && Invitation().Match(Cells.Word(terms.Conditions)) is { Success: true } words
            ? [new Finding("error", "conditions", words.Value, "juvenile-barred", "《劳动法》第六十四条；《未成年工特殊保护规定》第三条",
                new Advice($"该岗位不得安排未满18周岁的人员（{Reasons(terms)[0].Zh}），请改为“年满18周岁”。", $"Nobody under 18 may do this work ({Reasons(terms)[0].En}): write 'at least 18'."))]
            : [];

    [GeneratedRegex(@"(?<!未)(满|达到?)(16|17|十六|十七)(周)?岁|(?<!\d)1[67](周)?岁(以上|起|即可|可)", RegexOptions.None, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Invitation();
}
