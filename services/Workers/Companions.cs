using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// Who travels together (同行人): partners and groups, told to Matching as one id that all of them share. Both have said what they wish and lie in the caller's
/// divisions; who goes with somebody of a group joins it.
/// </summary>
internal static class Companions
{
    public const string Term = "with";

    /// <summary>The companion, by id or by the ID of the card.</summary>
    internal sealed record Request(Guid? WorkerId = null, string? ResidentId = null)
    {
        /// <summary>Nothing of what was sent: it may reach a log.</summary>
        public override string ToString() => nameof(Request);
    }

    internal sealed record Companion(Guid Id, string Name);

    internal sealed record Answer(IReadOnlyList<Companion> Items);

    private static readonly Sql SelectCompanions = Sql.Text($"""
        SELECT {WorkerStore.Columns} FROM workers w
        WHERE (w.id = @With OR w.id IN (SELECT t.worker_id FROM worker_terms t WHERE t.term = @With AND t.kind = 'with')) AND w.id <> @Id AND w.out_reason IS NULL AND {Sight.Where} ORDER BY w.id
        """);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/workers/{id:guid}/companions", (Guid id, HttpContext http, Requests<WorkersService> requests, Sealing sealing) =>
            requests.Read(http, (tx, caller) => Show(tx, caller, id, sealing)))
            .Allow(Role.Collector, Role.Station, Role.Official).WithName("ShowCompanions").Produces<Answer>();
        app.MapPost("/api/workers/{id:guid}/companions", (Guid id, Request request, HttpContext http, Requests<WorkersService> requests, Sealing sealing, WorkerWriter writer) =>
            requests.Write(http, request, (tx, caller) => Link(tx, caller, id, request, sealing, writer)))
            .Allow(Role.Collector, Role.Station).WithName("AddCompanion").Produces<Plain>();
        app.MapDelete("/api/workers/{id:guid}/companions", (Guid id, HttpContext http, Requests<WorkersService> requests, WorkerWriter writer) =>
            requests.Write(http, new { id }, (tx, caller) => Leave(tx, caller, id, http.IfMatch(), writer)))
            .Allow(Role.Collector, Role.Station).WithName("LeaveCompanions").Produces(StatusCodes.Status204NoContent);
    }

    public static async Task<Reply> Show(Tx tx, Caller caller, Guid id, Sealing sealing)
    {
        if (await WorkerStore.Find(tx, caller, id) is not { } worker)
        {
            return Problem.NotFound();
        }

        var with = Stored.Wishes(worker)?.With ?? id;
        var rows = await tx.Query<WorkerRow>(SelectCompanions, Sight.Args(caller, new { With = with.ToString("D"), Id = id }));
        return Reply.Ok(new Answer([.. rows.Select(row => new Companion(row.Id, sealing.Open(row)!.Name))]));
    }

    public static async Task<Reply> Link(Tx tx, Caller caller, Guid id, Request request, Sealing sealing, WorkerWriter writer)
    {
        var (other, wrong) = await Find(tx, request, sealing);
        if (wrong is not null || other == id)
        {
            return wrong ?? Problem.Validation("workerId", "with-self", "同行人不能是本人。", "Nobody travels with himself.");
        }

        await WorkerStore.Lock(tx, [id, other]);
        var (worker, refusal) = await Locked.ForChange(tx, caller, id);
        var (companion, refused) = await Locked.ForChange(tx, caller, other);
        if (worker is null || companion is null)
        {
            return refusal ?? (refused!.Status == 404 ? NotRegistered() : refused);
        }

        if (Stored.Wishes(worker) is not { } wishes || Stored.Wishes(companion) is not { } theirs)
        {
            return Problem.Conflict("not-asked", new Text("两人都登记了求职意愿之后，才能登记同行。", "Record the wishes of both before they travel together."));
        }

        var shared = theirs.With ?? wishes.With ?? companion.Id;
        var after = await Set(tx, caller, worker, wishes with { With = shared }, "goes-with", writer);
        await Set(tx, caller, companion, theirs with { With = shared }, "goes-with", writer);
        return Reply.Ok(new Plain(after.Id, after.Version), after.Version);
    }

    public static async Task<Reply> Leave(Tx tx, Caller caller, Guid id, long version, WorkerWriter writer)
    {
        var (worker, refusal) = await Locked.ForChange(tx, caller, id, version);
        if (worker is null)
        {
            return refusal!;
        }

        if (Stored.Wishes(worker) is { With: not null } wishes)
        {
            await Set(tx, caller, worker, wishes with { With = null }, "goes-alone", writer);
        }

        return Reply.NoContent();
    }

    /// <summary>The worker's new version; names are kept out of answers that are stored for repeated requests.</summary>
    internal sealed record Plain(Guid Id, long Version);

    private static async Task<WorkerRow> Set(Tx tx, Caller caller, WorkerRow before, Wishes wishes, string step, WorkerWriter writer)
    {
        await WorkerStore.InsertSteps(tx, [writer.Step(before.Id, step, caller.Name)]);
        return await writer.Settle(tx, before, before with { Wishes = Stored.Write(wishes), Version = before.Version + 1 });
    }

    private static async Task<(Guid Id, Problem? Wrong)> Find(Tx tx, Request request, Sealing sealing)
    {
        if (request.WorkerId is { } given)
        {
            return (given, null);
        }

        if (!ResidentId.TryParse(request.ResidentId, out var card, out var error))
        {
            return (default, Problem.Validation(Refused.ResidentId("residentId", error)));
        }

        return (await WorkerStore.FindByIdHash(tx, [sealing.IdHash(card)])).Values.FirstOrDefault() is { } found ? (found.Id, null) : (default, NotRegistered());
    }

    // The same words for nobody and for people of others.
    private static Problem NotRegistered() => Problem.Validation("residentId", "not-registered", "没有找到同行人的登记，请先登记同行人。", "The companion is not registered here; register them first.");
}
