using System.Numerics;

namespace LaborBridge.Matching.Engine;

/// <summary>Rows of points that alike workers share: by home, by needs, by grade and certificates in a trade.</summary>
internal sealed class WorkerKinds(PostingIndex index)
{
    readonly Dictionary<string, HomeRow> homes = [];
    readonly Dictionary<(bool Lodging, string Canteen), NeedsRow> needs = [];
    readonly Dictionary<(int Trade, int Grade, BigInteger Certificates), AskRow> asks = [];

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
        var key = (trade.Number, grade, trade.Certificates.HeldBy(worker));
        lock (asks)
        {
            if (!asks.TryGetValue(key, out var row))
                asks.Add(key, row = new(trade, grade, [.. worker.Certificates.Where(trade.Certificates.Holds)], index));
            return row;
        }
    }
}

/// <summary>The certificates that some posting of a trade has asked for; no other counts for anything there.</summary>
internal sealed class TradeCertificates
{
    readonly Dictionary<string, int> numbers = [];

    public int Count => numbers.Count;

    /// <returns>False if it was there.</returns>
    public bool Add(string certificate) => numbers.TryAdd(certificate, numbers.Count);

    public bool Holds(string certificate) => numbers.ContainsKey(certificate);

    /// <summary>The set of those that the worker has, a bit each.</summary>
    public BigInteger HeldBy(WorkerEntry worker)
    {
        var held = BigInteger.Zero;
        if (numbers.Count > 0)
            for (var number = 0; number < worker.Certificates.Count; number++)
                if (numbers.TryGetValue(worker.Certificates[number], out var bit))
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

/// <summary>Grade and certificates, by what postings of the trade ask for.</summary>
internal sealed class AskRow(PostingTrade trade, int grade, string[] certificates, PostingIndex index) : Row
{
    readonly WorkerEntry example = new() { Id = default, Home = "", From = default, Skills = [new(trade.Code, grade)], Certificates = certificates };

    protected override int Kinds => trade.Asks.Count;

    protected override int PointsOf(int kind) => Fit.Of(Facet.Ask, new(example, trade.Asks[kind], index.Profile));

    /// <summary>Points for an unskilled posting of another trade, in which the worker has a grade.</summary>
    public static int Elsewhere(int grade, Profile profile)
    {
        var posting = new PostingEntry { Id = default, Employer = default, Site = "", Trade = "other", Headcount = 1, GuaranteedPay = 0, ValidFrom = default, ValidTo = default };
        return Fit.Of(Facet.Ask, new(new() { Id = default, Home = "", From = default, Skills = [new("other", grade)] }, posting, profile));
    }
}
