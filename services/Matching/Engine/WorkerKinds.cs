using System.Numerics;

namespace LaborBridge.Matching.Engine;

/// <summary>Rows of points that alike workers share: by home, by needs, by what a trade asks for.</summary>
internal sealed class WorkerKinds(PostingIndex index)
{
    readonly Dictionary<string, HomeRow> homes = [];
    readonly Dictionary<(bool Lodging, string Canteen), NeedsRow> needs = [];
    readonly Dictionary<(int Trade, int Grade, BigInteger Held), AskRow> asks = [];

    public Row Home(WorkerEntry worker)
    {
        if (!homes.TryGetValue(worker.Home, out var row))
            homes.Add(worker.Home, row = new(worker.Home, index));
        return row;
    }

    public Row Needs(WorkerEntry worker)
    {
        var key = (worker.NeedsLodging, PostingIndex.Joined(worker.CanteenWishes));
        if (!needs.TryGetValue(key, out var row))
            needs.Add(key, row = new(worker.NeedsLodging, worker.CanteenWishes, index));
        return row;
    }

    public AskRow Ask(WorkerEntry worker, PostingTrade trade)
    {
        var grade = 0;
        foreach (var skill in worker.Skills)
            grade = skill.Trade == trade.Code ? skill.Grade : grade;
        var key = (trade.Number, grade, trade.Asked.HeldBy(worker));
        lock (asks)
        {
            if (!asks.TryGetValue(key, out var row))
                asks.Add(key, row = new(trade, trade.Asked.Example(worker, trade.Code, grade), index));
            return row;
        }
    }
}

/// <summary>The certificates and languages that some posting of a trade has asked for; no other counts for anything there.</summary>
internal sealed class AskedFor
{
    readonly Dictionary<(bool Spoken, string Word), int> numbers = [];

    public int Count => numbers.Count;

    /// <returns>False if all that the posting asks for was there.</returns>
    public bool Add(PostingEntry posting)
    {
        var before = numbers.Count;
        foreach (var certificate in posting.Certificates)
            numbers.TryAdd((false, certificate), numbers.Count);
        foreach (var language in posting.Languages)
            numbers.TryAdd((true, language), numbers.Count);
        return numbers.Count > before;
    }

    /// <summary>The set of those that the worker has, a bit each.</summary>
    public BigInteger HeldBy(WorkerEntry worker)
    {
        if (numbers.Count == 0)
            return BigInteger.Zero;
        return Held(spoken: false, worker.Certificates) | Held(spoken: true, worker.Languages);
    }

    /// <summary>Somebody of the same kind: not the worker himself, who may be erased while the kind stays.</summary>
    public WorkerEntry Example(WorkerEntry worker, string trade, int grade) => new()
    {
        Id = default,
        Home = "",
        From = default,
        Skills = [new(trade, grade)],
        Certificates = [.. worker.Certificates.Where(certificate => numbers.ContainsKey((false, certificate)))],
        Languages = [.. worker.Languages.Where(language => numbers.ContainsKey((true, language)))],
    };

    BigInteger Held(bool spoken, IReadOnlyList<string> words)
    {
        var held = BigInteger.Zero;
        for (var number = 0; number < words.Count; number++)
            if (numbers.TryGetValue((spoken, words[number]), out var bit))
                held |= BigInteger.One << bit;
        return held;
    }
}

/// <summary>Near home and pairing, by site.</summary>
internal sealed class HomeRow(string home, PostingIndex index) : Row
{
    readonly WorkerEntry example = new() { Id = default, Home = home, From = default };

    protected override int Kinds => index.Sites.Count;

    protected override int PointsOf(int kind) => Fit.Of(Facet.Home, new(example, index.Sites[kind], index.Profile));
}

/// <summary>Lodging and canteen, by offer.</summary>
internal sealed class NeedsRow(bool lodging, IReadOnlyList<string> canteen, PostingIndex index) : Row
{
    readonly WorkerEntry example = new() { Id = default, Home = "", From = default, NeedsLodging = lodging, CanteenWishes = canteen };

    protected override int Kinds => index.Offers.Count;

    protected override int PointsOf(int kind)
    {
        var pair = new Pair(example, index.Offers[kind], index.Profile);
        return Eligibility.NoLodging(pair) ? Barred : Fit.Of(Facet.Offer, pair);
    }
}

/// <summary>Grade, certificates and languages, by what postings of the trade ask for.</summary>
internal sealed class AskRow(PostingTrade trade, WorkerEntry example, PostingIndex index) : Row
{
    protected override int Kinds => trade.Asks.Count;

    protected override int PointsOf(int kind) => Fit.Of(Facet.Ask, new(example, trade.Asks[kind], index.Profile));

    /// <summary>Points for an unskilled posting of another trade, in which the worker has a grade.</summary>
    public static int Elsewhere(int grade, Profile profile)
    {
        var posting = new PostingEntry { Id = default, Employer = default, Site = "", Trade = "other", Headcount = 1, GuaranteedPay = 0, ValidFrom = default, ValidTo = default };
        return Fit.Of(Facet.Ask, new(new() { Id = default, Home = "", From = default, Skills = [new("other", grade)] }, posting, profile));
    }
}
