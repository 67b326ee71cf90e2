using LaborBridge.Persistence;
using Microsoft.Extensions.Logging;

namespace LaborBridge.EventStreams;

/// <summary>
/// Ships the log to the broker, in order: one relay per service holds the lease, and each segment is confirmed before the next is
/// sent. A segment confirmed but not yet counted as shipped is sent again after a crash; subscribers pass over it.
/// </summary>
internal sealed partial class Relay(string service, Db db, OwnLog log, StreamOptions options, Transport transport, ILogger logger)
{
    private readonly RelayLease lease = new(db, options);
    private volatile StreamStatus? seen;

    /// <summary>Where the stream stands, while this relay is the one that ships it.</summary>
    public StreamStatus? Seen => seen;

    public async Task Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await ShipWhileLeased(cancel);
            }
            catch (Exception error) when (!cancel.IsCancellationRequested)
            {
                LogInterrupted(service, error);
                await Task.Delay(options.Tick, TimeProvider.System, cancel);
            }
        }
    }

    /// <summary>Ships what is left and lets another replica take over.</summary>
    public async Task Drain(CancellationToken cancel)
    {
        if (!await lease.Hold(cancel))
        {
            return;
        }

        var shipped = await lease.Shipped(cancel);
        while (await Next(shipped, cancel) is { Events.Length: > 0 } segment)
        {
            await transport.Publish(segment, cancel);
            shipped = segment.LastPosition;
            await lease.Move(shipped);
        }

        await lease.Release();
    }

    private async Task ShipWhileLeased(CancellationToken cancel)
    {
        if (!await lease.Hold(cancel))
        {
            seen = null;
            await Task.Delay(options.Poll, TimeProvider.System, cancel);
            return;
        }

        var shipped = await lease.Shipped(cancel);
        var moving = Task.FromResult(true);
        var spoke = TimeProvider.System.GetTimestamp();
        while (await lease.Hold(cancel))
        {
            var appended = log.Appended.Next;
            var segment = await Next(shipped, cancel);
            seen = new StreamStatus(service, log.Stream, segment.Head, shipped, Checkpoint: null, Stuck: null);
            var isEmpty = segment.Events.Length == 0;
            if (isEmpty && !await moving)
            {
                // Another relay had the lease when the mark was to move: what it left is where to go on from.
                return;
            }

            if (isEmpty && TimeProvider.System.GetElapsedTime(spoke) < options.Idle)
            {
                await Signal.Wait(appended, options.Poll, cancel);
                continue;
            }

            await transport.Publish(segment, cancel);
            spoke = TimeProvider.System.GetTimestamp();
            if (isEmpty)
            {
                continue;
            }

            // The mark moves while the next segment is on its way: it may lag, it never runs ahead of a confirm.
            if (!await moving)
            {
                return;
            }

            shipped = segment.LastPosition;
            moving = lease.Move(shipped);
        }

        await moving;
    }

    private Task<Segment> Next(long shipped, CancellationToken cancel) => db.Read(tx => log.Read(tx, shipped, long.MaxValue, options), cancel);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Service}: shipping the log was interrupted and goes on")]
    private partial void LogInterrupted(string service, Exception error);
}
