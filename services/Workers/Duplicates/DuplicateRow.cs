using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Duplicates;

/// <summary>A pair of records that look like one person, and what became of it.</summary>
internal sealed record DuplicateRow
{
    public const string Open = "open", Different = "different", Merged = "merged";

    /// <summary>The way out of a record that was merged into another.</summary>
    public const string OutReason = "merged";

    private const string Columns = "d.id, d.first_id, d.second_id, d.version, d.state, d.likeness, d.found_at, d.kept_id, d.absorbed_id, d.filled, d.decided_by, d.decided_at";

    // Both homes lie in the caller's divisions: a pair across two stations is for the officials above them.
    private static readonly string FromSeen = $"""
        FROM duplicates d JOIN workers f ON f.id = d.first_id JOIN workers s ON s.id = d.second_id
        WHERE {ScopeRanges.Where("f.home_division")} AND {ScopeRanges.Where("s.home_division")}
        """;

    private static readonly Sql InsertNew = Sql.InsertOrIgnore(
        "duplicates", "first_id, second_id", "id, version, state, likeness, found_at, kept_id, absorbed_id, filled, decided_by, decided_at");

    // A pair of which one side has left meanwhile is no question any more.
    private static readonly Sql SelectSome = Sql.Text($"""
        SELECT {Columns} {FromSeen} AND d.state = @State AND d.id > @After AND (@Worker = '' OR d.first_id = @Worker OR d.second_id = @Worker)
        AND (@State <> 'open' OR (f.out_reason IS NULL AND s.out_reason IS NULL))
        ORDER BY d.id {"{first:@Take}"}
        """);

    private static readonly Sql SelectSeen = Sql.Text($"SELECT {Columns} {FromSeen} AND d.id = @Id");

    private static readonly Sql SelectMerger = Sql.Text($"SELECT {Columns} FROM duplicates d WHERE d.absorbed_id = @Absorbed AND d.state = 'merged'");

    private static readonly Sql SelectAbsorbed = Sql.Text("SELECT absorbed_id FROM duplicates WHERE kept_id = @Kept AND state = 'merged' ORDER BY id");

    private static readonly Sql UpdateOne = Sql.Text("""
        UPDATE duplicates SET version = version + 1, state = @State, kept_id = @KeptId, absorbed_id = @AbsorbedId, filled = @Filled, decided_by = @DecidedBy, decided_at = @DecidedAt
        WHERE id = @Id AND version = @Version
        """);

    private static readonly Sql SelectIds = Sql.Text("SELECT id FROM duplicates WHERE first_id = @Worker UNION SELECT id FROM duplicates WHERE second_id = @Worker");

    private static readonly Sql ForgetFilled = Sql.Text("UPDATE duplicates SET filled = NULL WHERE kept_id = @Worker OR absorbed_id = @Worker");

    public required Guid Id { get; init; }
    public required Guid FirstId { get; init; }
    public required Guid SecondId { get; init; }
    public required long Version { get; init; }
    public required string State { get; init; }
    public required string Likeness { get; init; }
    public required DateTimeOffset FoundAt { get; init; }
    public Guid? KeptId { get; init; }
    public Guid? AbsorbedId { get; init; }
    public string? Filled { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Puts pairs into the queue; one that stood there before, however it was decided, stays as it is.</summary>
    public static Task Insert(Tx tx, IReadOnlyCollection<DuplicateRow> rows) => tx.ExecuteMany(InsertNew, rows);

    public static Task<List<DuplicateRow>> Find(Tx tx, Caller caller, string state, Guid? worker, PageRequest page) =>
        tx.Query<DuplicateRow>(SelectSome, Args.With(caller.Scope, new { State = state, Worker = worker?.ToString("D") ?? "", After = page.After ?? "", page.Take }));

    public static Task<DuplicateRow?> Find(Tx tx, Caller caller, Guid id) => tx.First<DuplicateRow>(SelectSeen, Args.With(caller.Scope, new { Id = id }));

    /// <summary>Into which record one was merged.</summary>
    public static async Task<Guid?> MergedInto(Tx tx, Guid absorbed) => (await tx.First<DuplicateRow>(SelectMerger, new { Absorbed = absorbed }))?.KeptId;

    /// <summary>The records that were merged into one.</summary>
    public static Task<List<Guid>> MergedWith(Tx tx, Guid kept) => tx.Query<Guid>(SelectAbsorbed, new { Kept = kept });

    /// <summary>Forgets at an erasure what a merger carried over, and the answers kept for repeated requests, which name the record.</summary>
    public static async Task Forget(Tx tx, Guid worker)
    {
        await tx.Execute(ForgetFilled, new { Worker = worker });
        foreach (var id in await tx.Query<Guid>(SelectIds, new { Worker = worker }))
        {
            await Idempotency.Blank(tx, $"/api/duplicates/{id:D}");
        }
    }

    /// <summary>Writes the decision; false when somebody else decided first.</summary>
    public static async Task<bool> Decide(Tx tx, DuplicateRow decided) => await tx.Execute(UpdateOne, decided) == 1;
}
