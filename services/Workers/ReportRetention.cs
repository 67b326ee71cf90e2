using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>What <see cref="Retention"/> would let go now, and what it let go on the last days that it ran. Counts only: whoever is gone is nowhere.</summary>
internal static class ReportRetention
{
    private const int Days = 30;

    private static readonly Sql Add = Sql.Text("UPDATE retention_days SET gone = gone + @Gone, ran_at = @RanAt WHERE day = @Day AND what = @What");

    private static readonly Sql Begin = Sql.InsertOrIgnore("retention_days", "day, what", "gone, ran_at");

    private static readonly Sql Last = Sql.Text("SELECT day, what, gone, ran_at FROM retention_days WHERE day >= @Since ORDER BY day DESC, what");

    internal sealed record Response(int Years, DateOnly Before, IReadOnlyList<Due> Due, IReadOnlyList<Day> Done);

    /// <param name="What"><c>people</c>, <c>timeline</c>, <c>trainings</c>, <c>consents</c>, <c>rosters</c>.</param>
    /// <param name="Count">How many would go.</param>
    internal sealed record Due(string What, long Count);

    internal sealed record Day(DateOnly On, DateTimeOffset RanAt, IReadOnlyDictionary<string, long> Gone);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/retention", (HttpContext http, Requests<WorkersService> requests, TimeProvider time) =>
            requests.Read(http, (tx, _) => Handle(tx, time)))
        .Allow(Role.Admin).WithName("ReportRetention").Produces<Response>();

    internal static async Task<Reply> Handle(Tx tx, TimeProvider time)
    {
        var before = Retention.Before(time);
        var rows = await tx.Query<Row>(Last, new { Since = ChinaTime.Today(time).AddDays(-Days) });
        return Reply.Ok(new Response(
            Retention.Years, ChinaTime.Day(before), [.. (await Retention.Count(tx, before)).Select(one => new Due(one.What, one.Count))],
            [.. rows.GroupBy(row => row.Day).Select(day => new Day(day.Key, day.Max(row => row.RanAt), day.ToDictionary(row => row.What, row => row.Gone)))]));
    }

    /// <summary>Adds what has just gone to the day's count, in the transaction in which it goes.</summary>
    internal static async Task Note(Tx tx, string what, long gone, DateTimeOffset now)
    {
        var row = new Row { Day = ChinaTime.Day(now), What = what, Gone = gone, RanAt = now };
        if (await tx.Execute(Add, row) == 0 && await tx.Execute(Begin, row) == 0)
        {
            await tx.Execute(Add, row); // another replica began the day meanwhile
        }
    }

    private sealed class Row
    {
        public required DateOnly Day { get; init; }

        public required string What { get; init; }

        public required long Gone { get; init; }

        public required DateTimeOffset RanAt { get; init; }
    }
}
