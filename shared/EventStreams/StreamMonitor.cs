using LaborBridge.Persistence;

namespace LaborBridge.EventStreams;

/// <summary>One service's streams for health and for the operator.</summary>
public sealed class StreamMonitor
{
    private static readonly Sql SelectRelay = Sql.Text("""
        SELECT stream_head.position AS head, stream_relay.shipped_position AS shipped
        FROM stream_head CROSS JOIN stream_relay WHERE stream_head.id = 1 AND stream_relay.id = 1
        """);

    private readonly EventStream stream;

    internal StreamMonitor(EventStream stream) => this.stream = stream;

    /// <summary>The service.</summary>
    public string Service => stream.Service;

    /// <summary>Its own stream first, then those it subscribes to.</summary>
    public Task<IReadOnlyList<StreamStatus>> Read(CancellationToken cancel = default) => stream.Db.Read(Statuses, cancel);

    /// <summary>What operators did last, newest first.</summary>
    public Task<IReadOnlyList<OperatorAct>> Acts(CancellationToken cancel = default) => stream.Db.Read(OperatorActs.Last, cancel);

    /// <summary>Tries again from the checkpoint on as soon as the transaction is committed: a stuck event does not wait for its time. False when the service has no such subscription.</summary>
    /// <param name="tx">A write on the service's database.</param>
    /// <param name="source">The stream.</param>
    /// <param name="reason">Why; kept with who did it.</param>
    /// <param name="who">The operator.</param>
    public Task<bool> Replay(Tx tx, string source, string reason, string who) => Act(tx, source, async (_, checkpoint) =>
    {
        await OperatorActs.Note(tx, "replay", checkpoint, checkpoint.Position, reason, who);
        checkpoint.NextTry = checkpoint.StuckPosition is null ? null : checkpoint.Now;
        await checkpoint.Save(tx);
        return true;
    });

    /// <summary>Empties the copy and builds it anew from the source's first event. False when the service has no such subscription.</summary>
    /// <inheritdoc cref="Replay"/>
    public Task<bool> Rebuild(Tx tx, string source, string reason, string who) => Act(tx, source, async (subscriber, checkpoint) =>
    {
        await OperatorActs.Note(tx, "rebuild", checkpoint, checkpoint.Position, reason, who);
        await subscriber.Applier.StartAnew(tx, checkpoint, checkpoint.Incarnation);
        return true;
    });

    /// <summary>Passes over the event that the stream is stuck at. False when the stream is not stuck there (any more).</summary>
    /// <param name="tx">A write on the service's database.</param>
    /// <param name="source">The stream.</param>
    /// <param name="position">The stuck position, so that nobody skips another event than the one looked at.</param>
    /// <param name="reason">Why; kept with who did it.</param>
    /// <param name="who">The operator.</param>
    public Task<bool> Skip(Tx tx, string source, long position, string reason, string who) => Act(tx, source, async (_, checkpoint) =>
    {
        if (checkpoint.StuckPosition != position)
        {
            return false;
        }

        await OperatorActs.Note(tx, "skip", checkpoint, position, reason, who);
        checkpoint.Unstick();
        checkpoint.Position = position;
        await checkpoint.Save(tx);
        return true;
    });

    /// <summary>
    /// Makes every subscriber build its copy of this service's stream anew. To be called once after the service's database was restored from a backup, before
    /// the service starts on it: what was told after the backup was taken is no longer true.
    /// </summary>
    public Task RenewIncarnation() => stream.Db.Write(tx => stream.Log.RenewIncarnation(tx), repeatable: true);

    private async Task<bool> Act(Tx tx, string source, Func<Subscriber, Checkpoint, Task<bool>> act)
    {
        if (stream.Subscriber(source) is not { } subscriber || !await act(subscriber, await Checkpoint.Lock(tx, source)))
        {
            return false;
        }

        tx.AfterCommit(subscriber.LookAnew);
        return true;
    }

    private async Task<IReadOnlyList<StreamStatus>> Statuses(Tx tx)
    {
        var own = await tx.First<OwnPositions>(SelectRelay);
        var statuses = new List<StreamStatus> { new(Service, stream.Own.Stream, own?.Head ?? 0, own?.Shipped ?? 0, Checkpoint: null, Stuck: null) };
        foreach (var subscriber in stream.Subscribers)
        {
            statuses.Add(subscriber.Status(await Checkpoint.Read(tx, subscriber.Stream)));
        }

        return statuses;
    }

    private sealed class OwnPositions
    {
        public required long Head { get; init; }

        public required long Shipped { get; init; }
    }
}
