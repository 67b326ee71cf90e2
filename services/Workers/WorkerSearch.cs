using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>What is asked for, after the checks; empty where nothing is.</summary>
internal sealed record SearchFilter(string Division, string Status, string Trade, string Household, string Available);

/// <summary>
/// The ids of a page, newest first. One statement for all roles and filters would have one plan, and scan; here each kind of question is read from an index of
/// its own in the order of the answer: a county's list, its list by status, by trade, who works in a place, what somebody entered. A caller's divisions
/// become counties, each county gives its first rows, and the newest of all are the page. The rows are then read by id within the caller's sight.
/// </summary>
internal static class WorkerSearch
{
    private const string Household = "(@Household = '' OR EXISTS (SELECT 1 FROM households h WHERE h.household_number = w.household_number AND h.current_status = @Household))";

    private const string Rest = $"(@Available = '' OR w.available_from <= @Available) AND {Household}";

    private const string Any = $"""
        (@Status = '' OR w.status = @Status) AND {Rest}
        AND (@Trade = '' OR EXISTS (SELECT 1 FROM worker_trades t WHERE t.county = w.county AND t.trade = @Trade AND t.worker_id = w.id))
        """;

    private const string End = "ORDER BY id DESC {first:@Take}";

    private static readonly Sql InCounty = Sql.Text($"SELECT w.id AS id FROM workers w WHERE w.county = @Code AND w.id < @Before AND {Rest} {End}");

    private static readonly Sql InCountyByStatus = Sql.Text(
        $"SELECT w.id AS id FROM workers w WHERE w.county = @Code AND w.status = @Status AND w.id < @Before AND {Rest} {End}");

    private static readonly Sql InCountyByTrade = Sql.Text(
        $"SELECT t.worker_id AS id FROM worker_trades t WHERE t.county = @Code AND t.trade = @Trade AND t.worker_id < @Before {End}");

    // Two index ranges in the same order, merged: neither has to look the other's rows up.
    private static readonly Sql InCountyByStatusAndTrade = Sql.Text($"""
        SELECT w.id AS id FROM workers w WHERE w.county = @Code AND w.status = @Status AND w.id < @Before AND (@Available = '' OR w.available_from <= @Available)
        INTERSECT SELECT t.worker_id FROM worker_trades t WHERE t.county = @Code AND t.trade = @Trade AND t.worker_id < @Before {End}
        """);

    private static readonly Sql InCountyByTradeAndHousehold = Sql.Text($"""
        SELECT t.worker_id AS id FROM worker_trades t CROSS JOIN workers w
        WHERE w.id = t.worker_id AND t.county = @Code AND t.trade = @Trade AND t.worker_id < @Before AND (@Status = '' OR w.status = @Status) AND {Rest} {End}
        """);

    // A town or village, or a province whose counties are not listed.
    private static readonly Sql InRange = Sql.Text(
        $"SELECT w.id AS id FROM workers w WHERE w.home_division >= @Lo AND w.home_division < @Hi AND w.id < @Before AND {Any} {End}");

    private const string FromAsked = "(@Lo = '' OR (w.home_division >= @Lo AND w.home_division < @Hi))";

    private static readonly Sql AtWorkInCounty = Sql.Text(
        $"SELECT w.id AS id FROM workers w WHERE w.workplace_county = @Code AND w.id < @Before AND {FromAsked} AND {Any} {End}");

    private static readonly Sql AtWorkInCountyByStatus = Sql.Text(
        $"SELECT w.id AS id FROM workers w WHERE w.workplace_county = @Code AND w.status = @Status AND w.id < @Before AND {FromAsked} AND {Any} {End}");

    private static readonly Sql AtWorkInRange = Sql.Text($"""
        SELECT w.id AS id FROM workers w WHERE w.workplace_division >= @WorkLo AND w.workplace_division < @WorkHi AND w.id < @Before AND {FromAsked} AND {Any} {End}
        """);

    private static readonly Sql FirstWorkCounty = Sql.Text("SELECT MIN(w.workplace_county) FROM workers w WHERE w.workplace_county >= @Lo AND w.workplace_county < @Hi");

    private static readonly Sql FirstCounty = Sql.Text("SELECT MIN(w.county) FROM workers w WHERE w.county >= @Lo AND w.county < @Hi");

    private static readonly Sql EnteredBy = Sql.Text($"""
        SELECT w.id AS id FROM workers w WHERE w.entered_by = @Subject AND w.home_division >= @Lo AND w.home_division < @Hi AND w.id < @Before AND {Any} {End}
        """);

    private static readonly Sql Everywhere = Sql.Text($"SELECT w.id AS id FROM workers w WHERE w.id < @Before AND {Any} {End}");

    private static readonly Sql DisclosedTo = Sql.Text($"""
        SELECT DISTINCT c.worker_id AS id FROM consents c WHERE c.receiver = @Receiver AND c.withdrawn_at IS NULL AND c.worker_id < @Before {End}
        """);

    private static readonly Sql ByHash = Sql.Text($"""
        SELECT w.id AS id FROM workers w
        WHERE w.id IN (
            SELECT id FROM workers WHERE id_hash = @IdHash UNION SELECT id FROM workers WHERE tail_hash = @TailHash
            UNION SELECT id FROM workers WHERE start_hash = @NameStart AND name_hash = @NameHash UNION SELECT id FROM workers WHERE start_hash = @StartHash
            UNION SELECT id FROM workers WHERE household_number = @HouseholdNumber
            UNION SELECT worker_id FROM worker_terms WHERE term = @PhoneHash AND kind = 'phone'
            UNION SELECT worker_id FROM worker_terms WHERE term >= @PhoneTailHash AND term < @PhoneTailEnd AND kind = 'phone')
        AND {Sight.Where} AND w.home_division >= @Lo AND w.home_division < @Hi AND w.id < @Before AND {Any} {End}
        """);

    private static readonly Sql SelectGiven = Sql.Text($"SELECT {WorkerStore.Columns} FROM workers w WHERE w.id IN @Ids AND {Sight.Where} ORDER BY w.id DESC");

    /// <summary>The first rows of the list in the caller's sight, at most <paramref name="take"/>, beginning below <paramref name="before"/>.</summary>
    public static async Task<List<WorkerRow>> Find(Tx tx, Caller caller, SearchFilter filter, SearchText? text, string before, int take)
    {
        var ids = new List<string>();
        foreach (var (sql, args) in text is null ? await Sources(tx, caller, filter, before, take) : [(ByHash, text.Args(caller, Arguments(filter, before, take)))])
        {
            ids.AddRange(await tx.Query<string>(sql, args));
        }

        // The ids of two sources may be the same person's: home and workplace in one county.
        return await Given(tx, caller, [.. ids.Distinct(StringComparer.Ordinal).OrderDescending(StringComparer.Ordinal).Take(take)]);
    }

    /// <summary>The workers of these ids whom the caller sees, newest first.</summary>
    public static async Task<List<WorkerRow>> Given(Tx tx, Caller caller, IReadOnlyCollection<string> ids) =>
        ids.Count == 0 ? [] : await tx.Query<WorkerRow>(SelectGiven, Sight.Args(caller, new { Ids = ids }));

    private static async Task<IReadOnlyList<(Sql Sql, Dictionary<string, object?> Args)>> Sources(Tx tx, Caller caller, SearchFilter filter, string before, int take)
    {
        var args = Arguments(filter, before, take);
        return caller.Role switch
        {
            Role.Collector => [(EnteredBy, With(args, ("Subject", caller.Subject)))],
            Role.Employer => [(DisclosedTo, With(args, ("Receiver", caller.Employer ?? Guid.Empty)))],
            Role.Admin or Role.System => filter.Division.Length == 0 ? [(Everywhere, args)] : [.. (await Places(tx, filter.Division, FirstCounty)).Select(code => Home(code, filter, args))],
            Role.Station or Role.Official => [.. await Homes(tx, caller, filter, args), .. await Works(tx, caller, filter, args)],
            _ => throw new ArgumentOutOfRangeException(nameof(caller)),
        };
    }

    private static async Task<List<(Sql Sql, Dictionary<string, object?> Args)>> Homes(Tx tx, Caller caller, SearchFilter filter, Dictionary<string, object?> args)
    {
        var homes = new List<(Sql, Dictionary<string, object?>)>();
        foreach (var code in Narrowed(caller, filter.Division))
        {
            homes.AddRange((await Places(tx, code, FirstCounty)).Select(place => Home(place, filter, args)));
        }

        return homes;
    }

    // A province or prefecture as the counties in which somebody is.
    private static async Task<IReadOnlyList<string>> Places(Tx tx, string code, Sql first)
    {
        if (code.Length >= 6)
        {
            return [code];
        }

        var (lo, hi) = Range(code);
        if (await tx.Scalar<string>(first, new { Lo = lo, Hi = hi }) is null)
        {
            return [];
        }

        // Itself too: a workplace may be known no finer.
        var places = new List<string> { code };
        foreach (var division in Divisions.Below(DivisionCode.Parse(code)))
        {
            places.AddRange(await Places(tx, division.Code.ToString(), first));
        }

        return places;
    }

    private static (Sql Sql, Dictionary<string, object?> Args) Home(string code, SearchFilter filter, Dictionary<string, object?> args)
    {
        var (lo, hi) = Range(code);
        return IsRange(code) ? (InRange, With(args, ("Lo", lo), ("Hi", hi))) : (OfCounty(filter), With(args, ("Code", code)));
    }

    // Who lives where the caller sees everybody anyway is found by the home.
    private static async Task<List<(Sql Sql, Dictionary<string, object?> Args)>> Works(Tx tx, Caller caller, SearchFilter filter, Dictionary<string, object?> args)
    {
        var works = new List<(Sql, Dictionary<string, object?>)>();
        foreach (var code in caller.Divisions.Where(code => code.Length > 0 && (filter.Division.Length == 0 || !caller.Covers(filter.Division))))
        {
            foreach (var place in await Places(tx, code, FirstWorkCounty))
            {
                var (lo, hi) = Range(place);
                works.Add(IsRange(place)
                    ? (AtWorkInRange, With(args, ("WorkLo", lo), ("WorkHi", hi)))
                    : (filter.Status.Length > 0 ? AtWorkInCountyByStatus : AtWorkInCounty, With(args, ("Code", place))));
            }
        }

        return works;
    }

    // A town, a village, or a province of which no counties are listed; all else is equal to what stands in the county's column.
    private static bool IsRange(string code) => code.Length > 6 || (code.Length < 6 && Divisions.Below(DivisionCode.Parse(code)).Count == 0);

    private static Sql OfCounty(SearchFilter filter) => (filter.Status.Length > 0, filter.Trade.Length > 0, filter.Household.Length > 0) switch
    {
        (false, false, _) => InCounty,
        (true, false, _) => InCountyByStatus,
        (_, true, true) => InCountyByTradeAndHousehold,
        (true, true, false) => InCountyByStatusAndTrade,
        (false, true, false) => InCountyByTrade,
    };

    // What is asked for and what is seen, whichever is smaller.
    private static IEnumerable<string> Narrowed(Caller caller, string asked) => caller.Divisions.Where(own => own.Length > 0)
        .Select(own => asked.StartsWith(own, StringComparison.Ordinal) ? asked : own.StartsWith(asked, StringComparison.Ordinal) ? own : null).OfType<string>().Distinct(StringComparer.Ordinal);

    private static (string Lo, string Hi) Range(string code)
    {
        var range = ScopeRanges.Of(code.Length == 0 ? [] : [code]);
        return code.Length == 0 ? ("", "~") : (range.ScopeLo0, range.ScopeHi0);
    }

    private static Dictionary<string, object?> Arguments(SearchFilter filter, string before, int take)
    {
        var (lo, hi) = Range(filter.Division);
        return new(StringComparer.Ordinal)
        {
            ["Before"] = before, ["Take"] = take, ["Status"] = filter.Status, ["Trade"] = filter.Trade, ["Household"] = filter.Household, ["Available"] = filter.Available,
            ["Lo"] = lo, ["Hi"] = hi,
        };
    }

    private static Dictionary<string, object?> With(Dictionary<string, object?> args, params (string Name, object? Value)[] more)
    {
        var all = new Dictionary<string, object?>(args, StringComparer.Ordinal);
        foreach (var (name, value) in more)
        {
            all[name] = value;
        }

        return all;
    }
}
