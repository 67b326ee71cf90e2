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

    public static object[] Bars(IEnumerable<Bar> bars, Language language) => [.. bars.Select(bar => new { bar.Code, sentence = Of(bar.Sentence, language) })];

    public static string Of(Sentence sentence, Language language) => language == Language.Zh ? sentence.Zh : sentence.En;
}
