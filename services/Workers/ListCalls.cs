using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>Who has not been asked yet: registered, free, no wishes recorded. Longest waiting first.</summary>
internal static class ListCalls
{
    private static readonly Sql SelectUnasked = Sql.Text($"""
        SELECT {WorkerStore.Columns} FROM workers w
        WHERE w.wishes IS NULL AND w.status = 'registered' AND w.home_division >= @DivisionLo AND w.home_division < @DivisionHi AND w.id > @After AND {Sight.Where}
        ORDER BY w.id {"{first:@Take}"}
        """);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/call-list",
        (HttpContext http, Requests<WorkersService> requests, Sealing sealing, TimeProvider time, string? division = null) =>
            requests.Read(http, (tx, caller) => Handle(tx, caller, division, PageRequest.From(http), sealing, time)))
        .Allow(Role.Collector, Role.Station, Role.Official).WithName("ListCalls").Produces<Paged<Item>>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, string? division, PageRequest page, Sealing sealing, TimeProvider time)
    {
        if (division is { Length: > 0 } && !DivisionCode.TryParse(division, out _))
        {
            var checks = new Checks();
            Note.UnknownDivision(checks, "division", division);
            return checks.Problem!;
        }

        var range = ScopeRanges.Of(division is { Length: > 0 } ? [division] : []);
        var rows = await tx.Query<WorkerRow>(SelectUnasked, Sight.Args(caller, new
        {
            DivisionLo = division is { Length: > 0 } ? range.ScopeLo0 : "",
            DivisionHi = division is { Length: > 0 } ? range.ScopeHi0 : "~",
            After = page.After ?? "",
            page.Take,
        }));
        var today = ChinaTime.Today(time);
        return Reply.Ok(Paged.From(page, rows, row => row.Id.ToString("D"), row => Item.Of(row, sealing.Open(row)!, today)));
    }

    /// <summary>A line of the call list. Phones are masked: who dials asks for them with a purpose.</summary>
    internal sealed record Item(Guid Id, long Version, string Name, IReadOnlyList<string> Phones, int Age, string Home, string? HouseholdNumber, DateTimeOffset EnteredAt)
    {
        public static Item Of(WorkerRow row, Person person, DateOnly today) => new(
            row.Id, row.Version, person.Name, [.. person.Phones.Select(phone => phone.ToString())], person.ResidentId.AgeOn(today), row.HomeDivision, row.HouseholdNumber, row.EnteredAt);
    }
}
