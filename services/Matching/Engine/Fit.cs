using System.Collections.Immutable;

namespace LaborBridge.Matching.Engine;

/// <summary>
/// A soft part of a score.
/// </summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Weight">The most points the part can earn under a profile. A part of weight 0 is left out of explanations.</param>
/// <param name="Points">Points earned by the pair: a whole number from 0 to the weight given.</param>
/// <param name="Sentence">What earned them.</param>
internal sealed record FitPart(string Code, Func<Profile, int> Weight, Func<Pair, int, int> Points, Func<Pair, Sentence> Sentence);

/// <summary>A part of a score as it came out for one pair.</summary>
internal sealed record ScorePart(string Code, int Points, int Weight, Sentence Sentence);

/// <summary>A score and what it is made of.</summary>
internal sealed record Score(int Total, IReadOnlyList<ScorePart> Parts);

/// <summary>Sums the tables <see cref="WorkerFit"/> and <see cref="FirmFit"/>.</summary>
internal static class Fit
{
    /// <summary>The worker's score of the posting, 0 to <see cref="Profile.HighestScore"/>.</summary>
    public static int OfWorker(Pair pair) => Total(WorkerFit.Parts, pair);

    /// <summary>The firm's score of the worker, 0 to <see cref="Profile.HighestScore"/>.</summary>
    public static int OfFirm(Pair pair) => Total(FirmFit.Parts, pair);

    public static Score ExplainWorker(Pair pair) => Explain(WorkerFit.Parts, pair);

    public static Score ExplainFirm(Pair pair) => Explain(FirmFit.Parts, pair);

    static int Total(ImmutableArray<FitPart> parts, Pair pair)
    {
        var total = 0;
        foreach (var part in parts)
            total += Earned(part, pair);
        return total;
    }

    static Score Explain(ImmutableArray<FitPart> parts, Pair pair) => new(
        Total(parts, pair),
        [.. parts.Where(part => part.Weight(pair.Profile) > 0)
            .Select(part => new ScorePart(part.Code, Earned(part, pair), part.Weight(pair.Profile), part.Sentence(pair)))]);

    static int Earned(FitPart part, Pair pair) => part.Weight(pair.Profile) is > 0 and var weight ? part.Points(pair, weight) : 0;
}
