using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Calls;

/// <summary>The call list (domain.md 4): who has not been asked yet, when last somebody tried, by town and village.</summary>
internal static class ListCalls
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/call-list",
        (HttpContext http, Requests<WorkersService> requests, Sealing sealing, TimeProvider time, string? division = null, string? village = null) =>
            requests.Read(http, (tx, caller) => Handle(tx, caller, new CallFilter(division, village), PageRequest.From(http), sealing, time)))
        .Allow(Role.Collector, Role.Station, Role.Official).WithName("ListCalls").Produces<Paged<Item>>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, CallFilter filter, PageRequest page, Sealing sealing, TimeProvider time)
    {
        if (filter.Problem() is { } problem)
        {
            return problem;
        }

        var today = ChinaTime.Today(time);
        return Reply.Ok(Paged.From(page, await CallStore.Next(tx, caller, filter, page, sealing), CallStore.Key, line => Item.Of(line, today)));
    }

    /// <summary>A line of the call list. Phones are masked: who dials asks for them with a purpose.</summary>
    internal sealed record Item(
        Guid Id, long Version, string Name, IReadOnlyList<string> Phones, int Age, string Home, string? Village, string? HouseholdNumber, DateTimeOffset EnteredAt, int Attempts,
        DateTimeOffset? TriedAt, string? Outcome)
    {
        /// <summary>Nothing of it: it may reach a log.</summary>
        public override string ToString() => nameof(Item);

        public static Item Of(CallLine line, DateOnly today) => new(
            line.Row.Id, line.Row.Version, line.Person.Name, [.. line.Person.Phones.Select(phone => phone.ToString())], line.Person.ResidentId.AgeOn(today), line.Row.HomeDivision,
            line.Village, line.Row.HouseholdNumber, line.Row.EnteredAt, line.Attempts?.Attempts ?? 0, line.Attempts?.TriedAt, line.Attempts?.Outcome);
    }
}
