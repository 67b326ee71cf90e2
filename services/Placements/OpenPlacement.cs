using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.Placements.Copies;
using LaborBridge.Placements.Ledger;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements;

/// <summary>
/// Opens a spell that never passed through an offer: from a roster, a firm's list, the worker's word. Nobody under 16; at most one running placement a
/// worker; spells do not overlap by day (domain.md 3 and 7).
/// </summary>
internal static class OpenPlacement
{
    internal sealed record Request(
        Guid WorkerId, Source Source, Firm? Employer, Guid? Posting, Place Workplace, string Channel, DateOnly StartedOn, decimal? MonthlyPay = null, string? Trade = null,
        string? ContractForm = null, DateOnly? EndedOn = null, string? Reason = null);

    internal sealed record Firm(Guid? Id = null, string? Name = null);

    internal sealed record Place(string Division, string? Text = null);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/placements",
            (Request request, HttpContext http, Requests<PlacementsService> requests, PlacementsOptions options, TimeProvider time) =>
                requests.Write(http, request, (tx, caller) => Handle(tx, caller, request, options, time)))
        .Allow(Role.Station, Role.Official, Role.Admin).WithName("OpenPlacement").Produces<PlacementView>(StatusCodes.Status201Created);

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Request request, PlacementsOptions options, TimeProvider time)
    {
        if (Check(request, options.LastDayToRecord(time)) is { } invalid)
            return invalid;
        var worker = await WorkerCopy.Lock(tx, request.WorkerId);
        if (!caller.Covers(worker.HomeDivision) && !caller.Covers(request.Workplace.Division))
            return Problem.NotFound(new Text("没有找到该务工人员，或者不在您的管辖范围内。", "No such worker, or outside your scope."));
        if (worker.BirthYear is { } birth && request.StartedOn.Year - birth < LegalAge.Work)
            return Problem.Unprocessable("under-16", new Text("未满 16 周岁，不得介绍或登记就业。", "Nobody under 16 may be introduced to or recorded in work."));
        var others = await PlacementRow.OfWorker(tx, request.WorkerId);
        if (Overlap.Find(others, request.StartedOn, request.EndedOn) is { } overlap)
            return overlap;

        var id = Guid.CreateVersion7(time.GetUtcNow());
        var posting = request.Posting is { } posted ? await PostingCopy.Find(tx, posted) : null;
        var employer = request.Employer?.Id ?? posting?.EmployerId;
        var trade = request.Trade ?? posting?.Trade ?? Trades.General;
        var row = await Moves.Open(tx, time,
            new LedgerEntry
            {
                Kind = EntryKind.Opened,
                On = request.StartedOn,
                Worker = request.WorkerId,
                Placement = id,
                Recorder = Sight.Recorder(caller),
                Source = request.Source,
                Employer = employer,
                EmployerName = employer is null ? request.Employer?.Name?.Trim() : (await EmployerCopy.Find(tx, employer.Value))?.Name,
                Posting = request.Posting,
                Trade = trade,
                Workplace = request.Workplace.Division,
                Channel = request.Channel,
                Farm = FarmWork.Is(trade, industry: null) ? true : null,
                Form = request.ContractForm ?? posting?.ContractForm,
            },
            request.Workplace.Text?.Trim(), worker.HomeDivision, [.. Steps(request, id, Sight.Recorder(caller))]);
        return Reply.Created($"/api/placements/{id}", PlacementView.Of(row), row.Version);
    }

    static IEnumerable<LedgerEntry> Steps(Request request, Guid id, string recorder)
    {
        yield return new LedgerEntry
        {
            Kind = EntryKind.Started,
            On = request.StartedOn,
            Worker = request.WorkerId,
            Placement = id,
            Recorder = recorder,
            PayFen = request.MonthlyPay is { } pay ? Money.FromYuan(pay).Fen : null,
        };
        if (request.EndedOn is { } ended)
            yield return new LedgerEntry { Kind = EntryKind.Left, On = ended, Worker = request.WorkerId, Placement = id, Recorder = recorder, Reason = request.Reason ?? "other" };
    }

    static Problem? Check(Request request, DateOnly lastDay)
    {
        var checks = new Checks();
        checks.That(DivisionCode.TryParse(request.Workplace.Division, out var division) && Divisions.Exists(division), "workplace.division", "division-unknown",
            "没有这个行政区划代码。", "No such division code.");
        checks.That(request.Employer is { Id: not null } or { Name.Length: > 0 } or null || request.Posting is not null, "employer", "required", "请填写用人单位，或者不填该项。", "Give the firm's id or name, or leave it out.");
        checks.Longest("employer.name", request.Employer?.Name, 200);
        checks.Longest("workplace.text", request.Workplace.Text, 400);
        checks.That(Channels.Find(request.Channel) is { } channel && channel.Validity.Contains(request.StartedOn), "channel", "unknown-value", "没有这个就业渠道。", "No such channel.");
        checks.That(request.Trade is null || Trades.Find(request.Trade) is not null, "trade", "unknown-value", "没有这个工种代码。", "No such trade.");
        checks.That(request.ContractForm is null || Placement.ContractForms.Contains(request.ContractForm), "contractForm", "unknown-value", "合同形式应为直签、派遣或实习。", "direct, dispatch or internship.");
        checks.That(request.StartedOn <= lastDay, "startedOn", "in-the-future", "上岗日期不能晚于今天。", "The first day lies in the future.");
        checks.That(request.StartedOn >= new DateOnly(1990, 1, 1), "startedOn", "out-of-range", "上岗日期过早，请核对。", "The first day is too long ago.");
        checks.That(request.EndedOn is null || (request.EndedOn >= request.StartedOn && request.EndedOn <= lastDay), "endedOn", "out-of-range",
            "离岗日期应在上岗日期与今天之间。", "The last day lies between the first day and today.");
        checks.That(request.Reason is null || Placement.LeavingReasons.Contains(request.Reason), "reason", "unknown-value", "没有这个离岗原因。", "No such reason.");
        checks.That(request.MonthlyPay is null || (request.MonthlyPay is >= 0 and <= 100_000 && Money.TryFromYuan(request.MonthlyPay.Value, out _)), "monthlyPay", "out-of-range",
            "月工资应在 0 至 100000 元之间，最多两位小数。", "Monthly pay is between 0 and 100,000 yuan with at most two decimals.");
        return checks.Problem;
    }
}
