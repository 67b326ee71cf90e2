using System.Globalization;
using LaborBridge.Persistence;
using LaborBridge.Placements.Ledger;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Indicators;

/// <summary>
/// The monthly report (输转就业月报) as a workbook: the month and the year so far, by county and by pairing, with units, the as-of day, the moment up to which records are known,
/// the ledger's position and hash, so that the same figures can be had again after corrections came in. The head is sealed with it.
/// </summary>
internal static class MonthlyReport
{
    internal sealed record Content(
        DateOnly Month, DateOnly AsOf, DateTimeOffset KnownAt, long Position, string Hash, bool Demo, IReadOnlyList<(string Title, IReadOnlyList<IndicatorRow> Rows)> Tables);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/outflow/report.xlsx",
            async (string? month, HttpContext http, Db<PlacementsService> db, OutflowBook book, PlacementsOptions options, TimeProvider time) =>
            {
                var content = await Handle(db, book, http.Caller(), month, http.Request.Query["knownAt"].ToString(), options, time);
                return Results.File(ReportWorkbook.Write(content), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"outflow-{content.Month:yyyy-MM}.xlsx");
            })
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("DownloadReport");

    internal static async Task<Content> Handle(Db<PlacementsService> db, OutflowBook book, Caller caller, string? month, string knownAt, PlacementsOptions options, TimeProvider time)
    {
        var today = ChinaTime.Today(time);
        var first = FirstDay(month, today);
        var moment = KnownAt(knownAt);
        if (moment is null)
            await db.Write(SealLedger.Seal);
        var last = first.AddMonths(1).AddDays(-1);
        var asOf = last < today ? last : today;
        var now = time.GetUtcNow();
        var (position, tables) = await book.Query(moment, known => (known.Position, Tables(known, caller, first, asOf)));
        var hash = position == 0 ? LedgerLog.Genesis : await db.Read(tx => tx.Scalar<string>(HashAt, new { Position = (long)position })) ?? LedgerLog.Genesis;
        return new Content(first, asOf, moment ?? now, position, hash, options.Demo, tables);
    }

    static IReadOnlyList<(string Title, IReadOnlyList<IndicatorRow> Rows)> Tables(Snapshot known, Caller caller, DateOnly first, DateOnly asOf)
    {
        IReadOnlyList<IndicatorRow> Rows(DateOnly from, By by) =>
            IndicatorCount.Count(known, new IndicatorQuery(from, asOf, asOf, KnownAt: null, by, Side: null, Explain: null, caller.Covers), Language.Zh).Rows;
        var year = new DateOnly(first.Year, 1, 1);
        return
        [
            ("本月", [.. Rows(first, By.None), .. Rows(first, By.County)]),
            ("本年累计", [.. Rows(year, By.None), .. Rows(year, By.County)]),
            ("本年累计（结对）", Rows(year, By.Pairing)),
        ];
    }

    static DateOnly FirstDay(string? month, DateOnly today)
    {
        if (string.IsNullOrEmpty(month))
            return new DateOnly(today.Year, today.Month, 1);
        return DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", out var first) && first <= today
            ? first
            : throw new ProblemException(Problem.Validation("month", "malformed", "月份格式应为 2026-10，且不能晚于本月。", "Write the month as 2026-10, not after the present one."));
    }

    static DateTimeOffset? KnownAt(string text)
    {
        if (text.Length == 0)
            return null;
        return DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw new ProblemException(Problem.Validation("knownAt", "malformed", "时刻格式应为 2026-11-22T08:00:00Z。", "Write the moment as 2026-11-22T08:00:00Z."));
    }

    static readonly Sql HashAt = Sql.Text("SELECT hash FROM ledger WHERE position = @Position");
}
