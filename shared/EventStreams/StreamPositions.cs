namespace LaborBridge.EventStreams;

/// <summary>Waits until a stream is applied up to a position: reads of copies with <c>after=</c>.</summary>
/// <typeparam name="TService">The service that reads.</typeparam>
public sealed class StreamPositions<TService>
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private readonly EventStream stream;

    internal StreamPositions(EventStream stream) => this.stream = stream;

    /// <summary>True as soon as the position is applied here, false when it is not within the time. The service's own stream never waits.</summary>
    /// <exception cref="ArgumentException">The service does not subscribe to the stream.</exception>
    public async Task<bool> WaitFor(string source, long position, TimeSpan timeout, CancellationToken cancel = default)
    {
        if (source == stream.Own.Stream)
        {
            return true;
        }

        var subscriber = stream.Subscriber(source) ?? throw new ArgumentException($"'{stream.Service}' does not subscribe to '{source}'.", nameof(source));
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // Another replica may be the one that applies: then nobody here sets the signal, and we look ourselves.
            var moved = subscriber.Moved.Next;
            if (await stream.Db.Read(tx => tx.Checkpoint(source), cancel) >= position)
            {
                return true;
            }

            var left = timeout - TimeProvider.System.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await Signal.Wait(moved, left < LookAgain ? left : LookAgain, cancel);
        }
    }
}
