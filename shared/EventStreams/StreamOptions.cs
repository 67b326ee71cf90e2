namespace LaborBridge.EventStreams;

/// <summary>Times and sizes of the streams; register another instance to change them. The defaults are the measured ones.</summary>
public sealed record StreamOptions
{
    /// <summary>Events in a segment, at most.</summary>
    public int Portion { get; init; } = 500;

    /// <summary>Characters of event bodies in a segment, at most (one event always fits).</summary>
    public int PortionLength { get; init; } = 1_000_000;

    /// <summary>Events that one replay request asks for.</summary>
    public int Window { get; init; } = 10_000;

    /// <summary>A subscriber commits what it has applied after this time and goes on: on SQLite clerks' writes wait meanwhile.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a relay that died keeps the others waiting.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the broker may take to confirm a message; then it is sent again. The driver itself may wait for ever on a channel that has died.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the relay looks for commits that it was not woken for (another replica's).</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>After this much idleness the relay sends an empty segment with the head.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After this much silence the subscriber asks for the head.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a replay request stays open without progress.</summary>
    public TimeSpan ReplayTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a subscriber looks at its checkpoint by itself.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A stuck event is tried again after this time, doubled each time.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A stuck event is tried again at least this often.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Segments that wait in memory for a slow subscriber where there is no broker; the oldest are dropped.</summary>
    public int MemorySegments { get; init; } = 64;

    /// <summary>How long a stopping service goes on shipping its log.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(5);
}
