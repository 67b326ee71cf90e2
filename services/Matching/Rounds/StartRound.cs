using System.Text.Json;
using LaborBridge.Domain;
using LaborBridge.Matching.Engine;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Rounds;

/// <summary>Queues the season's batch; a replica picks it up. Nothing goes out before it is published.</summary>
internal static class StartRound
{
    private static readonly Sql Insert = Sql.Insert("rounds", "id, version, name, state, request, progress, divisions, frozen, lease_until, created_by, created_at");

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/rounds", (RoundRequest request, HttpContext http, Requests<MatchingService> requests, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, request, time)))
        .Allow(Role.Station, Role.Official)
        .WithName("StartRound");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, RoundRequest request, TimeProvider time)
    {
        var checks = new Checks();
        checks.Require("name", request.Name);
        var homes = request.Workers?.Divisions is { Count: > 0 } chosen ? chosen : caller.Divisions;
        checks.That(homes.Count > 0 && homes.All(caller.Covers), "workers.divisions", "outside-scope", "只能选择您辖区内的务工人员。", "Choose workers of your own divisions.");
        checks.That(homes.All(code => DivisionCode.TryParse(code, out var division) && Divisions.Exists(division)), "workers.divisions", "division-unknown", "户籍地区不存在。", "Unknown division.");
        checks.That((request.Postings?.Divisions ?? []).All(code => DivisionCode.TryParse(code, out var division) && Divisions.Exists(division)), "postings.divisions", "division-unknown", "用工地区不存在。", "Unknown division.");
        checks.That((request.Postings?.Trades ?? []).All(trade => Domain.Trades.Find(trade) is not null), "postings.trades", "trade-unknown", "工种不在目录中。", "Unknown trade.");
        checks.That((request.Workers?.Statuses ?? []).All(status => status == "monitored"), "workers.statuses", "invalid", "人员类别目前只能选监测对象。", "Only 'monitored' can be chosen.");
        checks.That(request.Objective is RoundRequest.Stable or RoundRequest.Maximum, "objective", "invalid", "目标只能是 stable 或 maximum。", "The objective is stable or maximum.");
        if (request.Minimum is { } minimum)
        {
            checks.That(minimum.Workers is >= 1 and <= RoundMinimum.Most, "minimum.workers", "invalid", $"成行最低人数须在 1 到 {RoundMinimum.Most} 之间。", $"The minimum lies between 1 and {RoundMinimum.Most}.");
            checks.That(minimum.Per is RoundMinimum.Posting or RoundMinimum.City, "minimum.per", "invalid", "成行最低人数只能按 posting（岗位）或 city（城市）计算。", "The minimum counts per posting or city.");
            checks.That(request.Objective != RoundRequest.Maximum, "minimum", "invalid", "成行最低人数只能用于目标 stable。", "A minimum goes with the objective stable only.");
        }

        if (checks.Problem is { } problem)
        {
            return problem;
        }

        var now = time.GetUtcNow();
        var row = new RoundRow
        {
            Id = Guid.CreateVersion7(now),
            Version = 1,
            Name = request.Name.Trim(),
            State = RoundRow.Queued,
            Request = JsonSerializer.Serialize(request with { Workers = new RoundWorkers([.. homes], request.Workers?.Statuses) }, JsonText.Options),
            Progress = 0,
            Divisions = string.Join(',', homes),
            Frozen = false,
            CreatedAt = now,
        };
        try
        {
            Input.Check(row.ProfileOn(ChinaTime.Day(now)));
        }
        catch (ArgumentException wrong)
        {
            return Problem.Validation("profile.weights", "invalid", $"权重不合要求：{wrong.Message}", wrong.Message);
        }

        await tx.Execute(Insert, new { row.Id, row.Version, row.Name, row.State, row.Request, row.Progress, row.Divisions, row.Frozen, LeaseUntil = 0L, CreatedBy = caller.Subject, row.CreatedAt });
        return Reply.Accepted($"/api/rounds/{row.Id}", row.View());
    }
}
