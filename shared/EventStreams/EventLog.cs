using LaborBridge.Persistence;

namespace LaborBridge.EventStreams;

/// <summary>
/// The service's own log. A change and its events commit in one transaction; positions have no gaps and follow the order of the
/// commits, because taking them is the transaction's last act and holds the one row of <c>stream_head</c> to its end.
/// </summary>
public static class EventLog
{
    /// <summary>Appends an event to the log of the service whose database this is.</summary>
    /// <param name="tx">The transaction of the change.</param>
    /// <param name="event">An event of the service's own catalog.</param>
    /// <param name="subject">The thing it is about.</param>
    /// <param name="at">When it happened; the service's clock when absent.</param>
    public static void Append(this Tx tx, object @event, Guid subject, DateTimeOffset? at = null)
    {
        var log = OwnLog.Of(tx.Db);
        tx.Item(typeof(AppendedEvents), () =>
        {
            var appended = new AppendedEvents();
            tx.LastAct(() => log.Write(tx, appended));
            return appended;
        }).Add(log.Row(@event, subject, at));
    }

    /// <summary>Position of the last event that this transaction appended: what a write answers with. Null before the commit, and when nothing was appended.</summary>
    public static long? Position(this Tx tx) => tx.Item<AppendedEvents>(typeof(AppendedEvents))?.LastPosition;

    /// <summary>
    /// Takes the positions now, for who must store the position in the same transaction (an answer under an idempotency key).
    /// Nothing can be appended afterwards, and no other lock should be taken.
    /// </summary>
    public static async Task<long?> TakePositions(this Tx tx)
    {
        if (tx.Item<AppendedEvents>(typeof(AppendedEvents)) is { } appended)
        {
            await OwnLog.Of(tx.Db).Write(tx, appended);
        }

        return tx.Position();
    }

    /// <summary>
    /// Makes every subscriber build its copy anew. To be called once after this service's database was restored from a backup:
    /// what was told after the backup was taken is no longer true.
    /// </summary>
    public static Task RenewIncarnation(this Tx tx) => OwnLog.Of(tx.Db).RenewIncarnation(tx);
}

/// <summary>The events of one transaction.</summary>
internal sealed class AppendedEvents
{
    private readonly List<LogRow> rows = [];

    public IReadOnlyList<LogRow> Rows => rows;

    public long? LastPosition { get; private set; }

    public void Add(LogRow row)
    {
        if (LastPosition is not null)
        {
            throw new InvalidOperationException("The positions of this transaction are taken: no event can be appended any more.");
        }

        rows.Add(row);
    }

    public void Number(long last)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].Position = last - rows.Count + 1 + i;
        }

        LastPosition = last;
    }
}
