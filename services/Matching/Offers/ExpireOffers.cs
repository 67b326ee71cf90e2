using LaborBridge.Matching.Books;
using LaborBridge.Persistence;

namespace LaborBridge.Matching.Offers;

/// <summary>Offers end by themselves when their time is over. Any replica may do it: the conditional update lets one win.</summary>
internal sealed partial class ExpireOffers(Db<MatchingService> db, TimeProvider time, ILogger<ExpireOffers> log) : BackgroundService
{
    private static readonly Sql Due = Sql.Text($$"""
        SELECT {{OfferRow.Columns}} FROM offers WHERE state = 'open' AND expires_at <= @Now ORDER BY expires_at {first:@Limit}
        """);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30));
        do
        {
            try
            {
                while (await db.Write(tx => Expire(tx, time.GetUtcNow()), cancel: stoppingToken) > 0)
                {
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Failed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Ends up to 100 offers and says how many.</summary>
    internal static async Task<int> Expire(Tx tx, DateTimeOffset now)
    {
        var due = await tx.Query<OfferRow>(Due, new { Now = now, Limit = 100 });
        foreach (var offer in due.OrderBy(offer => offer.WorkerId).ThenBy(offer => offer.PostingId))
        {
            await WorkerCopy.Lock(tx, offer.WorkerId);
            await CloseOffer.Without(tx, offer, Offer.Expired, party: null, reason: null);
        }

        return due.Count;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Offers could not be expired; the next try is in 30 s.")]
    private partial void Failed(Exception error);
}
