using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;

namespace LaborBridge.Employers;

/// <summary>Matching owns the seats; the board and the firm see its last count.</summary>
internal static class CountSeats
{
    private static readonly Sql Count = Sql.Text("UPDATE postings SET accepted = @Accepted WHERE id = @PostingId");

    private static readonly Sql Keep = Sql.Upsert("seat_counts", "posting_id", "accepted, open_offers");

    private static readonly Sql Drop = Sql.Text("DELETE FROM seat_counts");

    public static async Task Apply(Tx tx, SeatsCounted seats, EventContext context)
    {
        await tx.Execute(Keep, new { seats.PostingId, seats.Accepted, OpenOffers = seats.Open });
        await tx.Execute(Count, new { seats.PostingId, seats.Accepted });
    }

    public static Task Clear(Tx tx) => tx.Execute(Drop);
}
