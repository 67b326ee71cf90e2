using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// Finds workers in the caller's sight: newest first, filtered; by a full name, a phone, the last four of the ID, the whole ID or the
/// household's number (names are encrypted, so a part of a name finds nobody); or by id, for pages that need names.
/// </summary>
internal static class FindWorkers
{
    private const int MostIds = 200;

    private const string Filter = """
        AND w.id < @Before AND (@StatusFilter = '' OR w.status = @StatusFilter) AND w.home_division >= @DivisionLo AND w.home_division < @DivisionHi
        AND (@Trade = '' OR EXISTS (SELECT 1 FROM worker_terms t WHERE t.worker_id = w.id AND t.kind = 'trade' AND t.term = @Trade))
        AND (@HouseholdStatus = '' OR EXISTS (SELECT 1 FROM households h WHERE h.household_number = w.household_number AND h.current_status = @HouseholdStatus))
        ORDER BY w.id DESC {first:@Take}
        """;

    private static readonly Sql SelectAll = Sql.Text($"SELECT {WorkerStore.Columns} FROM workers w WHERE {Sight.Where} {Filter}");

    private static readonly Sql SelectFound = Sql.Text($"""
        SELECT {WorkerStore.Columns} FROM workers w
        WHERE w.id IN (
            SELECT id FROM workers WHERE id_hash = @IdHash UNION SELECT id FROM workers WHERE tail_hash = @TailHash
            UNION SELECT id FROM workers WHERE name_hash = @NameHash UNION SELECT id FROM workers WHERE household_number = @Household
            UNION SELECT worker_id FROM worker_terms WHERE term = @PhoneHash AND kind = 'phone')
        AND {Sight.Where} {Filter}
        """);

    private static readonly Sql SelectGiven = Sql.Text($"SELECT {WorkerStore.Columns} FROM workers w WHERE w.id IN @Ids AND {Sight.Where} ORDER BY w.id");

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/workers",
        (HttpContext http, Requests<WorkersService> requests, Sealing sealing, DisclosureLog disclosures, TimeProvider time,
            string? q = null, string? division = null, string? status = null, string? trade = null, string? householdStatus = null, string? ids = null) =>
            requests.Read(http, (tx, caller) => ids is null
                ? Handle(tx, caller, new Query(q, division, status, trade, householdStatus), PageRequest.From(http), sealing, disclosures, time)
                : HandleIds(tx, caller, ids, sealing, disclosures, time)))
        .Allow(Role.Collector, Role.Station, Role.Official, Role.Employer, Role.Admin).WithName("FindWorkers").Produces<Paged<WorkerView>>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, Query query, PageRequest page, Sealing sealing, DisclosureLog disclosures, TimeProvider time)
    {
        var checks = new Checks();
        query.Check(checks);
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        // What a firm may not see, it may not filter by either: membership in a filtered list would tell it.
        var search = Search.Of(query.Q, sealing);
        var asked = caller.Role == Role.Employer ? new Query(query.Q, null, null, null, null) : query;
        var division = ScopeRanges.Of(asked.Division is { Length: > 0 } code ? [code] : []);
        var rows = await tx.Query<WorkerRow>(search is null ? SelectAll : SelectFound, Sight.Args(caller, new
        {
            Before = page.After ?? "~",
            StatusFilter = asked.Status ?? "",
            DivisionLo = asked.Division is { Length: > 0 } ? division.ScopeLo0 : "",
            DivisionHi = asked.Division is { Length: > 0 } ? division.ScopeHi0 : "~",
            Trade = asked.Trade ?? "",
            HouseholdStatus = asked.HouseholdStatus ?? "",
            page.Take,
            IdHash = search?.IdHash ?? "-",
            TailHash = search?.TailHash ?? "-",
            NameHash = search?.NameHash ?? "-",
            PhoneHash = search?.PhoneHash ?? "-",
            Household = search?.Household ?? "-",
        }));
        var paged = Paged.From(page, rows, row => row.Id.ToString("D"), row => row);
        return Reply.Ok(new Paged<object>(await Items(tx, caller, paged.Items, sealing, disclosures, time), paged.Next));
    }

    public static async Task<Reply> HandleIds(Tx tx, Caller caller, string ids, Sealing sealing, DisclosureLog disclosures, TimeProvider time)
    {
        var wanted = ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (wanted.Length > MostIds || !Array.TrueForAll(wanted, id => Guid.TryParse(id, out _)))
        {
            return Problem.Validation("ids", "malformed", $"ids 为逗号分隔的编号，最多 {MostIds} 个。", $"ids are separated by commas, {MostIds} at most.");
        }

        var rows = await tx.Query<WorkerRow>(SelectGiven, Sight.Args(caller, new { Ids = wanted.Select(id => Guid.Parse(id).ToString("D")).ToList() }));
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

    /// <summary>What is asked for.</summary>
    internal sealed record Query(string? Q, string? Division, string? Status, string? Trade, string? HouseholdStatus)
    {
        public void Check(Checks checks)
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
        }
    }

    /// <summary>A search text as the hashes it may equal.</summary>
    internal sealed record Search(string? IdHash, string? TailHash, string? NameHash, string? PhoneHash, string? Household)
    {
        public static Search? Of(string? q, Sealing sealing)
        {
            var text = Cells.Identifier(q);
            if (text.Length == 0)
            {
                return null;
            }

            var digits = text.All(char.IsAsciiLetterOrDigit);
            return new Search(
                ResidentId.TryParse(text, out var id) ? sealing.IdHash(id) : null,
                text.Length == 4 && text[..3].All(char.IsAsciiDigit) && (char.IsAsciiDigit(text[3]) || text[3] == 'X') ? sealing.TailHash(text) : null,
                digits ? null : sealing.NameHash(q!),
                Phone.TryParse(text, out var phone) ? sealing.PhoneHash(phone) : null,
                digits && text.Length > 4 ? text : null);
        }
    }
}
