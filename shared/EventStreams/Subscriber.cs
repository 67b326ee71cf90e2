using LaborBridge.Persistence;
using Microsoft.Extensions.Logging;

namespace LaborBridge.EventStreams;

/// <summary>
/// One service's end of another service's stream. Whatever arrives is taken or dropped at once, never refused: a message left
/// unacknowledged keeps the queue's files growing. What was dropped is asked for again, from the log.
/// </summary>
internal sealed partial class Subscriber(string service, Db db, Subscription subscription, StreamOptions options, Transport transport, StreamMeters meters, ILogger logger)
{
    private readonly SegmentApplier applier = new(service, db, subscription, options, meters);
    private readonly ReplayWindow window = new(options, TimeProvider.System);
    private readonly Signal lookNow = new();
    private long heardAt = TimeProvider.System.GetTimestamp();
    private long lastSeen = -1;
    private long heardHead;
    private volatile StreamStatus? seen;

    public string Stream { get; } = subscription.Source.Stream;

    /// <summary>The queue's name: explicit, since two services with one name would share a queue and each lose half.</summary>
    public string Queue { get; } = $"{service}.{subscription.Source.Stream}";

    /// <summary>Where the stream stood at the last look; null before the first.</summary>
    public StreamStatus? Seen => seen;

    public SegmentApplier Applier => applier;

    /// <summary>Set when the checkpoint moved.</summary>
    public Signal Moved { get; } = new();

    /// <summary>Where the stream stands, by its checkpoint and what this process has heard of the source's head.</summary>
    public StreamStatus Status(Checkpoint checkpoint) => new(
        service, Stream, Math.Max(Volatile.Read(ref heardHead), Math.Max(checkpoint.Head, checkpoint.Position)), Shipped: null, checkpoint.Position,
        checkpoint.StuckPosition is { } position
            ? new StuckEvent(position, checkpoint.StuckKind ?? "", checkpoint.StuckReason ?? "", checkpoint.Tries, checkpoint.NextTry ?? checkpoint.Now)
            : null);

    /// <summary>Takes a segment. Never throws.</summary>
    public async Task Receive(Segment segment, CancellationToken cancel)
    {
        try
        {
            await Take(segment);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            // The database failed: the events are still in the source's log. The next look asks for them, not at once.
            LogNotApplied(Queue, segment.FirstPosition, error);
            window.Want();
        }
        catch (Exception error)
        {
            LogStopped(Queue, segment.FirstPosition, error.Message);
        }
    }

    /// <summary>Asks for what is missing: at the start, at gaps, after silence, when a stuck event is due again.</summary>
    public async Task Run(CancellationToken cancel)
    {
        window.Want();
        while (!cancel.IsCancellationRequested)
        {
            var next = lookNow.Next;
            try
            {
                await Look(cancel);
            }
            catch (Exception error) when (!cancel.IsCancellationRequested)
            {
                LogNotAsked(Queue, error);
            }

            await Signal.Wait(next, options.Tick, cancel);
        }
    }

    /// <summary>Asks at once for what follows the checkpoint, whatever was asked before.</summary>
    public void LookAnew()
    {
        window.Restart();
        lookNow.Set();
    }

    private async Task Take(Segment segment)
    {
        Volatile.Write(ref heardAt, TimeProvider.System.GetTimestamp());
        Volatile.Write(ref heardHead, segment.Head);
        var checkpoint = await db.Read(tx => Checkpoint.Read(tx, Stream));
        var due = false;
        switch (SegmentVerdicts.Of(checkpoint, segment))
        {
            case SegmentVerdict.Apply:
                var before = checkpoint.Position;
                checkpoint = await applier.Apply(segment);
                Applied(before, checkpoint);
                due = window.Reached(checkpoint.Position, segment.Head);
                break;
            case SegmentVerdict.Discard:
                due = window.Reached(checkpoint.Position, segment.Head);
                break;
            case SegmentVerdict.Ask:
                due = window.Want();
                break;
            case SegmentVerdict.Rebuild:
                checkpoint = await applier.Rebuild(segment);
                LogRebuilt(Queue, segment.Incarnation);
                window.Restart();
                Moved.Set();
                subscription.Applied?.Invoke();
                due = true;
                break;
            default:
                throw new InvalidOperationException("Unknown verdict.");
        }

        if (due && !checkpoint.IsWaiting)
        {
            lookNow.Set();
        }
    }

    private void Applied(long before, Checkpoint checkpoint)
    {
        if (checkpoint.StuckPosition is { } stuck)
        {
            LogStuck(Queue, stuck, checkpoint.StuckKind, checkpoint.StuckReason, checkpoint.Tries);
        }

        if (checkpoint.Position > before)
        {
            Moved.Set();
            subscription.Applied?.Invoke();
        }
    }

    private async Task Look(CancellationToken cancel)
    {
        var checkpoint = await db.Read(tx => Checkpoint.Read(tx, Stream), cancel);
        seen = Status(checkpoint);
        if (checkpoint.Position != Interlocked.Exchange(ref lastSeen, checkpoint.Position))
        {
            // Moved here or by another replica: the stream is not silent.
            Volatile.Write(ref heardAt, TimeProvider.System.GetTimestamp());
            Moved.Set();
        }

        if (checkpoint.IsWaiting)
        {
            return;
        }

        if (checkpoint.StuckPosition is not null || window.IsOverdue || TimeProvider.System.GetElapsedTime(Volatile.Read(ref heardAt)) >= options.Silence)
        {
            window.Want();
        }

        if (window.TryOpen(checkpoint.Position))
        {
            Volatile.Write(ref heardAt, TimeProvider.System.GetTimestamp());
            await transport.Ask(new ReplayRequested(Stream, checkpoint.Position + 1, options.Window, Queue), options.ReplayTimeout, cancel);
            meters.Asked(service, Stream);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: the segment at {Position} could not be applied and is asked for again")]
    private partial void LogNotApplied(string queue, long position, Exception error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Queue}: stopped at {Position}: {Reason}")]
    private partial void LogStopped(string queue, long position, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: could not look for missing events")]
    private partial void LogNotAsked(string queue, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue}: stuck at {Position} ({Kind}), try {Tries}: {Reason}")]
    private partial void LogStuck(string queue, long position, string? kind, string? reason, int tries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: the source's log is another one now ({Incarnation}); the copy is built anew")]
    private partial void LogRebuilt(string queue, Guid incarnation);
}
