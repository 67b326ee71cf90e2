using LaborBridge.Persistence;
using LaborBridge.Placements.Trips;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.FollowUps;

/// <summary>What goes wrong early: follow-ups that are due, trips whose day is over without a roll call, people refused at the gate, contracts that run out, people with two placements that run.</summary>
internal static class FindAlerts
{
    const int MostOfAKind = 100;

    internal sealed record Response(IReadOnlyList<Alert> Items);

    internal sealed record Alert(string Code, DateOnly On, Guid? PlacementId, Guid? TripId, Guid? WorkerId, string Sentence);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/outflow/alerts",
            (HttpContext http, Requests<PlacementsService> requests, TimeProvider time) =>
                requests.Read(http, (tx, caller) => Handle(tx, caller, ChinaTime.Today(time), http.Language())))
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("FindAlerts").Produces<Response>();

    internal static async Task<Reply> Handle(Tx tx, Caller caller, DateOnly today, Language language)
    {
        var alerts = new List<Alert>();
        foreach (var row in await FindFollowUps.Due(tx, caller, today, after: null, MostOfAKind))
        {
            var due = FindFollowUps.Of(row, today);
            Add("follow-up-due", due.DueOn, row, $"在岗第 {due.Month} 个月已满，尚无在岗凭证。", $"Month {due.Month} of service is over and nothing proves it.");
        }

        foreach (var trip in await tx.Query<TripRow>(Unattended, Sight.Arguments(caller, new { Today = today, N = MostOfAKind })))
            alerts.Add(new Alert("roll-call-missing", trip.DepartsOn, PlacementId: null, trip.Id, WorkerId: null,
                new Text($"行程已过出发日，还有乘客没有点名。", "The day of departure is over and passengers were not called.").In(language)));
        foreach (var row in await tx.Query<PlacementRow>(Refused, Sight.Arguments(caller, new { Since = today.AddDays(-30), N = MostOfAKind })))
            Add("refused-at-gate", row.LastStepOn, row, "报到未录用，请另行安置或送返。", "Refused at the gate: place them elsewhere or send them home.");
        foreach (var row in await tx.Query<PlacementRow>(RunningOut, Sight.Arguments(caller, new { Today = today, Until = today.AddDays(30), N = MostOfAKind })))
            Add("contract-running-out", row.ContractEnds!.Value, row, $"合同到 {row.ContractEnds:yyyy-MM-dd} 期满，请与单位确认是否续签。", $"The contract ends on {row.ContractEnds:yyyy-MM-dd}.");
        foreach (var row in await tx.Query<PlacementRow>(Doubled, Sight.Arguments(caller, new { N = MostOfAKind })))
            Add("two-placements", row.LastStepOn, row, "同一人有两段未结束的就业，请核对。", "The person has two placements that run.");
        return Reply.Ok(new Response(alerts));

        void Add(string code, DateOnly on, PlacementRow row, string zh, string en) =>
            alerts.Add(new Alert(code, on, row.Id, row.TripId, row.WorkerId, new Text(zh, en).In(language)));
    }

    static readonly Sql Unattended = Sql.Text(
        $"SELECT {TripRow.Selected} FROM trip t WHERE {TripSight.Where} AND t.departs_on < @Today "
        + "AND EXISTS (SELECT 1 FROM passenger b WHERE b.trip_id = t.id AND b.state = 'booked') ORDER BY t.departs_on, t.id {first:@N}");

    static readonly Sql Refused = Sql.Text(
        $"SELECT {PlacementRow.Selected} FROM {PlacementRow.From} WHERE {Sight.Where} AND p.state = 'refused' AND p.last_step_on >= @Since ORDER BY p.last_step_on DESC, p.id {{first:@N}}");

    static readonly Sql RunningOut = Sql.Text(
        $"SELECT {PlacementRow.Selected} FROM {PlacementRow.From} WHERE {Sight.Where} AND p.running = 1 AND p.contract_ends >= @Today AND p.contract_ends <= @Until "
        + "ORDER BY p.contract_ends, p.id {first:@N}");

    static readonly Sql Doubled = Sql.Text(
        $"SELECT {PlacementRow.Selected} FROM {PlacementRow.From} WHERE {Sight.Where} AND p.running = 1 "
        + "AND EXISTS (SELECT 1 FROM placement o WHERE o.worker_id = p.worker_id AND o.running = 1 AND o.id <> p.id) ORDER BY p.worker_id, p.id {first:@N}");
}
