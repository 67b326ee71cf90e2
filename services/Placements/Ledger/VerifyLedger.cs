using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Ledger;

/// <summary>
/// Goes through the whole ledger: positions without gaps, each hash the hash of its bytes, each entry holding the hash of the one before, the columns equal to what
/// the bytes say, known never going back, the head equal to the last entry.
/// </summary>
internal static class VerifyLedger
{
    internal sealed record Response(long Entries, bool Ok, long? FirstBroken, string HeadHash, DateTimeOffset? Known);

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/outflow/ledger/verification",
            (HttpContext http, Requests<PlacementsService> requests) => requests.Read(http, (tx, _) => Handle(tx)))
        .Allow(Role.Official, Role.Admin).WithName("VerifyLedger").Produces<Response>();

    internal static async Task<Reply> Handle(Tx tx)
    {
        var head = await LedgerLog.Head(tx);
        var (entries, hash, known) = (0L, LedgerLog.Genesis, 0L);
        long? broken = null;
        await foreach (var row in tx.Stream<LedgerRow>(ReadAll, new { Last = head.Position }))
        {
            entries++;
            if (broken is null && (row.Position != entries || !Holds(row, hash, known)))
                broken = entries;
            (hash, known) = (row.Hash, Instant.Micros(row.Known));
        }

        if (broken is null && (entries != head.Position || hash != head.Hash))
            broken = Math.Min(entries, head.Position) + 1;
        return Reply.Ok(new Response(entries, broken is null, broken, head.Hash, head.Position == 0 ? null : head.Known));
    }

    static bool Holds(LedgerRow row, string previous, long known)
    {
        if (LedgerLog.HashOf(row.Canonical) != row.Hash)
            return false;
        var entry = LedgerEntry.FromCanonical(row.Canonical);
        return entry.Previous == previous && entry.Position == row.Position && entry.Known == Instant.Micros(row.Known) && entry.Known > known && Kebab.Of(entry.Kind) == row.Kind
            && entry.On == row.OnDay && entry.Worker == row.WorkerId && entry.Placement == row.PlacementId;
    }

    static readonly Sql ReadAll = Sql.Text(
        "SELECT position, kind, on_day, known, worker_id, placement_id, canonical, hash FROM ledger WHERE position <= @Last ORDER BY position");
}
