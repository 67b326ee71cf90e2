using LaborBridge.Persistence;

namespace LaborBridge.EventStreams;

/// <summary>One service's streams for health and for the operator.</summary>
public sealed class StreamMonitor
{
    private static readonly Sql InsertSkip =
        Sql.Insert("stream_skips", "stream, incarnation, position, kind, failure, reason, who, skipped_at");

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

    /// <summary>Tries again at once from the checkpoint on: a stuck event does not wait for its time. False when the service has no such subscription.</summary>
    public async Task<bool> Replay(string source)
    {
        if (stream.Subscriber(source) is not { } subscriber)
        {
            return false;
        }

        await stream.Db.Write(
            async tx =>
            {
                var checkpoint = await Checkpoint.Lock(tx, source);
                checkpoint.NextTry = checkpoint.StuckPosition is null ? null : checkpoint.Now;
                await checkpoint.Save(tx);
            },
            repeatable: true);
        subscriber.LookNow(ask: true);
        return true;
    }

    /// <summary>Empties the copy and builds it anew from the source's first event. False when the service has no such subscription.</summary>
    public async Task<bool> Rebuild(string source)
    {
        if (stream.Subscriber(source) is not { } subscriber)
        {
            return false;
        }

        await stream.Db.Write(
            async tx =>
            {
                var checkpoint = await Checkpoint.Lock(tx, source);
                await subscriber.Applier.StartAnew(tx, checkpoint, checkpoint.Incarnation);
            },
            repeatable: true);
        subscriber.LookNow(ask: true);
        return true;
    }

    /// <summary>
    /// Passes over the event that the stream is stuck at, and keeps who did so and why. False when the stream is not stuck there
    /// (any more).
    /// </summary>
    /// <param name="source">The stream.</param>
    /// <param name="position">The stuck position, so that nobody skips another event than the one looked at.</param>
    /// <param name="reason">Why.</param>
    /// <param name="who">The operator.</param>
    public async Task<bool> Skip(string source, long position, string reason, string who)
    {
        if (stream.Subscriber(source) is not { } subscriber)
        {
            return false;
        }

        var skipped = await stream.Db.Write(tx => SkipIn(tx, source, position, reason, who), repeatable: true);
        subscriber.LookNow(ask: skipped);
        return skipped;
    }

    private static async Task<bool> SkipIn(Tx tx, string source, long position, string reason, string who)
    {
        var checkpoint = await Checkpoint.Lock(tx, source);
        if (checkpoint.StuckPosition != position)
        {
            return false;
        }

        await tx.Execute(InsertSkip, new
        {
            Stream = source,
            checkpoint.Incarnation,
            Position = position,
            Kind = checkpoint.StuckKind,
            Failure = checkpoint.StuckReason,
            Reason = reason,
            Who = who,
            SkippedAt = checkpoint.Now,
        });
        checkpoint.Unstick();
        checkpoint.Position = position;
        await checkpoint.Save(tx);
        return true;
    }

    private async Task<IReadOnlyList<StreamStatus>> Statuses(Tx tx)
    {
        var own = await tx.First<OwnPositions>(SelectRelay);
        var statuses = new List<StreamStatus> { new(Service, stream.Own.Stream, own?.Head ?? 0, own?.Shipped ?? 0, Checkpoint: null, Stuck: null) };
        foreach (var subscriber in stream.Subscribers)
        {
            var checkpoint = await Checkpoint.Read(tx, subscriber.Stream);
            var head = Math.Max(subscriber.HeardHead, Math.Max(checkpoint.Head, checkpoint.Position));
            var stuck = checkpoint.StuckPosition is { } position
                ? new StuckEvent(position, checkpoint.StuckKind ?? "", checkpoint.StuckReason ?? "", checkpoint.Tries, checkpoint.NextTry ?? checkpoint.Now)
                : null;
            statuses.Add(new StreamStatus(Service, subscriber.Stream, head, Shipped: null, checkpoint.Position, stuck));
        }

        return statuses;
    }

    private sealed class OwnPositions
    {
        public required long Head { get; init; }

        public required long Shipped { get; init; }
    }
}
