using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// Keeps where each worker works and how far the spell is, told by Placements and, for the first moment after both said yes, by Matching.
/// The receiving side's sight and the worker's status follow from it. Events of workers unknown here leave a row and no harm.
/// </summary>
internal static class FollowPlacements
{
    private static readonly Sql Save = Sql.Upsert("worker_placements", "placement_id", "worker_id, employer_id, workplace_division, state, running");

    private static readonly Sql SaveIfNew = Sql.InsertOrIgnore("worker_placements", "placement_id", "worker_id, employer_id, workplace_division, state, running");

    private static readonly Sql Move = Sql.Text("UPDATE worker_placements SET state = @State, running = @Running WHERE placement_id = @PlacementId");

    private static readonly Sql SelectRunning = Sql.Text("""
        SELECT placement_id, worker_id, employer_id, workplace_division, state, running FROM worker_placements
        WHERE worker_id = @WorkerId AND running = 1 ORDER BY placement_id DESC {first:@Count}
        """);

    private static readonly Sql Place = Sql.Text("""
        UPDATE workers SET status = @Status, workplace_division = @WorkplaceDivision, workplace_county = @WorkplaceCounty WHERE id = @WorkerId AND out_reason IS NULL
        """);

    private static readonly Sql Rest = Sql.Text("UPDATE workers SET status = resting_status, workplace_division = NULL, workplace_county = NULL WHERE id = @WorkerId");

    private static readonly Sql AddStep = Sql.Insert("worker_steps", "id, worker_id, kind, happened_on, known_at, ordinal, actor, detail, source");

    private static readonly Sql RestAll = Sql.Text("UPDATE workers SET status = resting_status, workplace_division = NULL, workplace_county = NULL WHERE id IN (SELECT worker_id FROM worker_placements)");

    private static readonly Sql DropAll = Sql.Text("DELETE FROM worker_placements");

    private static readonly Sql DropSteps = Sql.Text("DELETE FROM worker_steps WHERE source = @Source");

    public static Subscription Placements() => new Subscription(WorkersService.Catalog(PlacementEvents.Contract))
        .On<PlacementOpened>(Opened).On<PlacementMoved>(Moved).On<PlacementEnded>(Ended).Ignore<LedgerSealed>()
        .OnRebuild(Clear);

    public static Subscription Matching() => new Subscription(WorkersService.Catalog(MatchingEvents.Contract))
        .On<WorkerHired>(Hired)
        .On<OfferMade>((tx, made, context) => Note(tx, made.WorkerId, "offered", ChinaTime.Day(context.At), detail: null, context))
        .On<OfferAnswered>((tx, answered, context) => Note(tx, answered.WorkerId, "offer-answered", ChinaTime.Day(context.At), $"{answered.Party} {answered.Answer}", context))
        .On<OfferClosed>((tx, closed, context) => Note(tx, closed.WorkerId, "offer-closed", ChinaTime.Day(context.At), closed.State, context))
        .Ignore<SeatsCounted>()
        .OnRebuild(tx => tx.Execute(DropSteps, new { Source = MatchingEvents.Contract.Name }));

    private static async Task Hired(Tx tx, WorkerHired hired, EventContext context)
    {
        var fresh = await tx.Execute(SaveIfNew, new PlacementCopy
        {
            PlacementId = hired.OfferId, WorkerId = hired.WorkerId, EmployerId = hired.EmployerId, WorkplaceDivision = hired.SiteDivision, State = "hired", Running = true,
        });
        if (fresh > 0)
        {
            await Settle(tx, hired.WorkerId);
        }

        await Note(tx, hired.WorkerId, "hired", hired.On, detail: null, context);
    }

    private static async Task Opened(Tx tx, PlacementOpened opened, EventContext context)
    {
        await tx.Execute(Save, new PlacementCopy
        {
            PlacementId = opened.PlacementId, WorkerId = opened.WorkerId, EmployerId = opened.EmployerId, WorkplaceDivision = opened.WorkplaceDivision,
            State = opened.State, Running = opened.Running,
        });
        await Settle(tx, opened.WorkerId);
        if (opened.Source != "platform")
        {
            await Note(tx, opened.WorkerId, "placed", ChinaTime.Day(context.At), opened.Source, context);
        }
    }

    private static async Task Moved(Tx tx, PlacementMoved moved, EventContext context)
    {
        var running = Worker.Working(moved.State) is not null;
        if (await tx.Execute(Move, new { moved.PlacementId, moved.State, Running = running }) == 0)
        {
            await tx.Execute(Save, new PlacementCopy { PlacementId = moved.PlacementId, WorkerId = moved.WorkerId, EmployerId = moved.EmployerId, State = moved.State, Running = running });
        }

        await Settle(tx, moved.WorkerId);
        await Note(tx, moved.WorkerId, moved.Step, moved.On, detail: null, context);
    }

    private static async Task Ended(Tx tx, PlacementEnded ended, EventContext context)
    {
        if (await tx.Execute(Move, new { ended.PlacementId, State = "left", Running = false }) == 0)
        {
            await tx.Execute(Save, new PlacementCopy { PlacementId = ended.PlacementId, WorkerId = ended.WorkerId, EmployerId = ended.EmployerId, State = "left", Running = false });
        }

        await Settle(tx, ended.WorkerId);
        await Note(tx, ended.WorkerId, "left", ended.On, ended.Reason, context);
    }

    /// <summary>Gives the worker the status of the running spell, or the resting one.</summary>
    internal static async Task Settle(Tx tx, Guid worker)
    {
        var running = await tx.First<PlacementCopy>(SelectRunning, new { WorkerId = worker, Count = 1 });
        if (running is not null && Worker.Working(running.State) is { } status)
        {
            await tx.Execute(Place, new { WorkerId = worker, Status = Kebab.Of(status), running.WorkplaceDivision, WorkplaceCounty = WorkerRow.CountyOf(running.WorkplaceDivision) });
        }
        else
        {
            await tx.Execute(Rest, new { WorkerId = worker });
        }
    }

    private static Task Note(Tx tx, Guid worker, string kind, DateOnly on, string? detail, EventContext context) => tx.Execute(AddStep, new StepRow
    {
        Id = Guid.CreateVersion7(context.At), WorkerId = worker, Kind = kind, HappenedOn = on, KnownAt = context.At, Ordinal = context.Position, Detail = detail, Source = context.Stream,
    });

    private static async Task Clear(Tx tx)
    {
        await tx.Execute(RestAll);
        await tx.Execute(DropAll);
        await tx.Execute(DropSteps, new { Source = PlacementEvents.Contract.Name });
    }
}

/// <summary>What is known here of a placement.</summary>
internal sealed record PlacementCopy
{
    public required Guid PlacementId { get; init; }
    public required Guid WorkerId { get; init; }
    public Guid? EmployerId { get; init; }
    public string? WorkplaceDivision { get; init; }
    public required string State { get; init; }
    public required bool Running { get; init; }
}
