using System.Text.RegularExpressions;
using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Calls;

/// <summary>What came of a call.</summary>
internal enum CallOutcome
{
    [Word("无人接听", "no answer")]
    NoAnswer,
    [Word("关机或停机", "switched off")]
    SwitchedOff,
    [Word("号码不对", "wrong number")]
    WrongNumber,
    [Word("约定再联系", "call again later")]
    Later,
    [Word("不愿回答", "would not say")]
    NoComment,
}

/// <summary>The attempts to reach a worker.</summary>
internal sealed class AttemptRow
{
    public required Guid WorkerId { get; init; }
    public required int Attempts { get; init; }
    public required DateTimeOffset TriedAt { get; init; }
    public required string Outcome { get; init; }
}

/// <summary>Which part of the call list.</summary>
internal sealed record CallFilter(string? Division, string? Village)
{
    public Problem? Problem()
    {
        var checks = new Checks();
        if (Division is { Length: > 0 } && !DivisionCode.TryParse(Division, out _))
        {
            Note.UnknownDivision(checks, "division", Division);
        }

        // Villages are free text, and encrypted: they are looked through town by town.
        checks.That(Village is not { Length: > 0 } || Division is { Length: >= 9 }, "division", "town-needed", "按村筛选时请先选择乡镇。", "Choose the town before the village.");
        return checks.Problem;
    }
}

/// <summary>A worker to be called.</summary>
internal sealed record CallLine(WorkerRow Row, Person Person, AttemptRow? Attempts)
{
    public string? Village => CallStore.VillageOf(Person.AddressText);
}

/// <summary>Who has not been asked yet: registered, free, no wishes recorded. Those never tried come first, then those whose last try is longest ago.</summary>
internal static partial class CallStore
{
    private const int Portion = 500;

    private static readonly Sql SelectUnasked = Sql.Text($"""
        SELECT {WorkerStore.Columns} FROM workers w LEFT JOIN call_attempts a ON a.worker_id = w.id
        WHERE w.wishes IS NULL AND w.status = 'registered' AND w.home_division >= @DivisionLo AND w.home_division < @DivisionHi AND {Sight.Where}
            AND (COALESCE(a.tried_at, 0) > @TriedAt OR (COALESCE(a.tried_at, 0) = @TriedAt AND w.id > @After))
        ORDER BY COALESCE(a.tried_at, 0), w.id {"{first:@Take}"}
        """);

    private static readonly Sql SelectAttempts = Sql.Text("SELECT worker_id, attempts, tried_at, outcome FROM call_attempts WHERE worker_id IN @Ids");

    private static readonly Sql SaveAttempts = Sql.Upsert("call_attempts", "worker_id", "attempts, tried_at, outcome");

    public static async Task<AttemptRow?> AttemptsOf(Tx tx, Guid worker) => (await Attempts(tx, [worker])).GetValueOrDefault(worker);

    public static Task Save(Tx tx, AttemptRow attempts) => tx.Execute(SaveAttempts, attempts);

    /// <summary>The village in an address: 毛沟村三组 → 毛沟村. Null where none is named.</summary>
    public static string? VillageOf(string? address) => address is not null && Village().Match(Cells.Word(address)) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The next lines behind a place in the list.</summary>
    public static async Task<List<CallLine>> Next(Tx tx, Caller caller, CallFilter filter, PageRequest page, Sealing sealing)
    {
        var found = new List<CallLine>();
        var (tried, after) = Place(page.After);
        var wanted = filter.Village is { Length: > 0 } village ? Cells.Word(village) : null;
        for (var isEnd = false; !isEnd && found.Count < page.Take;)
        {
            var take = wanted is null ? page.Take : Portion;
            var rows = await tx.Query<WorkerRow>(SelectUnasked, Sight.Args(caller, Range(filter, tried, after, take)));
            var attempts = await Attempts(tx, rows.Select(row => row.Id));
            var lines = rows.Select(row => new CallLine(row, sealing.Open(row)!, attempts.GetValueOrDefault(row.Id))).ToList();
            found.AddRange(lines.Where(line => wanted is null || line.Village == wanted));
            isEnd = rows.Count < take;
            (tried, after) = lines.Count > 0 ? Place(Key(lines[^1])) : (tried, after);
        }

        return found;
    }

    /// <summary>A line's place in the list.</summary>
    public static string Key(CallLine line) => $"{(line.Attempts is { } tried ? (tried.TriedAt.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10 : 0)} {line.Row.Id:D}";

    private static (long TriedAt, string Id) Place(string? key) => key?.Split(' ') switch
    {
        null => (0, ""),
        [var tried, var id] when long.TryParse(tried, out var at) => (at, id),
        _ => throw new ProblemException(ServiceDefaults.Problem.Validation("cursor", "malformed", "cursor 应原样取自上一页的 next。", "Take cursor unchanged from the previous answer's next.")),
    };

    private static object Range(CallFilter filter, long tried, string after, int take)
    {
        var range = ScopeRanges.Of(filter.Division is { Length: > 0 } code ? [code] : []);
        var isSet = filter.Division is { Length: > 0 };
        return new { DivisionLo = isSet ? range.ScopeLo0 : "", DivisionHi = isSet ? range.ScopeHi0 : "~", TriedAt = tried, After = after, Take = take };
    }

    private static async Task<Dictionary<Guid, AttemptRow>> Attempts(Tx tx, IEnumerable<Guid> workers)
    {
        var ids = workers.Select(id => id.ToString("D")).ToList();
        return ids.Count == 0 ? [] : (await tx.Query<AttemptRow>(SelectAttempts, new { Ids = ids })).ToDictionary(row => row.WorkerId);
    }

    [GeneratedRegex("^(?:.*?[省县镇乡])?([^省县镇乡村]{1,20}?(?:村|社区))", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Village();
}
