using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Indicators;

/// <summary>
/// The indicators of a period, as of a day and as known at a moment, for the caller's divisions. Every figure has a unit, the as-of day, the moment up to which records are known
/// and the ledger position that reproduces it.
/// </summary>
internal static class ShowIndicators
{
    internal sealed record Response(
        DateOnly From, DateOnly To, DateOnly AsOf, DateTimeOffset KnownAt, By By, Side? Side, IReadOnlyDictionary<string, string> Unit, LedgerMark Ledger, IReadOnlyList<IndicatorRow> Rows,
        IReadOnlyList<ExplainedEntry>? Explained, bool? Complete);

    /// <summary>The ledger position to which a moment resolved.</summary>
    internal sealed record LedgerMark(long Position, DateTimeOffset? Known);

    /// <summary>What each figure counts.</summary>
    public static readonly IReadOnlyDictionary<string, string> Units = new Dictionary<string, string>
    {
        ["workersTransferred"] = "人",
        ["arranged"] = "人",
        ["departures"] = "人次",
        ["organisedRate"] = "比例",
        ["pointToPoint"] = "人次",
        ["outOfCountyRate"] = "比例",
        ["outOfProvinceRate"] = "比例",
        ["localEmployment"] = "人",
        ["stable3Rate"] = "比例",
        ["stable6Rate"] = "比例",
        ["stableInFujian"] = "人",
        ["onPost"] = "人",
        ["outOfPoverty"] = "人",
        ["monitored"] = "人",
        ["transferredOutOfPoverty"] = "人",
        ["transferredMonitored"] = "人",
        ["returned"] = "人",
        ["wageIncome"] = "元",
        ["trained"] = "人次",
        ["evidenceShare"] = "比例",
    };

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/outflow/indicators",
            (HttpContext http, OutflowBook book, TimeProvider time) => Handle(book, IndicatorQuery.Parse(http, http.Caller(), time), http.Language(), time))
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("ShowIndicators");

    internal static async Task<Response> Handle(OutflowBook book, IndicatorQuery query, Language language, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return await book.Query(query.KnownAt, known =>
        {
            var (rows, entries) = IndicatorCount.Count(known, query, language);
            return new Response(
                query.From, query.To, query.AsOf, query.KnownAt ?? now, query.By, query.Side, Units, new LedgerMark(known.Position, known.Known), rows,
                entries, entries is null ? null : entries.Count < IndicatorQuery.MostExplained);
        });
    }
}
