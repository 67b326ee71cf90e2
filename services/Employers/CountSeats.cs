using System.Text.Json;
using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>
/// Matching owns the seats; the board and the firm see its last count. Where more were accepted than a headcount lowered meanwhile has seats, the headcount follows: nobody who
/// was taken on loses his seat.
/// </summary>
internal static class CountSeats
{
    private static readonly Sql Count = Sql.Text("UPDATE postings SET accepted = @Accepted WHERE id = @PostingId");

    private static readonly Sql Raise = Sql.Text("UPDATE postings SET version = version + 1, headcount = @Headcount, terms = @Terms WHERE id = @Id");

    private static readonly Sql Keep = Sql.Upsert("seat_counts", "posting_id", "accepted, open_offers");

    private static readonly Sql Drop = Sql.Text("DELETE FROM seat_counts");

    public static async Task Apply(Tx tx, SeatsCounted seats, EventContext context)
    {
        await tx.Execute(Keep, new { seats.PostingId, seats.Accepted, OpenOffers = seats.Open });
        await tx.Execute(Count, new { seats.PostingId, seats.Accepted });
        if (!context.Again && await FindPostings.Get(tx, seats.PostingId) is { } row && row.Headcount < seats.Accepted && Posting.CanChange(row.State))
        {
            await Follow(tx, row, seats.Accepted, context.At);
        }
    }

    public static Task Clear(Tx tx) => tx.Execute(Drop);

    private static async Task Follow(Tx tx, PostingRow row, int accepted, DateTimeOffset at)
    {
        var terms = row.ReadTerms() with { Headcount = accepted };
        await tx.Execute(Raise, new { row.Id, Headcount = accepted, Terms = JsonSerializer.Serialize(terms, JsonText.Options) });
        await SavePosting.Keep(tx, Caller.System, row.Id, row.Version + 1, terms, at);
        if (row.State == Posting.Live)
        {
            PublishPosting.Announce(tx, (await FindPostings.Get(tx, row.Id))!);
        }
    }
}
