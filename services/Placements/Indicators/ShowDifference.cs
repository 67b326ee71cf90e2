using System.Globalization;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Indicators;

/// <summary>Why an indicator reads otherwise than in an earlier report: the entries that counted then and do not now, and the other way round.</summary>
internal static class ShowDifference
{
    internal sealed record Response(string Indicator, long KnownThen, long KnownNow, IReadOnlyList<IndicatorRow> Then, IReadOnlyList<IndicatorRow> Now, IReadOnlyList<ExplainedEntry> Gone, IReadOnlyList<ExplainedEntry> Come);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/outflow/difference",
            (string? since, HttpContext http, OutflowBook book, TimeProvider time) => Handle(book, IndicatorQuery.Parse(http, http.Caller(), time), Since(since), http.Language()))
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("ShowDifference");

    /// <param name="book">The ledger in memory.</param>
    /// <param name="query">The query as of now, or as of its <c>knownAt</c>; its <c>explain</c> names the indicator.</param>
    /// <param name="since">The <c>knownAt</c> of the earlier report.</param>
    /// <param name="language">Of the labels.</param>
    internal static async Task<Response> Handle(OutflowBook book, IndicatorQuery query, DateTimeOffset since, Language language)
    {
        var indicator = query.Explain ?? throw new ProblemException(Problem.Validation("explain", "required", "请指明要比较的指标。", "Name the indicator."));
        var (then, counted, knownThen) = await Count(book, query with { KnownAt = since }, language);
        var (now, counts, knownNow) = await Count(book, query, language);
        return new Response(indicator, knownThen, knownNow, then, now, [.. counted.Except(counts)], [.. counts.Except(counted)]);
    }

    static Task<(IReadOnlyList<IndicatorRow> Rows, HashSet<ExplainedEntry> Entries, long Position)> Count(OutflowBook book, IndicatorQuery query, Language language) =>
        book.Query(query.KnownAt, known =>
        {
            var (rows, entries) = IndicatorCount.Count(known, query, language);
            return (rows, (entries ?? []).Where(entry => entry.Counted).ToHashSet(), (long)known.Position);
        });

    static DateTimeOffset Since(string? text) =>
        DateTimeOffset.TryParse(text?.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new ProblemException(Problem.Validation("since", "required", "请写明早先报表的知悉时刻（since）。", "Give the earlier report’s knownAt as since."));
}
