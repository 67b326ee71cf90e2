using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>Officials keep the minimum wages of their own divisions, county or prefecture, each row from its day on and with its source; the software brings no figures along.</summary>
internal static class KeepMinimumWages
{
    internal sealed record Request(string? Division, DateOnly? From, decimal? Monthly, decimal? Hourly, string? Source);

    private static readonly Sql Insert = Sql.Insert("minimum_wages", MinimumWageRow.Columns);

    private static readonly Sql Update = Sql.Text("""
        UPDATE minimum_wages SET version = version + 1, division = @Division, from_day = @FromDay, monthly_fen = @MonthlyFen, hourly_fen = @HourlyFen, source = @Source,
            saved_by = @SavedBy, saved_at = @SavedAt
        WHERE id = @Id AND version = @Expected
        """);

    private static readonly Sql Remove = Sql.Text("DELETE FROM minimum_wages WHERE id = @Id AND version = @Expected");

    private static readonly Sql Same = Sql.Text("SELECT id FROM minimum_wages WHERE division = @Division AND from_day = @FromDay AND id <> @Id");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/minimum-wages", (Request request, HttpContext http, Requests<EmployersService> requests, TimeProvider time) =>
                requests.Write(http, request, (tx, caller) => Enter(tx, caller, request, time.GetUtcNow())))
            .Allow(Role.Official, Role.Admin)
            .WithName("EnterMinimumWage");
        app.MapPut("/api/minimum-wages/{id:guid}", (Guid id, Request request, HttpContext http, Requests<EmployersService> requests, TimeProvider time) =>
            {
                var expected = http.IfMatch();
                return requests.Write(http, request, (tx, caller) => Correct(tx, caller, id, expected, request, time.GetUtcNow()));
            })
            .Allow(Role.Official, Role.Admin)
            .WithName("CorrectMinimumWage");
        app.MapDelete("/api/minimum-wages/{id:guid}", (Guid id, HttpContext http, Requests<EmployersService> requests) =>
            {
                var expected = http.IfMatch();
                return requests.Write(http, request: null, (tx, caller) => TakeOut(tx, caller, id, expected));
            })
            .Allow(Role.Official, Role.Admin)
            .WithName("RemoveMinimumWage");
    }

    private static async Task<Reply> Enter(Tx tx, Caller caller, Request request, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        if (await Refusal(tx, caller, id, request) is { } refused)
        {
            return refused;
        }

        var row = Row(id, version: 1, caller, request, now);
        await tx.Execute(Insert, row);
        return Reply.Created($"/api/minimum-wages/{id}", row.View(), row.Version);
    }

    private static async Task<Reply> Correct(Tx tx, Caller caller, Guid id, long expected, Request request, DateTimeOffset now)
    {
        if (await FindMinimumWages.Get(tx, id) is not { } before || !caller.Covers(before.Division))
        {
            return Problem.NotFound();
        }

        if (await Refusal(tx, caller, id, request) is { } refused)
        {
            return refused;
        }

        var row = Row(id, expected + 1, caller, request, now);
        return await tx.Execute(Update, new { row.Id, row.Division, row.FromDay, row.MonthlyFen, row.HourlyFen, row.Source, row.SavedBy, row.SavedAt, Expected = expected }) == 1
            ? Reply.Ok(row.View(), row.Version)
            : Problem.StaleVersion();
    }

    private static async Task<Reply> TakeOut(Tx tx, Caller caller, Guid id, long expected)
    {
        if (await FindMinimumWages.Get(tx, id) is not { } row || !caller.Covers(row.Division))
        {
            return Problem.NotFound();
        }

        return await tx.Execute(Remove, new { Id = id, Expected = expected }) == 1 ? Reply.Ok(row.View()) : Problem.StaleVersion();
    }

    private static async Task<Problem?> Refusal(Tx tx, Caller caller, Guid id, Request request)
    {
        var checks = new Checks();
        var known = DivisionCode.TryParse(request.Division, out var division) && Divisions.Exists(division) && division.Level is DivisionLevel.Prefecture or DivisionLevel.County;
        checks.That(known, "division", "division-unknown", "请选择设区市或县（市、区）。", "Choose a prefecture or a county.");
        checks.Require("from", request.From);
        checks.Require("monthly", request.Monthly);
        checks.That(request.Monthly is null || Amount(request.Monthly.Value, 100, 100_000), "monthly", "out-of-range", "月最低工资标准应为100到100000元，最多两位小数。", "The monthly figure is 100 to 100,000 yuan.");
        checks.That(request.Hourly is null || Amount(request.Hourly.Value, 1, 1_000), "hourly", "out-of-range", "小时最低工资标准应为1到1000元，最多两位小数。", "The hourly figure is 1 to 1,000 yuan.");
        checks.Require("source", request.Source, 400);
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        if (!caller.Covers(division.ToString()))
        {
            return Problem.Forbidden(new Text("只能录入本辖区的最低工资标准。", "You keep the minimum wages of your own divisions only."));
        }

        return await tx.Scalar<string>(Same, new { Division = division.ToString(), FromDay = request.From, Id = id }) is null
            ? null
            : Problem.Conflict("already-registered", new Text("该地区这一天起的标准已经录入，请更正原记录。", "There is a figure from this day on; correct that one."));

        static bool Amount(decimal yuan, int least, int most) => yuan >= least && yuan <= most && Money.TryFromYuan(yuan, out _);
    }

    private static MinimumWageRow Row(Guid id, long version, Caller caller, Request request, DateTimeOffset now) => new()
    {
        Id = id,
        Version = version,
        Division = DivisionCode.Parse(request.Division!).ToString(),
        FromDay = request.From!.Value,
        MonthlyFen = Posting.Fen(request.Monthly!.Value),
        HourlyFen = request.Hourly is { } hourly ? Posting.Fen(hourly) : null,
        Source = request.Source!.Trim(),
        SavedBy = caller.Subject,
        SavedAt = now,
    };
}
