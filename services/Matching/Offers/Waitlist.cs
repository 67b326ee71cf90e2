using LaborBridge.Persistence;

namespace LaborBridge.Matching.Offers;

/// <summary>Offers to which both said yes when no seat was free wait in the order in which they were made, and move up by themselves when one comes back.</summary>
internal static class Waitlist
{
    private static readonly Sql First = Sql.Text($$"""
        SELECT {{OfferRow.Columns}} FROM offers WHERE posting_id = @Posting AND state = 'open' AND waiting = 1 ORDER BY id {first:@Limit}
        """);

    /// <summary>Hires from the list while seats are free.</summary>
    public static async Task MoveUp(Tx tx, Guid posting, DateOnly on)
    {
        foreach (var offer in await tx.Query<OfferRow>(First, new { Posting = posting, Limit = 100 }))
        {
            await CloseOffer.WithHire(tx, offer, on);
        }
    }
}
