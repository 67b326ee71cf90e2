namespace LaborBridge.EventStreams;

/// <summary>Where a stream stands, seen from one service.</summary>
/// <param name="Service">The service.</param>
/// <param name="Stream">The stream; the service's own when its name is the service's.</param>
/// <param name="Head">Last position of the log, as known here.</param>
/// <param name="Shipped">Own stream: how far the log is with the broker.</param>
/// <param name="Checkpoint">Another's stream: how far it is applied here.</param>
/// <param name="Stuck">Another's stream: the event that cannot be applied.</param>
public sealed record StreamStatus(string Service, string Stream, long Head, long? Shipped, long? Checkpoint, StuckEvent? Stuck)
{
    /// <summary>Events still to go.</summary>
    public long Lag => Math.Max(0, Head - (Checkpoint ?? Shipped ?? Head));
}

/// <summary>An event that stops a stream until it can be applied or is skipped.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Reason">Why it cannot be applied.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="NextTry">When it is tried again.</param>
public sealed record StuckEvent(long Position, string Kind, string Reason, int Tries, DateTimeOffset NextTry);
