using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Placements.Indicators;

namespace LaborBridge.Placements.Ledger;

/// <summary>
/// Tells the head of the chain to the other services once a day and with each report: who owns this database alone can rewrite an unkeyed chain, but not what others
/// have heard. Also reads the ledger into memory before the first query wants it. Each replica tries; the locked head lets one seal.
/// </summary>
internal sealed partial class SealLedger(Db<PlacementsService> db, OutflowBook book, TimeProvider time, ILogger<SealLedger> log) : BackgroundService
{
    static readonly TimeSpan Between = TimeSpan.FromDays(1);

    /// <summary>Seals the present head unless that was done.</summary>
    internal static async Task<LedgerHead> Seal(Tx tx)
    {
        await LedgerLog.Write(tx);
        var head = await LedgerLog.Lock(tx);
        if (head.Position == head.SealedPosition)
            return head;
        await tx.Execute(MarkSealed, new { head.Position, head.Known });
        tx.Append(new LedgerSealed(head.Position, head.Hash, head.Known), subject: Guid.Empty);
        return head;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        do
        {
            try
            {
                await book.CatchUp(stoppingToken);
                var head = await db.Read(LedgerLog.Head, stoppingToken);
                if (head.Position > head.SealedPosition && time.GetUtcNow() - head.SealedKnown > Between)
                    await db.Write(Seal, cancel: stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Failed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger could not be read or sealed; the next try is in a minute.")]
    private partial void Failed(Exception error);

    static readonly Sql MarkSealed = Sql.Text("UPDATE ledger_head SET sealed_position = @Position, sealed_known = @Known WHERE id = 1");
}
