using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// Finds workers in the caller's sight: newest first, filtered by place, status, trade, household status and the day from which they are free; by a text
/// (<see cref="SearchText"/>); or by id, for pages that need names.
/// </summary>
internal static class FindWorkers
{
    private const int MostIds = 200;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/workers",
        (HttpContext http, Requests<WorkersService> requests, Sealing sealing, DisclosureLog disclosures, TimeProvider time,
            string? q = null, string? division = null, string? status = null, string? trade = null, string? householdStatus = null, string? available = null, string? ids = null) =>
            requests.Read(http, (tx, caller) => ids is null
                ? Handle(tx, caller, new Query(q, division, status, trade, householdStatus, available), PageRequest.From(http), sealing, disclosures, time)
                : HandleIds(tx, caller, ids, sealing, disclosures, time)))
        .Allow(Role.Collector, Role.Station, Role.Official, Role.Employer, Role.Admin).WithName("FindWorkers").Produces<Paged<WorkerView>>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, Query query, PageRequest page, Sealing sealing, DisclosureLog disclosures, TimeProvider time)
    {
        var checks = new Checks();
        var filter = query.Check(checks);
        var text = SearchText.Of(query.Q, sealing, checks);
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        // What a firm may not see, it may not filter by either: membership in a filtered list would tell it.
        filter = caller.Role == Role.Employer ? new SearchFilter("", "", "", "", "") : filter;
        // Somebody found by the last six is one of some thirty who share the last four: all of them are read and compared, and there is no second page.
        var compared = text?.LastSix is not null;
        var rows = await WorkerSearch.Find(tx, caller, filter, text, compared ? "~" : page.After ?? "~", compared ? MostIds : page.Take);
        var shown = compared ? rows.Where(row => text!.Fits(row, sealing.Open(row))).Take(page.Limit).ToList() : rows;
        var paged = Paged.From(page, shown, row => row.Id.ToString("D"), row => row);
        return Reply.Ok(new Paged<object>(await Items(tx, caller, paged.Items, sealing, disclosures, time), paged.Next));
    }

    public static async Task<Reply> HandleIds(Tx tx, Caller caller, string ids, Sealing sealing, DisclosureLog disclosures, TimeProvider time)
    {
        var wanted = ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (wanted.Length > MostIds || !Array.TrueForAll(wanted, id => Guid.TryParse(id, out _)))
        {
            return Problem.Validation("ids", "malformed", $"ids 为逗号分隔的编号，最多 {MostIds} 个。", $"ids are separated by commas, {MostIds} at most.");
        }

        var rows = await WorkerSearch.Given(tx, caller, [.. wanted.Select(id => Guid.Parse(id).ToString("D"))]);
        return Reply.Ok(new Paged<object>(await Items(tx, caller, rows, sealing, disclosures, time), Next: null));
    }

    private static async Task<List<object>> Items(Tx tx, Caller caller, IReadOnlyList<WorkerRow> rows, Sealing sealing, DisclosureLog disclosures, TimeProvider time)
    {
        if (caller.Role == Role.Employer)
        {
            List<DisclosedWorker> disclosed = [.. rows.Select(row => DisclosedWorker.Of(row, sealing.Open(row))).OfType<DisclosedWorker>()];
            await disclosures.Note(tx, caller, disclosed);
            return [.. disclosed];
        }

        var numbers = rows.Select(row => row.HouseholdNumber).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var households = await WorkerStore.Households(tx, numbers);
        var today = ChinaTime.Today(time);
        return [.. rows.Select(row => WorkerView.Of(
            caller, row, sealing.Open(row), row.HouseholdNumber is { } number && households.TryGetValue(number, out var household) ? WorkerStore.Of(household) : [],
            consents: null, today))];
    }

    /// <summary>What is asked for, as sent.</summary>
    internal sealed record Query(string? Q, string? Division = null, string? Status = null, string? Trade = null, string? HouseholdStatus = null, string? Available = null)
    {
        public SearchFilter Check(Checks checks)
        {
            if (Status is { Length: > 0 } && !Kebab.TryParse<WorkerStatus>(Status, out _))
            {
                Note.UnknownWord(checks, "status", Status, Kebab.All<WorkerStatus>());
            }

            if (Division is { Length: > 0 } && !DivisionCode.TryParse(Division, out _))
            {
                Note.UnknownDivision(checks, "division", Division);
            }

            if (Trade is { Length: > 0 } && Trades.Find(Trade) is null)
            {
                Note.UnknownTrade(checks, "trade", Trade);
            }

            checks.That(Available is null or "" || DateOnly.TryParseExact(Available, "yyyy-MM-dd", out _), "available", "malformed",
                "可上岗日期应写作 2026-12-01。", "Write the day as 2026-12-01.");
            // Free on a day: wants to, and has no running work. Who asks for a status as well gets those of that status.
            var status = Status is { Length: > 0 } ? Status : Available is { Length: > 0 } ? Kebab.Of(WorkerStatus.Willing) : "";
            return new SearchFilter(
                DivisionCode.TryParse(Division, out var code) ? code.ToString() : "", status, Trades.Find(Trade)?.Code ?? "", HouseholdStatus ?? "", Available ?? "");
        }
    }
}
