using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Indicators;

/// <summary>
/// The figures that press and offices printed beside what our ledger holds for the same thing as of the same day. They are never presented as ours; where unit or scope differ, or
/// where the source is ambiguous, they are not comparable and the note says why.
/// </summary>
internal static class ShowReference
{
    internal sealed record Response(DateTimeOffset KnownAt, IReadOnlyList<Item> Items);

    internal sealed record Item(string Key, string Label, long Reported, Bound Bound, string Unit, string Scope, DateOnly AsOf, string Source, decimal? Ours, bool Comparable, string Note);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/outflow/reference",
            (HttpContext http, OutflowBook book, TimeProvider time) => Handle(book, http.Caller(), http.Language(), time))
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("ShowReference");

    internal static Task<Response> Handle(OutflowBook book, Caller caller, Language language, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return book.Query(knownAt: null, known => new Response(now, [.. ReportedFigures.All.Select(figure => Compare(known, caller, figure, language))]));
    }

    static Item Compare(Snapshot known, Caller caller, ReportedFigure figure, Language language)
    {
        var (ours, comparable, note) = Ours(known, caller, figure);
        var words = (comparable ? "" : new Text("不可直接比较：", "Not comparable: ").In(language)) + note.In(language);
        var trap = In(figure.Note);
        return new Item(figure.Key, In(figure.Label), figure.Value, figure.Bound, figure.Unit, In(figure.Scope), figure.AsOf, In(figure.Source), ours, comparable,
            trap.Length == 0 ? words : new Text($"{words}公布数字的问题：{trap}。", $"{words} About the printed figure: {trap}.").In(language));

        string In(Wording wording) => new Text(wording.Chinese, wording.English).In(language);
    }

    static (decimal? Ours, bool Comparable, Text Note) Ours(Snapshot known, Caller caller, ReportedFigure figure)
    {
        IndicatorRow Row(DateOnly from) => IndicatorCount.Count(known, new IndicatorQuery(from, figure.AsOf, figure.AsOf, KnownAt: null, By.None, Side: null, Explain: null, caller.Covers), Language.Zh).Rows[0];
        var everything = new DateOnly(1996, 1, 1);
        var sinceYear = new DateOnly(figure.AsOf.Year, 1, 1);
        return figure.Key switch
        {
            "transfers_cumulative" => (Row(everything).Departures.ToFujian, true,
                new Text("本系统台账中截至同日的赴闽输转人次（新输转与返岗合计）；系统建立之前的年份只在期初数中，不在其内。", "Departures to Fujian in our ledger up to the same day, new and returning; years before the system are in opening balances only.")),
            "stable_in_fujian" => (Row(sinceYear).StableInFujian, false,
                new Text("本系统为同日在闽在岗且满三个月有凭证的人数；来源未说明是存量还是累计。", "Ours counts people on post in Fujian on that day with three proved months; the source does not say whether it is a stock.")),
            "trained_rural_workers" => (Row(everything).Trained, true,
                new Text("本系统台账中截至同日完成的培训人次。", "Trainings finished in our ledger up to the same day.")),
            "in_fujian_year" => (Row(sinceYear).Departures.ToFujianNew, false,
                new Text("本系统为当年新输转赴闽人次；来源把累计数与当年数混在一句。", "Ours counts the year’s new departures to Fujian; the source mixes a cumulative count with a yearly one.")),
            "near_home_year" => (Row(sinceYear).LocalEmployment.Total, false,
                new Text("本系统为当年就地就近就业人数；来源未说明统计的是哪些单位。", "Ours counts the year’s local employment; the source does not say in which firms.")),
            _ => (null, false, new Text("本系统不统计此项。", "We do not count this.")),
        };
    }
}
