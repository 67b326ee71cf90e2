using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.FollowUps;

/// <summary>Who is to be followed up after 1, 3 and 6 months of service because that month is over and not proved yet. The evidence is recorded as a step.</summary>
internal static class FindFollowUps
{
    /// <summary>The months of service after which somebody asks.</summary>
    public static readonly IReadOnlyList<int> Months = [1, 3, 6];

    /// <summary>Somebody to follow up. <paramref name="Month"/> is the latest that is due, <paramref name="Missing"/> all months before and with it that nothing proves.</summary>
    internal sealed record FollowUp(PlacementView Placement, int Month, DateOnly DueOn, int DaysOverdue, IReadOnlyList<int> Missing);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/follow-ups",
            (DateOnly? due, HttpContext http, Requests<PlacementsService> requests, TimeProvider time) =>
                requests.Read(http, (tx, caller) => Handle(tx, caller, due ?? ChinaTime.Today(time), PageRequest.From(http))))
        .Allow(Role.Station, Role.Official, Role.Employer, Role.Admin).WithName("FindFollowUps").Produces<Paged<FollowUp>>();

    internal static async Task<Reply> Handle(Tx tx, Caller caller, DateOnly due, PageRequest page)
    {
        var rows = await Due(tx, caller, due, page.After, page.Take);
        return Reply.Ok(Paged.From(page, rows, row => $"{row.FirstDay:yyyy-MM-dd}|{row.Id:D}", row => Of(row, due)));
    }

    /// <summary>The placements with a follow-up due, those that began first before the others.</summary>
    internal static Task<List<PlacementRow>> Due(Tx tx, Caller caller, DateOnly due, string? after, int take)
    {
        var cursor = after?.Split('|');
        return tx.Query<PlacementRow>(Find, Sight.Arguments(caller, new
        {
            One = BegunBy(due, 1),
            Three = BegunBy(due, 3),
            Six = BegunBy(due, 6),
            Earliest = due.AddMonths(-18),
            AfterDay = cursor?[0] ?? "",
            AfterId = cursor?.Length == 2 ? cursor[1] : "",
            N = take,
        }));
    }

    internal static FollowUp Of(PlacementRow row, DateOnly due)
    {
        var first = row.FirstDay ?? throw new InvalidOperationException("A follow-up has a first day.");
        var month = Months.Last(month => ServiceMonths.LastDay(first, month) <= due && (row.Evidenced & (1L << (month - 1))) == 0);
        var dueOn = ServiceMonths.LastDay(first, month);
        return new FollowUp(PlacementView.Of(row), month, dueOn, due.DayNumber - dueOn.DayNumber, [.. Enumerable.Range(1, month).Where(one => (row.Evidenced & (1L << (one - 1))) == 0)]);
    }

    /// <summary>The last first day whose month n of service is over on a day.</summary>
    internal static DateOnly BegunBy(DateOnly due, int month)
    {
        var first = due.AddMonths(-month).AddDays(-3);
        while (ServiceMonths.LastDay(first.AddDays(1), month) <= due)
            first = first.AddDays(1);
        return first;
    }

    static readonly Sql Find = Sql.Text(
        $"SELECT {PlacementRow.Selected} FROM {PlacementRow.From} WHERE {Sight.Where} AND p.running = 1 AND p.first_day >= @Earliest AND (w.erased IS NULL OR w.erased = 0) "
        + "AND (((p.evidenced & 1) = 0 AND p.first_day <= @One) OR ((p.evidenced & 4) = 0 AND p.first_day <= @Three) OR ((p.evidenced & 32) = 0 AND p.first_day <= @Six)) "
        + "AND (p.first_day > @AfterDay OR (p.first_day = @AfterDay AND p.id > @AfterId)) ORDER BY p.first_day, p.id {first:@N}");
}
