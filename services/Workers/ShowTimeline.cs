using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>What happened to a worker, in the order in which it became known here; no personal data.</summary>
internal static class ShowTimeline
{
    private static readonly Sql SelectSteps = Sql.Text("""
        SELECT id, worker_id, kind, happened_on, known_at, ordinal, actor, detail, source FROM worker_steps
        WHERE (worker_id = @WorkerId OR worker_id IN (SELECT d.absorbed_id FROM duplicates d WHERE d.kept_id = @WorkerId AND d.state = 'merged'))
        AND (known_at > @KnownAt OR (known_at = @KnownAt AND (ordinal > @Ordinal OR (ordinal = @Ordinal AND id > @Id))))
        ORDER BY known_at, ordinal, id {first:@Take}
        """);

    private static readonly Dictionary<string, Text> Labels = new(StringComparer.Ordinal)
    {
        ["registered"] = new("摸底登记", "registered"),
        ["corrected"] = new("更正档案", "corrected"),
        ["wishes-recorded"] = new("记录求职意愿", "wishes recorded"),
        ["consent-given"] = new("作出同意", "consent given"),
        ["consent-withdrawn"] = new("撤回同意", "consent withdrawn"),
        ["training-finished"] = new("完成培训", "training finished"),
        ["merged"] = new("并入另一份档案", "merged into another record"),
        ["took-over"] = new("并入重复档案", "took over a duplicate record"),
        ["separated"] = new("撤销合并", "merger undone"),
        ["transfer-requested"] = new("申请转入", "transfer asked for"),
        ["transfer-granted"] = new("同意转入", "transfer granted"),
        ["transfer-refused"] = new("不同意转入", "transfer refused"),
        ["transfer-withdrawn"] = new("撤回转入申请", "transfer request withdrawn"),
        ["called"] = new("电话联系", "called"),
        ["revealed"] = new("查看完整个人信息", "personal data shown"),
        ["exported"] = new("向本人提供个人信息副本", "copy given to the person"),
        ["out-moved-away"] = new("户口迁出，退出登记", "left: moved away"),
        ["out-deceased"] = new("死亡，退出登记", "left: deceased"),
        ["out-own-wish"] = new("本人要求退出", "left at their own wish"),
        ["back-in"] = new("恢复登记", "brought back"),
        ["erased"] = new("删除个人信息", "personal data erased"),
        ["offered"] = new("岗位推荐", "offer made"),
        ["offer-answered"] = new("答复录用意向", "offer answered"),
        ["offer-closed"] = new("录用意向结束", "offer closed"),
        ["goes-with"] = new("登记同行人", "travels with somebody"),
        ["goes-alone"] = new("取消同行", "travels alone"),
        ["household-status"] = new("户类型变动", "household status"),
        ["hired"] = new("录用", "hired"),
        ["placed"] = new("记录务工", "placement recorded"),
        ["contract"] = new("签订合同", "contract signed"),
        ["departed"] = new("输送出发", "departed"),
        ["arrived"] = new("抵达交接", "arrived"),
        ["refused"] = new("报到未录用", "refused at the gate"),
        ["started"] = new("在岗", "on post"),
        ["leave"] = new("休假", "on leave"),
        ["back"] = new("返岗", "back on post"),
        ["evidence"] = new("稳岗佐证", "evidence recorded"),
        ["correction"] = new("更正", "correction"),
        ["left"] = new("离岗", "left"),
    };

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/workers/{id:guid}/timeline",
        (Guid id, HttpContext http, Requests<WorkersService> requests) =>
            requests.Read(http, (tx, caller) => Handle(tx, caller, id, PageRequest.From(http), http.Language())))
        .Allow(Role.Collector, Role.Station, Role.Official, Role.Admin).WithName("ShowTimeline").Produces<Paged<Item>>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, PageRequest page, Language language)
    {
        if (await WorkerStore.Find(tx, caller, id) is null)
        {
            return Problem.NotFound();
        }

        var rows = await tx.Query<StepRow>(SelectSteps, Place.Of(page).After(id, page.Take));
        return Reply.Ok(Paged.From(page, rows, row => $"{Microseconds(row.KnownAt)} {row.Ordinal} {row.Id:D}", row => new Item(
            row.KnownAt, row.HappenedOn, row.Kind, Labels.TryGetValue(row.Kind, out var label) ? label.In(language) : row.Kind, row.Actor, row.Detail, row.Source)));
    }

    private static long Microseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    /// <summary>Where a part of the timeline ended.</summary>
    private sealed record Place(long KnownAt, long Ordinal, string Id)
    {
        public static Place Of(PageRequest page) => page.After?.Split(' ') switch
        {
            null => new(long.MinValue, 0, ""),
            [var known, var ordinal, var id] when long.TryParse(known, out var at) && long.TryParse(ordinal, out var number) => new(at, number, id),
            _ => throw new ProblemException(Problem.Validation("cursor", "malformed", "cursor 应原样取自上一页的 next。", "Take cursor unchanged from the previous answer's next.")),
        };

        public object After(Guid worker, int take) => new { WorkerId = worker, KnownAt, Ordinal, Id, Take = take };
    }

    internal sealed record Item(DateTimeOffset At, DateOnly On, string Kind, string Label, string? Actor, string? Detail, string Source);
}
