using System.Security.Cryptography;
using System.Text;
using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// Who saw personal data in clear. Each entry's SHA-256 covers its fields and the hash before it: UTF-8 of <c>entry, worker, actor, role,
/// microseconds UTC, purpose, previous hash</c>, each followed by a line feed (a purpose has no line feed). The head row is locked by who appends.
/// </summary>
internal static class AccessLog
{
    private static readonly Sql SelectHead = Sql.Text("SELECT entries, hash FROM access_log_head {lock} WHERE id = 1 {for update}");

    private static readonly Sql ReadHead = Sql.Text("SELECT entries, hash FROM access_log_head WHERE id = 1");

    private static readonly Sql MoveHead = Sql.Text("UPDATE access_log_head SET entries = @Entry, hash = @Hash WHERE id = 1");

    private static readonly Sql InsertEntry = Sql.Insert("access_log", "entry, worker_id, actor, actor_role, purpose, seen_at, previous_hash, hash");

    private static readonly Sql SelectSeen = Sql.Text("""
        SELECT DISTINCT worker_id FROM access_log WHERE worker_id IN @Workers AND actor = @Actor AND purpose = @Purpose AND seen_at >= @Since
        """);

    private static readonly Sql SelectAll = Sql.Text("""
        SELECT entry, worker_id, actor, actor_role, purpose, seen_at, previous_hash, hash FROM access_log WHERE entry <= @Last ORDER BY entry
        """);

    public static async Task Append(Tx tx, IEnumerable<Guid> workers, Caller caller, string purpose, DateTimeOffset now)
    {
        var head = await tx.First<Head>(SelectHead) ?? throw new InvalidOperationException("access_log_head is empty.");
        var (last, hash, entries) = (head.Entries, head.Hash, new List<AccessEntry>());
        foreach (var worker in workers)
        {
            var entry = Sealed(new AccessEntry
            {
                Entry = ++last, WorkerId = worker, Actor = caller.Subject, ActorRole = Kebab.Of(caller.Role), Purpose = OneLine(purpose), SeenAt = now, PreviousHash = hash, Hash = "",
            });
            entries.Add(entry);
            hash = entry.Hash;
        }

        await tx.ExecuteMany(InsertEntry, entries);
        await tx.Execute(MoveHead, new { Entry = last, Hash = hash });
    }

    /// <summary>Whom an actor has seen since then for a purpose.</summary>
    public static async Task<IReadOnlyList<Guid>> Seen(Tx tx, IEnumerable<Guid> workers, Caller caller, string purpose, DateTimeOffset since) => await tx.Query<Guid>(
        SelectSeen, new { Workers = workers.Select(worker => worker.ToString("D")).ToList(), Actor = caller.Subject, Purpose = OneLine(purpose), Since = since });

    /// <summary>Walks the chain; the first entry that does not fit, or the missing end, is where somebody changed it.</summary>
    public static async Task<Verification> Verify(Tx tx)
    {
        var head = await tx.First<Head>(ReadHead) ?? throw new InvalidOperationException("access_log_head is empty.");
        var (previous, expected) = (new string('0', 64), 1L);
        await foreach (var entry in tx.Stream<AccessEntry>(SelectAll, new { Last = head.Entries }))
        {
            if (entry.Entry != expected || entry.PreviousHash != previous || Sealed(entry).Hash != entry.Hash)
            {
                return new Verification(head.Entries, Ok: false, expected, head.Hash);
            }

            (previous, expected) = (entry.Hash, expected + 1);
        }

        return expected == head.Entries + 1 && previous == head.Hash ? new Verification(head.Entries, Ok: true, null, head.Hash) : new Verification(head.Entries, Ok: false, expected, head.Hash);
    }

    /// <summary><c>verify-access-log</c>: walks the chain and says where it is broken; exit code 1 then.</summary>
    public static ServiceCommand VerifyCommand { get; } = new("verify-access-log", async (services, terminal, cancel) =>
    {
        var found = await services.GetRequiredService<Db<WorkersService>>().Read(Verify, cancel);
        await terminal.WriteLineAsync(found.Ok
            ? $"{found.Entries} entries, each fits the one before it; the last hash is {found.LastHash}."
            : $"Entry {found.FirstBroken} of {found.Entries} was changed, removed or moved, or entries after it are missing.");
        return found.Ok ? 0 : 1;
    });

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/access-log/verification",
        (HttpContext http, Requests<WorkersService> requests) => requests.Read(http, async (tx, _) => Reply.Ok(await Verify(tx))))
        .Allow(Role.Official, Role.Admin).WithName("VerifyAccessLog").Produces<Verification>();

    private static AccessEntry Sealed(AccessEntry entry)
    {
        var microseconds = (entry.SeenAt.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;
        var text = $"{entry.Entry}\n{entry.WorkerId:D}\n{entry.Actor}\n{entry.ActorRole}\n{microseconds}\n{entry.Purpose}\n{entry.PreviousHash}\n";
        return entry with { Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) };
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Result of the walk. The last hash, written down elsewhere, shows a chain that was rewritten as a whole.</summary>
    internal sealed record Verification(long Entries, bool Ok, long? FirstBroken, string LastHash);

    private sealed class Head
    {
        public required long Entries { get; init; }
        public required string Hash { get; init; }
    }

    private sealed record AccessEntry
    {
        public required long Entry { get; init; }
        public required Guid WorkerId { get; init; }
        public required string Actor { get; init; }
        public required string ActorRole { get; init; }
        public required string Purpose { get; init; }
        public required DateTimeOffset SeenAt { get; init; }
        public required string PreviousHash { get; init; }
        public required string Hash { get; init; }
    }
}
