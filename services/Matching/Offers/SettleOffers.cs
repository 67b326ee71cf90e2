using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Matching.Books;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Offers;

/// <summary>
/// What happens to open offers by itself: they expire, end when the worker is at work or no longer willing or the posting was closed, and move up from the
/// waitlist when a seat is free, in the order in which they were made. It looks at what stands, not at single events, so that nothing is missed and a
/// copy that is being built anew decides nothing. Any replica may do it, an offer at a time: the rows' locks let one win.
/// </summary>
internal sealed partial class SettleOffers(Db<MatchingService> db, TimeProvider time, ILogger<SettleOffers> log) : BackgroundService
{
    private const int Portion = 100;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private static readonly Sql Overdue = Sql.Text("SELECT id FROM offers WHERE state = 'open' AND expires_at <= @Now ORDER BY expires_at, id {first:@Limit}");

    // Expiry apart: it needs no copy, and must not queue behind offers that wait for one to be complete.
    private static readonly Sql Candidates = Sql.Text("""
        SELECT o.id FROM offers o JOIN match_workers w ON w.worker_id = o.worker_id JOIN match_postings p ON p.posting_id = o.posting_id
        WHERE o.state = 'open' AND o.expires_at > @Now AND (w.running_placement IS NOT NULL OR w.willing = 0
            OR p.closed IN ('closed', 'employer-suspended') OR (o.waiting = 1 AND p.accepted < p.headcount))
        ORDER BY o.id {first:@Limit}
        """);

    private readonly SemaphoreSlim wake = new(0, 1);

    /// <summary>Looks now.</summary>
    public void Wake()
    {
        try
        {
            wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // A look is due already.
            return;
        }
    }

    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    /// <summary>Settles up to 100 offers of each kind and says how many.</summary>
    internal async Task<int> Once(CancellationToken cancel)
    {
        var settled = 0;
        var look = new { Now = time.GetUtcNow(), Limit = Portion };
        foreach (var id in await db.Read(async tx => (await tx.Query<string>(Overdue, look)).Concat(await tx.Query<string>(Candidates, look)).ToArray(), cancel))
        {
            settled += await db.Write(tx => Settle(tx, Guid.Parse(id), time.GetUtcNow()), cancel: cancel) ? 1 : 0;
        }

        return settled;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await Once(stoppingToken) > 0)
                {
                }
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(error);
            }

            await wake.WaitAsync(LookEvery, stoppingToken);
        }
    }

    private static async Task<bool> Settle(Tx tx, Guid id, DateTimeOffset now)
    {
        if (await FindOffers.Get(tx, id) is not { } seen || await WorkerCopy.Lock(tx, seen.WorkerId) is not { } worker)
        {
            return false;
        }

        var postings = await PostingCopy.LockOfWorker(tx, seen.WorkerId);
        var offer = (await FindOffers.Get(tx, id))!;
        if (postings.Find(row => row.PostingId == offer.PostingId) is not { } posting)
        {
            return false;
        }

        var (fate, reason) = Offer.Settle(offer, worker, posting, now);
        return fate switch
        {
            Fate.Stay => false,
            Fate.Expire => await CloseOffer.Without(tx, offer, Offer.Expired, party: null, reason: null),
            Fate.Withdraw => await CopiesAreComplete(tx) && await CloseOffer.Without(tx, offer, Offer.Withdrawn, party: null, reason),
            Fate.Hire => await CopiesAreComplete(tx) && await CloseOffer.WithHire(tx, offer, posting, ChinaTime.Day(now)),
            _ => throw new InvalidOperationException("Unknown fate."),
        };
    }

    private static async Task<bool> CopiesAreComplete(Tx tx) =>
        await tx.IsComplete(WorkerEvents.Contract.Name) && await tx.IsComplete(EmployerEvents.Contract.Name) && await tx.IsComplete(PlacementEvents.Contract.Name);

    [LoggerMessage(Level = LogLevel.Error, Message = "Open offers could not be settled; the next try is in 2 s.")]
    private partial void Failed(Exception error);
}
