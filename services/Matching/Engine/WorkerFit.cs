using System.Collections.Immutable;

namespace LaborBridge.Matching.Engine;

/// <summary>How much a posting suits the worker. Pairing counts here and nowhere else.</summary>
internal static class WorkerFit
{
    public static ImmutableArray<FitPart> Parts { get; } =
    [
        new("pay", Facet.Pay, profile => profile.Worker.Pay, Pay, pair => new(
            $"保底月薪 {Eligibility.Yuan(pair.Posting.GuaranteedPay)} 元，比最低要求高 {Eligibility.Yuan(pair.PayOverWish)} 元",
            $"Guaranteed pay of {Eligibility.Yuan(pair.Posting.GuaranteedPay)} yuan a month, {Eligibility.Yuan(pair.PayOverWish)} over the wish")),
        new("place", Facet.Place, profile => profile.Worker.Place, Place, PlaceSentence),
        new("near-home", Facet.Home, profile => profile.Worker.NearHome, NearHome, NearHomeSentence),
        new("trade", Facet.Trade, profile => profile.Worker.Trade, Trade, pair => pair.TradeRank < 0
            ? new("不在意向工种之内", "None of the wished trades")
            : new($"第 {pair.TradeRank + 1} 意向工种", $"Wished trade number {pair.TradeRank + 1}")),
        new("lodging", Facet.Offer, profile => profile.Worker.Lodging, LodgingPoints, LodgingSentence),
        new("canteen", Facet.Offer, profile => profile.Worker.Canteen, Canteen, pair => pair.Worker.CanteenWishes.Count == 0
            ? new("对食堂没有要求", "No wish about the canteen")
            : new(
                $"食堂要求 {pair.Worker.CanteenWishes.Count} 项，满足 {CanteenMet(pair)} 项",
                $"{CanteenMet(pair)} of {pair.Worker.CanteenWishes.Count} canteen wishes met")),
        new("partner", Facet.Partner, profile => profile.Worker.Partner, Partner, PartnerSentence),
        new("pairing", Facet.Home, profile => profile.Pairing ? profile.Worker.Pairing : 0, Pairing, pair => Paired(pair)
            ? new("与家乡结对的地区", "A place paired with home")
            : new("不是与家乡结对的地区", "Not a place paired with home")),
    ];

    static int Pay(Pair pair, int weight) =>
        (int)(weight * Math.Clamp(pair.PayOverWish, 0, pair.Profile.PayCeiling) / pair.Profile.PayCeiling);

    // The first wish earns all, each later one a fifth less, down to two fifths.
    public static int PlacePoints(int rank, int weight) => rank < 0 ? 0 : weight * Math.Max(2, 5 - rank) / 5;

    static int Place(Pair pair, int weight) => PlacePoints(pair.PlaceRank, weight);

    static int NearHome(Pair pair, int weight) =>
        DivisionPrefix.Share(pair.Worker.Home, pair.Posting.Site, DivisionPrefix.County) ? weight
        : DivisionPrefix.Share(pair.Worker.Home, pair.Posting.Site, DivisionPrefix.City) ? weight * 2 / 3
        : DivisionPrefix.Share(pair.Worker.Home, pair.Posting.Site, DivisionPrefix.Province) ? weight / 3
        : 0;

    // The first wish earns all, each later one a quarter less, down to one quarter.
    public static int TradePoints(int rank, int weight) => rank < 0 ? 0 : weight * Math.Max(1, 4 - rank) / 4;

    static int Trade(Pair pair, int weight) => TradePoints(pair.TradeRank, weight);

    static int LodgingPoints(Pair pair, int weight) =>
        !pair.Worker.NeedsLodging ? weight
        : pair.Posting.Lodging switch
        {
            Lodging.Free => weight,
            Lodging.Offered => weight * 3 / 5,
            Lodging.None => 0,
            _ => throw Unknown(pair),
        };

    static int Canteen(Pair pair, int weight) =>
        pair.Worker.CanteenWishes.Count == 0 ? weight : weight * CanteenMet(pair) / pair.Worker.CanteenWishes.Count;

    static int CanteenMet(Pair pair) => Overlap.Count(pair.Worker.CanteenWishes, pair.Posting.Canteen);

    static int Partner(Pair pair, int weight) =>
        pair.Worker.PartnerAt is not { } partner ? 0
        : DivisionPrefix.Share(partner, pair.Posting.Site, DivisionPrefix.City) ? weight
        : DivisionPrefix.Share(partner, pair.Posting.Site, DivisionPrefix.Province) ? weight / 4
        : 0;

    static int Pairing(Pair pair, int weight) => Paired(pair) ? weight : 0;

    static bool Paired(Pair pair) => pair.Profile.Pairings.Hold(pair.Worker.Home, pair.Posting.Site);

    static Sentence PlaceSentence(Pair pair) =>
        pair.Worker.WishedPlaces.Count == 0 ? new("地区不限", "Any place will do")
        : pair.PlaceRank < 0 ? new("不在意向地区之内", "None of the wished places")
        : new($"第 {pair.PlaceRank + 1} 意向地区", $"Wished place number {pair.PlaceRank + 1}");

    static Sentence NearHomeSentence(Pair pair) =>
        DivisionPrefix.Share(pair.Worker.Home, pair.Posting.Site, DivisionPrefix.County) ? new("在本县", "In the home county")
        : DivisionPrefix.Share(pair.Worker.Home, pair.Posting.Site, DivisionPrefix.City) ? new("在本市", "In the home city")
        : DivisionPrefix.Share(pair.Worker.Home, pair.Posting.Site, DivisionPrefix.Province) ? new("在本省（区）", "In the home province")
        : new("在省（区）外", "Outside the home province");

    static Sentence LodgingSentence(Pair pair) =>
        !pair.Worker.NeedsLodging ? new("不需要住宿", "No lodging needed")
        : pair.Posting.Lodging switch
        {
            Lodging.Free => new("免费住宿", "Lodging is free"),
            Lodging.Offered => new("提供住宿，需付费", "Lodging is offered at a price"),
            Lodging.None => new("不提供住宿", "No lodging"),
            _ => throw Unknown(pair),
        };

    static Sentence PartnerSentence(Pair pair) =>
        pair.Worker.PartnerAt is not { } partner ? new("没有已落实岗位的同行人", "No partner with a place of work yet")
        : DivisionPrefix.Share(partner, pair.Posting.Site, DivisionPrefix.City) ? new("与同行人同一城市", "In the partner's city")
        : DivisionPrefix.Share(partner, pair.Posting.Site, DivisionPrefix.Province) ? new("与同行人同一省份", "In the partner's province")
        : new("离同行人较远", "Far from the partner");

    static ArgumentException Unknown(Pair pair) => new($"posting {pair.Posting.Id}: lodging {(int)pair.Posting.Lodging} is no known value");
}

internal static class Overlap
{
    /// <summary>How many of the things asked for are there.</summary>
    public static int Count(IReadOnlyList<string> asked, IReadOnlyList<string> there)
    {
        var met = 0;
        for (var i = 0; i < asked.Count; i++)
            if (there.Contains(asked[i]))
                met++;
        return met;
    }
}
