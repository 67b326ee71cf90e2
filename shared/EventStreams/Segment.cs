namespace LaborBridge.EventStreams;

/// <summary>A run of a stream's events, in order and without gaps; one message of the bus.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Incarnation">Renewed when the source's database was restored from a backup: positions then start to mean something else.</param>
/// <param name="FirstPosition">Position of the first event; of the next one to come when there is none.</param>
/// <param name="Head">The log's last position when this was read.</param>
/// <param name="Events">The events.</param>
/// <param name="Asked">In answer to a replay request the position it started from; 0 in what the relay sends by itself.</param>
public sealed record Segment(string Stream, Guid Incarnation, long FirstPosition, long Head, SegmentEvent[] Events, long Asked = 0)
{
    /// <summary>Position of the last event.</summary>
    internal long LastPosition => FirstPosition + Events.Length - 1;
}

/// <summary>An event on the wire. Its body is text, so that a kind the subscriber does not know still reaches it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Body">JSON.</param>
/// <param name="Subject">The thing it is about.</param>
/// <param name="At">When it happened.</param>
/// <param name="Ignorable">Whether a subscriber that does not know the kind may pass over it.</param>
public sealed record SegmentEvent(string Kind, string Body, Guid Subject, DateTimeOffset At, bool Ignorable);

/// <summary>A subscriber asks the source for a part of its log. Every request is answered, if need be by an empty segment with the head.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="From">First position wanted: the subscriber's checkpoint + 1.</param>
/// <param name="Window">How many events, at most.</param>
/// <param name="AnswerTo">The subscriber's queue.</param>
public sealed record ReplayRequested(string Stream, long From, int Window, string AnswerTo);
