using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>Registers a worker of the caller's divisions: 16 or over, with a sound ID that nobody registered yet (domain.md 4 and 7).</summary>
internal static class RegisterWorker
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/workers",
        (WorkerBody request, HttpContext http, Requests<WorkersService> requests, WorkerWriter writer, TimeProvider time) =>
        {
            var (worker, problem) = Prepare(http.Caller(), request, writer, time);
            return worker is null
                ? Task.FromResult<IResult>(new ProblemResult(problem!))
                : requests.Write(http, request, (tx, caller) => Handle(tx, caller, worker, writer, time));
        })
        .Allow(Role.Collector, Role.Station).WithName("RegisterWorker").Produces<WorkerView>(StatusCodes.Status201Created);

    /// <summary>Everything that needs no database.</summary>
    public static (PreparedWorker? Worker, Problem? Problem) Prepare(Caller caller, WorkerBody request, WorkerWriter writer, TimeProvider time)
    {
        var checks = new Checks();
        var facts = request.Check(checks, ChinaTime.Today(time));
        if (checks.Problem is { } problem)
        {
            return (null, problem);
        }

        return caller.Covers(facts.Home.ToString()) ? (writer.Prepare(caller, facts), null) : (null, Elsewhere(facts));
    }

    public static async Task<Reply> Handle(Tx tx, Caller caller, PreparedWorker worker, WorkerWriter writer, TimeProvider time)
    {
        var result = (await writer.Register(tx, caller, [worker]))[0];
        if (result is not { Refusal: Refusal.None, Row: { } row })
        {
            return Refuse(caller, result);
        }

        return Reply.Created($"/api/workers/{row.Id}", WorkerView.Of(caller, row, worker.Facts.Person, result.Statuses, result.Given, ChinaTime.Today(time)), row.Version);
    }

    /// <summary>Registers in process: the demo, other services' tests.</summary>
    public static Task<Reply> Handle(Tx tx, Caller caller, WorkerBody request, WorkerWriter writer, TimeProvider time)
    {
        var (worker, problem) = Prepare(caller, request, writer, time);
        return worker is null ? Task.FromResult<Reply>(problem!) : Handle(tx, caller, worker, writer, time);
    }

    /// <summary>The words for what stood in the way.</summary>
    public static Problem Refuse(Caller caller, WriteResult result) => result.Refusal switch
    {
        Refusal.AlreadyRegistered when Sight.Sees(caller, result.Row!) => Problem.Conflict("already-registered", new Text(
            "此人已登记，请打开已有档案。", "This person is registered already; open the record.")).With("workerId", result.Row!.Id),
        Refusal.AlreadyRegistered => Problem.Conflict("already-registered", new Text(
            "此人已在其他站点登记，请向其户籍地劳务工作站申请转入。", "This person is registered by another station; ask that station for a transfer.")),
        Refusal.HouseholdElsewhere => Problem.Validation("householdNumber", "household-elsewhere",
            "该户不在您的管辖范围内，不能更改其户类型，请核对户编号。", "The household lies outside your divisions, so you cannot change its statuses; check the number."),
        Refusal.Stale when result.Row is null or { Erased: true } => Problem.NotFound(),
        Refusal.Stale => Problem.StaleVersion(),
        Refusal.None => throw new ArgumentOutOfRangeException(nameof(result)),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    /// <summary>The home lies outside the caller's divisions.</summary>
    public static Problem Elsewhere(WorkerFacts facts) => Problem.Forbidden(new Text(
        $"户籍地 {facts.Home} 不在您的管辖范围内，请由当地劳务工作站登记；乡镇信息员请把地址填到乡镇。",
        $"The home {facts.Home} lies outside your divisions; its own station registers this worker. Collectors of a town give the address down to the town."));
}
