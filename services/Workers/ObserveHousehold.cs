using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// Records that a household has a status from a day on, and who says so: the status before it ends there, nothing that was known of other days changes. Every
/// member is told of again, since indicators go by the status on a placement's first day (domain.md 2).
/// </summary>
internal static class ObserveHousehold
{
    internal sealed record Request(string? Code, DateOnly? From = null, string? Source = null);

    internal sealed record Observed(string Number, IReadOnlyList<SourcedStatus> Statuses);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/households/{number}/statuses",
        (string number, Request request, HttpContext http, Requests<WorkersService> requests, WorkerWriter writer, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, number, request, writer, time)))
        .Allow(Role.Station, Role.Official).WithName("ObserveHousehold").Produces<Observed>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, string number, Request request, WorkerWriter writer, TimeProvider time)
    {
        var today = ChinaTime.Today(time);
        var checks = new Checks();
        if (HouseholdStatuses.Find(request.Code) is null)
        {
            Note.UnknownWord(checks, "code", request.Code, [.. HouseholdStatuses.All.Select(known => known.Code)]);
        }

        var source = request.Source ?? StatusSource.Station;
        if (!StatusSource.Kinds.Contains(source, StringComparer.Ordinal))
        {
            Note.UnknownWord(checks, "source", source, StatusSource.Kinds);
        }

        checks.That(request.From is null || request.From <= today, "from", "in-the-future", "日期不能晚于今天。", "The day lies in the future.");
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        // The members first, the household after them, as the writer of workers does.
        await WorkerStore.Lock(tx, [.. (await WorkerStore.Members(tx, [number])).Select(member => member.Id)]);
        if (!(await WorkerStore.Households(tx, [number], hold: true)).TryGetValue(number, out var row) || !caller.Covers(row.Division))
        {
            return Problem.NotFound();
        }

        var before = WorkerStore.Of(row);
        var after = Household.Observed(before, request.Code!, request.From ?? today);
        var sourced = Household.Sourced(after, WorkerStore.SourcesOf(row), new StatusSource(source, caller.Name, today));
        if (!after.SequenceEqual(before))
        {
            await WorkerStore.SaveHouseholds(tx, [new HouseholdRow { HouseholdNumber = number, Division = row.Division, Statuses = Stored.Write(sourced), CurrentStatus = Household.Current(after, today) }]);
            var members = await WorkerStore.Members(tx, [number]);
            await WorkerStore.InsertSteps(tx, [.. members.Select(member => writer.Step(member.Id, "household-status", caller.Name, request.From ?? today, request.Code))]);
            await writer.TellMembers(tx, [number], new HashSet<Guid>(), _ => after);
        }

        return Reply.Ok(new Observed(number, sourced));
    }
}
