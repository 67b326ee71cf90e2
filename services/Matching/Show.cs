using LaborBridge.Matching.Engine;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching;

/// <summary>Scores and reasons in the reader's language.</summary>
internal static class Show
{
    public static object Score(Score score, Language language) => new
    {
        score.Total,
        parts = score.Parts.Select(part => new { part.Code, part.Points, part.Weight, sentence = Of(part.Sentence, language) }).ToArray(),
    };

    /// <summary>What a caller may know of the reasons: a firm does not learn the lowest pay that a worker named.</summary>
    public static IReadOnlyList<Bar> To(Caller caller, IReadOnlyList<Bar> bars) => caller.Role != Role.Employer ? bars : [.. bars.Select(bar => bar.Code == "lowest-pay"
        ? bar with { Sentence = new("保底月薪低于本人最低要求", "Guaranteed pay is below the lowest that the worker goes for") }
        : bar)];

    public static object[] Bars(IEnumerable<Bar> bars, Language language) => [.. bars.Select(bar => new { bar.Code, sentence = Of(bar.Sentence, language) })];

    public static string Of(Sentence sentence, Language language) => language == Language.Zh ? sentence.Zh : sentence.En;
}
