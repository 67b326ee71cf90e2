using System.Collections.Immutable;

namespace LaborBridge.Matching.Engine;

/// <summary>
/// What a part of a score depends on. Parts are tabulated by it: the engine asks a part's function once for each kind of home and site, of needs and offer,
/// and reads the answer from a table afterwards, so that a scan of thousands of postings and the explanation of a pair come from the same function.
/// </summary>
internal enum Facet
{
    /// <summary>Guaranteed pay and the lowest that the worker goes for.</summary>
    Pay,

    /// <summary>The rank of the wish that finds the trade.</summary>
    Trade,

    /// <summary>The worker's home and the site.</summary>
    Home,

    /// <summary>The rank of the wish that covers the site.</summary>
    Place,

    /// <summary>The partner's place and the site.</summary>
    Partner,

    /// <summary>Lodging and canteen: needed and offered.</summary>
    Offer,

    /// <summary>Grade, certificates and languages: held and asked for.</summary>
    Ask,

    /// <summary>The worker's first possible day and the posting's days.</summary>
    Start,

    /// <summary>The worker alone.</summary>
    Worker,
}

/// <summary>
/// A soft part of a score.
/// </summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Of">What the points depend on, beside the profile.</param>
/// <param name="Weight">The most points the part can earn under a profile. A part of weight 0 is left out of explanations.</param>
/// <param name="Points">Points earned by the pair: a whole number from 0 to the weight given.</param>
/// <param name="Sentence">What earned them.</param>
internal sealed record FitPart(string Code, Facet Of, Func<Profile, int> Weight, Func<Pair, int, int> Points, Func<Pair, Sentence> Sentence);

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

    /// <summary>The points of the parts that depend on the facet and on nothing else: every pair that is alike in it earns the same.</summary>
    public static int Of(Facet facet, Pair pair)
    {
        var total = 0;
        foreach (var part in WorkerFit.Parts)
            total += part.Of == facet ? Earned(part, pair) : 0;
        foreach (var part in FirmFit.Parts)
            total += part.Of == facet ? Earned(part, pair) : 0;
        return total;
    }

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
