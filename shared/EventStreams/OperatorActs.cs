using LaborBridge.Persistence;

namespace LaborBridge.EventStreams;

/// <summary>Something that an operator did about a stream. It is kept for good.</summary>
public sealed class OperatorAct
{
    /// <summary>The stream.</summary>
    public required string Stream { get; init; }

    /// <summary>When, by the database's clock.</summary>
    public required DateTimeOffset DoneAt { get; init; }

    /// <summary><c>replay</c>, <c>rebuild</c> or <c>skip</c>.</summary>
    public required string Act { get; init; }

    /// <summary>The source's incarnation then; null before the first segment.</summary>
    public Guid? Incarnation { get; init; }

    /// <summary>The event passed over; for the other acts how far the stream was applied.</summary>
    public required long Position { get; init; }

    /// <summary>The kind of the event that the stream was stuck at, if it was.</summary>
    public string? Kind { get; init; }

    /// <summary>Why that event could not be applied.</summary>
    public string? Failure { get; init; }

    /// <summary>The operator's reason.</summary>
    public required string Reason { get; init; }

    /// <summary>The operator.</summary>
    public required string Who { get; init; }
}

/// <summary>The book of operators' acts.</summary>
internal static class OperatorActs
{
    private const int Shown = 20;

    private static readonly Sql Insert = Sql.Insert("stream_acts", "stream, done_at, act, incarnation, position, kind, failure, reason, who");

    private static readonly Sql SelectLast = Sql.Text(
        "SELECT stream, done_at, act, incarnation, position, kind, failure, reason, who FROM stream_acts ORDER BY done_at DESC {first:@Shown}");

    public static Task Note(Tx tx, string act, Checkpoint checkpoint, long position, string reason, string who) => tx.Execute(Insert, new OperatorAct
    {
        Stream = checkpoint.Stream, DoneAt = checkpoint.Now, Act = act, Incarnation = checkpoint.Incarnation, Position = position,
        Kind = checkpoint.StuckKind, Failure = checkpoint.StuckReason, Reason = reason, Who = who,
    });

    public static async Task<IReadOnlyList<OperatorAct>> Last(Tx tx) => await tx.Query<OperatorAct>(SelectLast, new { Shown });
}
