using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Matching.Books;
using LaborBridge.Persistence;

namespace LaborBridge.Matching.Offers;

/// <summary>
/// The counters on the posting's and the worker's row, each moved by one conditional update: that, and nothing read before it, keeps accepted ≤ headcount
/// whatever the number of replicas. Open offers take no seat, but number at most free seats × 推荐倍数 (1.5).
/// </summary>
internal static class Seats
{
    private static readonly Sql TakeOpen = Sql.Text("""
        UPDATE match_postings SET open_offers = open_offers + 1
        WHERE posting_id = @Id AND live = 1 AND headcount > accepted AND (open_offers + 1) * 2 <= (headcount - accepted) * 3
        """);

    private static readonly Sql DropOpen = Sql.Text("UPDATE match_postings SET open_offers = open_offers - 1 WHERE posting_id = @Id");

    private static readonly Sql TakeSeat = Sql.Text("""
        UPDATE match_postings SET accepted = accepted + 1, open_offers = open_offers - 1 WHERE posting_id = @Id AND accepted < headcount
        """);

    private static readonly Sql CountWaiting = Sql.Text("UPDATE match_postings SET waiting = waiting + @By WHERE posting_id = @Id");

    private static readonly Sql TakeOpenOfWorker = Sql.Text($$"""
        UPDATE match_workers SET open_offers = open_offers + 1
        WHERE worker_id = @Id AND willing = 1 AND running_placement IS NULL AND open_offers < {{Offer.MostOfWorker}}
        """);

    private static readonly Sql DropOpenOfWorker = Sql.Text("UPDATE match_workers SET open_offers = open_offers - 1 WHERE worker_id = @Id");

    private static readonly Sql ClaimWorker = Sql.Text("""
        UPDATE match_workers SET running_placement = @Placement, workplace = @Workplace, open_offers = open_offers - 1 WHERE worker_id = @Id AND running_placement IS NULL
        """);

    private static readonly Sql Counts = Sql.Text($"SELECT {PostingRow.Columns} FROM match_postings WHERE posting_id = @Id");

    public static async Task<bool> Open(Tx tx, Guid posting) => await tx.Execute(TakeOpen, new { Id = posting }) == 1;

    public static Task Close(Tx tx, Guid posting) => tx.Execute(DropOpen, new { Id = posting });

    /// <summary>Turns an open offer of the posting into a taken seat; false when none is free.</summary>
    public static async Task<bool> Take(Tx tx, Guid posting) => await tx.Execute(TakeSeat, new { Id = posting }) == 1;

    public static Task Wait(Tx tx, Guid posting, int by) => tx.Execute(CountWaiting, new { Id = posting, By = by });

    public static async Task<bool> OpenOfWorker(Tx tx, Guid worker) => await tx.Execute(TakeOpenOfWorker, new { Id = worker }) == 1;

    public static Task CloseOfWorker(Tx tx, Guid worker) => tx.Execute(DropOpenOfWorker, new { Id = worker });

    /// <summary>Gives the worker the placement that his offer becomes, in the division of the workplace; false when another one runs.</summary>
    public static async Task<bool> Claim(Tx tx, Guid worker, Guid placement, string workplace) =>
        await tx.Execute(ClaimWorker, new { Id = worker, Placement = placement, Workplace = RunningPlacements.Division(workplace) }) == 1;

    /// <summary>Tells the posting's seats as they stand.</summary>
    public static async Task Tell(Tx tx, Guid posting)
    {
        if (await tx.First<PostingRow>(Counts, new { Id = posting }) is { EmployerId: { } employer } row)
        {
            // A headcount lowered below the hires is decided here: who was hired stays hired.
            tx.Append(new SeatsCounted(posting, employer, Math.Max(row.Headcount, row.Accepted), row.Accepted, row.OpenOffers), posting);
        }
    }
}
