using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>Records a training that a worker finished: one attendance in 培训人次.</summary>
internal static class FinishTraining
{
    internal sealed record Request(string? Trade, DateOnly? On, string? Title = null, string? Provider = null, int? Hours = null);

    internal sealed record Training(Guid Id, string Trade, string Title, string? Provider, int? Hours, DateOnly On)
    {
        public static Training Of(TrainingRow row) => new(row.Id, row.Trade, row.Title, row.Provider, row.Hours, row.FinishedOn);
    }

    internal sealed record TrainingRow
    {
        public required Guid Id { get; init; }
        public required Guid WorkerId { get; init; }
        public required string Trade { get; init; }
        public required string Title { get; init; }
        public string? Provider { get; init; }
        public int? Hours { get; init; }
        public required DateOnly FinishedOn { get; init; }
        public required string RecordedBy { get; init; }
        public required DateTimeOffset RecordedAt { get; init; }
    }

    private static readonly Sql SelectAll = Sql.Text("""
        SELECT id, worker_id, trade, title, provider, hours, finished_on, recorded_by, recorded_at FROM trainings
        WHERE id > @After AND (worker_id = @WorkerId OR worker_id IN (SELECT d.absorbed_id FROM duplicates d WHERE d.kept_id = @WorkerId AND d.state = 'merged'))
        ORDER BY id {first:@Take}
        """);

    private static readonly Sql Insert = Sql.Insert("trainings", "id, worker_id, trade, title, provider, hours, finished_on, recorded_by, recorded_at");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/workers/{id:guid}/trainings", (Guid id, Request request, HttpContext http, Requests<WorkersService> requests, WorkerWriter writer, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request, writer, time)))
            .Allow(Role.Collector, Role.Station).WithName("FinishTraining").Produces<Training>(StatusCodes.Status201Created);
        app.MapGet("/api/workers/{id:guid}/trainings", (Guid id, HttpContext http, Requests<WorkersService> requests) =>
            requests.Read(http, (tx, caller) => List(tx, caller, id, PageRequest.From(http))))
            .Allow(Role.Collector, Role.Station, Role.Official).WithName("FindTrainings").Produces<Paged<Training>>();
    }

    /// <summary>What a worker attended, and the records that were merged into his.</summary>
    public static async Task<Reply> List(Tx tx, Caller caller, Guid id, PageRequest page)
    {
        if (await WorkerStore.Find(tx, caller, id) is null)
        {
            return Problem.NotFound();
        }

        var rows = await tx.Query<TrainingRow>(SelectAll, new { WorkerId = id, After = page.After ?? "", page.Take });
        return Reply.Ok(Paged.From(page, rows, row => row.Id.ToString("D"), Training.Of));
    }

    public static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Request request, WorkerWriter writer, TimeProvider time)
    {
        var (worker, refusal) = await Locked.ForChange(tx, caller, id);
        if (worker is null)
        {
            return refusal!;
        }

        var now = time.GetUtcNow();
        var checks = new Checks();
        var trade = Trades.Find(request.Trade);
        if (trade is null)
        {
            Note.UnknownTrade(checks, "trade", request.Trade);
        }

        checks.Require("on", request.On);
        checks.That(request.On is null || request.On <= ChinaTime.Day(now), "on", "in-the-future", "结业日期不能晚于今天。", "The day lies in the future.");
        checks.That(request.Hours is null or (> 0 and <= 2000), "hours", "out-of-range", "学时应为 1 到 2000。", "Hours are 1 to 2,000.");
        var row = new TrainingRow
        {
            Id = Guid.CreateVersion7(now), WorkerId = id, Trade = trade?.Code ?? "", Title = checks.Longest("title", request.Title, 200) ?? trade?.Chinese ?? "",
            Provider = checks.Longest("provider", request.Provider, 200), Hours = request.Hours, FinishedOn = request.On ?? default, RecordedBy = caller.Subject, RecordedAt = now,
        };
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        await tx.Execute(Insert, row);
        await WorkerStore.InsertSteps(tx, [writer.Step(id, "training-finished", caller.Name, row.FinishedOn, row.Trade)]);
        tx.Append(new TrainingFinished(row.Id, id, row.Trade, row.FinishedOn), id);
        return Reply.Created($"/api/workers/{id}/trainings/{row.Id}", Training.Of(row));
    }
}
