using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Transfers;

/// <summary>A request to take over a worker from another station. Both sides see it: the one asked, and the one that asks.</summary>
internal sealed record TransferRow
{
    public const string Open = "open", Granted = "granted", Refused = "refused", Withdrawn = "withdrawn";

    private const string Columns = """
        t.id, t.version, t.state, t.worker_id, t.from_division, t.to_hukou, t.to_address, t.to_division, t.reason, t.station_id, t.requested_by, t.requester_name,
        t.requested_at, t.refusal, t.decided_by, t.decided_at
        """;

    private static readonly string Seen = $"({ScopeRanges.Where("t.from_division")} OR {ScopeRanges.Where("t.to_division")})";

    private static readonly Sql InsertOne = Sql.Insert("transfers", Columns.Replace("t.", "", StringComparison.Ordinal));

    private static readonly Sql SelectSome = Sql.Text($"SELECT {Columns} FROM transfers t WHERE {Seen} AND (@State = '' OR t.state = @State) AND t.id < @Before ORDER BY t.id DESC {"{first:@Take}"}");

    private static readonly Sql SelectOne = Sql.Text($"SELECT {Columns} FROM transfers t WHERE t.id = @Id AND {Seen}");

    private static readonly Sql SelectOpen = Sql.Text($"SELECT {Columns} FROM transfers t WHERE t.worker_id = @WorkerId AND t.state = 'open'");

    private static readonly Sql UpdateOne = Sql.Text("""
        UPDATE transfers SET version = version + 1, state = @State, refusal = @Refusal, decided_by = @DecidedBy, decided_at = @DecidedAt WHERE id = @Id AND version = @Version
        """);

    // Who asked the former home asks the new one from now on.
    private static readonly Sql PassOn = Sql.Text("UPDATE transfers SET from_division = @Home WHERE worker_id = @WorkerId AND state = 'open' AND id <> @Id");

    private static readonly Sql SelectIds = Sql.Text("SELECT id FROM transfers WHERE worker_id = @Worker ORDER BY id");

    private static readonly Sql ForgetReasons = Sql.Text("UPDATE transfers SET reason = '', refusal = NULL WHERE worker_id = @Worker");

    public required Guid Id { get; init; }
    public required long Version { get; init; }
    public required string State { get; init; }
    public required Guid WorkerId { get; init; }
    public required string FromDivision { get; init; }
    public required string ToHukou { get; init; }
    public string? ToAddress { get; init; }

    /// <summary>The new home, as fine as known.</summary>
    public required string ToDivision { get; init; }
    public required string Reason { get; init; }
    public Guid? StationId { get; init; }
    public required string RequestedBy { get; init; }
    public required string RequesterName { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public string? Refusal { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    public static Task Insert(Tx tx, TransferRow row) => tx.Execute(InsertOne, row);

    public static Task<List<TransferRow>> Find(Tx tx, Caller caller, string state, PageRequest page) =>
        tx.Query<TransferRow>(SelectSome, Args.With(caller.Scope, new { State = state, Before = page.After ?? "~", page.Take }));

    public static Task<TransferRow?> Find(Tx tx, Caller caller, Guid id) => tx.First<TransferRow>(SelectOne, Args.With(caller.Scope, new { Id = id }));

    public static Task<List<TransferRow>> OpenOf(Tx tx, Guid worker) => tx.Query<TransferRow>(SelectOpen, new { WorkerId = worker });

    /// <summary>Passes the other open requests for a worker on to his new home.</summary>
    public static Task Redirect(Tx tx, TransferRow granted) => tx.Execute(PassOn, new { Home = granted.ToDivision, granted.WorkerId, granted.Id });

    /// <summary>Forgets at an erasure what people wrote about the worker, and the answers kept for repeated requests, which carry the masked name.</summary>
    public static async Task Forget(Tx tx, Guid worker)
    {
        await tx.Execute(ForgetReasons, new { Worker = worker });
        foreach (var id in await tx.Query<Guid>(SelectIds, new { Worker = worker }))
        {
            await Idempotency.Blank(tx, $"/api/transfers/{id:D}");
        }
    }

    /// <summary>Writes the decision; false when somebody else decided first.</summary>
    public static async Task<bool> Decide(Tx tx, TransferRow decided) => await tx.Execute(UpdateOne, decided) == 1;
}
