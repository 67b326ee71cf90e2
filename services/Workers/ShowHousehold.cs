using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>A household of the caller's divisions: its statuses by date with who said so, and its registered members.</summary>
internal static class ShowHousehold
{
    internal sealed record Shown(string Number, string Division, IReadOnlyList<SourcedStatus> Statuses, IReadOnlyList<Member> Members);

    internal sealed record Member(Guid WorkerId, string Name, string? RelationToHead, int? Age, string Status);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/households/{number}",
        (string number, HttpContext http, Requests<WorkersService> requests, Sealing sealing, TimeProvider time) =>
            requests.Read(http, (tx, caller) => Handle(tx, caller, number, sealing, time)))
        .Allow(Role.Station, Role.Official).WithName("ShowHousehold").Produces<Shown>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, string number, Sealing sealing, TimeProvider time)
    {
        if (!(await WorkerStore.Households(tx, [number])).TryGetValue(number, out var row) || !caller.Covers(row.Division))
        {
            return Problem.NotFound();
        }

        var today = ChinaTime.Today(time);
        var members = (await WorkerStore.Members(tx, [number])).Where(member => member.OutReason is null && Sight.Sees(caller, member));
        return Reply.Ok(new Shown(row.HouseholdNumber, row.Division, WorkerStore.SourcesOf(row), [.. members.Select(Of)]));

        Member Of(WorkerRow member)
        {
            var person = sealing.Open(member);
            return new Member(member.Id, person?.Name ?? "", member.RelationToHead, person?.ResidentId.AgeOn(today), member.Status);
        }
    }
}
