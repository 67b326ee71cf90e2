using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Indicators;

/// <summary>Targets of a year for a division, dated and with their source, beside what the ledger holds. The plan of 海原县 for 2025 is there as the first example.</summary>
internal static class Targets
{
    internal sealed record Request(double Value, DateOnly DueOn, string Source);

    internal sealed record Response(IReadOnlyList<Target> Items);

    internal sealed record Target(string Division, string? Name, int Year, string Indicator, string Unit, double Value, DateOnly DueOn, string Source, decimal? Ours, double? Reached, long Version);

    internal sealed class Row
    {
        public required string Division { get; init; }

        public required int Year { get; init; }

        public required string Indicator { get; init; }

        public required double Value { get; init; }

        public required DateOnly DueOn { get; init; }

        public required string Source { get; init; }

        public required long Version { get; init; }
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/outflow/targets", (int? year, string? division, HttpContext http, Requests<PlacementsService> requests, OutflowBook book, TimeProvider time) =>
                requests.Read(http, (tx, caller) => List(tx, caller, year, division, book, time)))
            .Allow(Role.Station, Role.Official, Role.Admin).WithName("FindTargets").Produces<Response>();
        app.MapPut("/api/outflow/targets/{division}/{year:int}/{indicator}",
                (string division, int year, string indicator, Request request, HttpContext http, Requests<PlacementsService> requests) =>
                    requests.Write(http, request, (tx, caller) => Put(tx, caller, division, year, indicator, request, http.IfMatch())))
            .Allow(Role.Official, Role.Admin).WithName("SetTarget");
    }

    internal static async Task<Reply> List(Tx tx, Caller caller, int? year, string? division, OutflowBook book, TimeProvider time)
    {
        var rows = await tx.Query<Row>(Find, new { Year = year ?? 0, Division = division ?? "" });
        var seen = rows.Where(row => caller.Covers(row.Division)).ToList();
        var today = ChinaTime.Today(time);
        var targets = await book.Query(knownAt: null, known => seen.ConvertAll(row => Compare(known, row, today)));
        return Reply.Ok(new Response(targets));
    }

    internal static async Task<Reply> Put(Tx tx, Caller caller, string division, int year, string indicator, Request request, long version)
    {
        var checks = new Checks();
        checks.That(DivisionCode.TryParse(division, out var code) && Divisions.Exists(code), "division", "division-unknown", "没有这个行政区划代码。", "No such division code.");
        checks.That(Of.ContainsKey(indicator), "indicator", "unknown-value", "没有可设目标的这个指标。", $"One of {string.Join(", ", Of.Keys)}.");
        checks.That(year is >= 1996 and <= 2100, "year", "out-of-range", "年份有误。", "No such year.");
        checks.That(request.Value >= 0 && double.IsFinite(request.Value) && (!IsRate(indicator) || request.Value <= 1), "value", "out-of-range", "目标值应不小于 0；比例应在 0 与 1 之间。", "At least 0; rates at most 1.");
        checks.Require("source", request.Source);
        if (checks.Problem is { } invalid)
            return invalid;
        if (!caller.Covers(division))
            return Problem.Forbidden();
        var args = new { Division = division, Year = year, Indicator = indicator, request.Value, request.DueOn, Source = request.Source.Trim(), Version = version + 1, Before = version };
        if (await tx.Execute(version == 0 ? Insert : Update, args) == 0)
            return Problem.StaleVersion();
        return Reply.Ok(new { args.Division, args.Year, args.Indicator, args.Value, args.DueOn, args.Source, args.Version }, args.Version);
    }

    static Target Compare(Snapshot known, Row row, DateOnly today)
    {
        var asOf = row.DueOn < today ? row.DueOn : today;
        var from = new DateOnly(row.Year, 1, 1);
        // A target of a division is its people's, whoever asks.
        bool Within(string? home) => home?.StartsWith(row.Division, StringComparison.Ordinal) == true;
        decimal? ours = asOf < from
            ? null
            : Of[row.Indicator](IndicatorCount.Count(known, new IndicatorQuery(from, asOf, asOf, KnownAt: null, By.None, Side.Sending, Explain: null, Within), Language.Zh).Rows[0]);
        return new Target(
            row.Division, DivisionCode.TryParse(row.Division, out var code) ? Divisions.Name(code) : null, row.Year, row.Indicator, ShowIndicators.Units.GetValueOrDefault(row.Indicator, "人"),
            row.Value, row.DueOn, row.Source, ours, ours is { } figure && row.Value > 0 ? Math.Round((double)figure / row.Value, 4) : null, row.Version);
    }

    static bool IsRate(string indicator) => indicator.EndsWith("Rate", StringComparison.Ordinal);

    static readonly Dictionary<string, Func<IndicatorRow, decimal?>> Of = new()
    {
        ["workersTransferred"] = row => row.WorkersTransferred,
        ["transferredOutOfPoverty"] = row => row.TransferredOutOfPoverty,
        ["arranged"] = row => row.Arranged,
        ["organisedRate"] = row => row.OrganisedRate,
        ["pointToPoint"] = row => row.PointToPoint,
        ["outOfCountyRate"] = row => row.OutOfCountyRate,
        ["outOfProvinceRate"] = row => row.OutOfProvinceRate,
        ["stable3Rate"] = row => row.Stable3Rate,
        ["stable6Rate"] = row => row.Stable6Rate,
        ["stableInFujian"] = row => row.StableInFujian,
        ["onPost"] = row => row.OnPost,
        ["trained"] = row => row.Trained,
    };

    static readonly Sql Find = Sql.Text(
        "SELECT division, year, indicator, value, due_on, source, version FROM outflow_target WHERE (@Year = 0 OR year = @Year) AND (@Division = '' OR division = @Division) "
        + "ORDER BY year DESC, division, indicator");

    static readonly Sql Insert = Sql.InsertOrIgnore("outflow_target", "division, year, indicator", "value, due_on, source, version");

    static readonly Sql Update = Sql.Text(
        "UPDATE outflow_target SET value = @Value, due_on = @DueOn, source = @Source, version = @Version WHERE division = @Division AND year = @Year AND indicator = @Indicator AND version = @Before");
}
