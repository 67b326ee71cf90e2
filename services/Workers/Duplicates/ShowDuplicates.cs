using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Duplicates;

/// <summary>
/// The queue of records that look like one person, and a pair side by side: masked, and yet two people's data at once, so that each look stands in the
/// access log. A station sees the pairs within its divisions, the officials above it those across stations.
/// </summary>
internal static class ShowDuplicates
{
    private const string Purpose = "review of duplicates";

    private static readonly string[] States = [DuplicateRow.Open, DuplicateRow.Different, DuplicateRow.Merged];

    private static readonly Sql SelectWorkers = Sql.Text($"SELECT {WorkerStore.Columns} FROM workers w WHERE w.id IN @Ids");

    /// <summary>A line of the queue.</summary>
    internal sealed record Item(Guid Id, long Version, string State, IReadOnlyList<string> Likeness, DateTimeOffset FoundAt, Line First, Line Second, Guid? Kept);

    /// <summary>A record as the queue shows it.</summary>
    internal sealed record Line(Guid WorkerId, string Name, int? Age, string Home, string Status);

    /// <summary>Both records, as much of them as a page of one worker shows.</summary>
    internal sealed record Pair(
        Guid Id, long Version, string State, IReadOnlyList<string> Likeness, DateTimeOffset FoundAt, WorkerView First, WorkerView Second, Guid? Kept, string? DecidedBy,
        DateTimeOffset? DecidedAt)
    {
        /// <summary>Nothing of it: it may reach a log.</summary>
        public override string ToString() => nameof(Pair);
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/duplicates", (HttpContext http, Requests<WorkersService> requests, Sealing sealing, TimeProvider time, string? state = null, Guid? worker = null) =>
            requests.Read(http, (tx, caller) => List(tx, caller, state ?? DuplicateRow.Open, worker, PageRequest.From(http), sealing, time)))
            .Allow(Role.Station, Role.Official).WithName("FindDuplicates").Produces<Paged<Item>>();
        app.MapGet("/api/duplicates/{id:guid}", (Guid id, HttpContext http, Requests<WorkersService> requests, Sealing sealing, DisclosureLog seen, TimeProvider time) =>
            requests.Read(http, async (tx, caller) =>
            {
                if (await DuplicateRow.Find(tx, caller, id) is not { } row)
                {
                    return Problem.NotFound();
                }

                await seen.Note(tx, caller, [row.FirstId, row.SecondId], Purpose);
                return await Show(tx, caller, row, sealing, time);
            })).Allow(Role.Station, Role.Official).WithName("ShowDuplicate").Produces<Pair>();
    }

    public static async Task<Reply> List(Tx tx, Caller caller, string state, Guid? worker, PageRequest page, Sealing sealing, TimeProvider time)
    {
        if (!States.Contains(state, StringComparer.Ordinal))
        {
            var checks = new Checks();
            Note.UnknownWord(checks, "state", state, States);
            return checks.Problem!;
        }

        var today = ChinaTime.Today(time);
        var rows = await DuplicateRow.Find(tx, caller, state, worker, page);
        var workers = await Workers(tx, rows.SelectMany(row => new[] { row.FirstId, row.SecondId }));
        return Reply.Ok(Paged.From(page, rows, row => row.Id.ToString("D"), row =>
            new Item(row.Id, row.Version, row.State, Likeness(row), row.FoundAt, Of(workers[row.FirstId]), Of(workers[row.SecondId]), row.KeptId)));

        Line Of(WorkerRow worker)
        {
            var person = sealing.Open(worker);
            return new Line(worker.Id, person?.MaskedName ?? "", person?.ResidentId.AgeOn(today), worker.HomeDivision, worker.Status);
        }
    }

    /// <summary>The pair as it stands.</summary>
    public static async Task<Reply> Show(Tx tx, Caller caller, DuplicateRow row, Sealing sealing, TimeProvider time)
    {
        var workers = await Workers(tx, [row.FirstId, row.SecondId]);
        var consents = (await WorkerStore.Consents(tx, row.FirstId, row.SecondId)).ToLookup(consent => consent.WorkerId);
        return Reply.Ok(new Pair(
            row.Id, row.Version, row.State, Likeness(row), row.FoundAt, await Of(workers[row.FirstId]), await Of(workers[row.SecondId]), row.KeptId, row.DecidedBy, row.DecidedAt), row.Version);

        async Task<WorkerView> Of(WorkerRow worker) => WorkerView.Of(
            caller, worker, sealing.Open(worker), await WorkerStore.Statuses(tx, worker.HouseholdNumber), consents[worker.Id], ChinaTime.Today(time));
    }

    private static IReadOnlyList<string> Likeness(DuplicateRow row) => row.Likeness.Split(' ');

    private static async Task<Dictionary<Guid, WorkerRow>> Workers(Tx tx, IEnumerable<Guid> ids)
    {
        var wanted = ids.Distinct().Select(id => id.ToString("D")).ToList();
        return wanted.Count == 0 ? [] : (await tx.Query<WorkerRow>(SelectWorkers, new { Ids = wanted })).ToDictionary(row => row.Id);
    }
}
