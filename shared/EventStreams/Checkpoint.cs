using LaborBridge.Persistence;

namespace LaborBridge.EventStreams;

/// <summary>How far a stream is applied here: the row of <c>stream_checkpoint</c>.</summary>
internal sealed class Checkpoint
{
    private const string Columns = "stream, incarnation, position, head, stuck_position, stuck_kind, stuck_reason, tries, next_try, told";

    private static readonly Sql Select = Sql.Text($"SELECT {Columns}, {{now}} AS now FROM stream_checkpoint WHERE stream = @Stream");

    private static readonly Sql SelectForUpdate = Sql.Text($"SELECT {Columns}, {{now}} AS now FROM stream_checkpoint {{lock}} WHERE stream = @Stream {{for update}}");

    private static readonly Sql Insert = Sql.InsertOrIgnore("stream_checkpoint", "stream", "position, head, tries");

    private static readonly Sql Update = Sql.Text("""
        UPDATE stream_checkpoint SET incarnation = @Incarnation, position = @Position, head = @Head, stuck_position = @StuckPosition, stuck_kind = @StuckKind,
            stuck_reason = @StuckReason, tries = @Tries, next_try = @NextTry, told = @Told
        WHERE stream = @Stream
        """);

    public required string Stream { get; init; }

    /// <summary>Of the source's log; null before the first segment.</summary>
    public Guid? Incarnation { get; set; }

    /// <summary>The last event applied.</summary>
    public long Position { get; set; }

    /// <summary>The source's head as last heard when the checkpoint moved.</summary>
    public long Head { get; set; }

    /// <summary>The event that could not be applied: the one after <see cref="Position"/>.</summary>
    public long? StuckPosition { get; set; }

    public string? StuckKind { get; set; }

    public string? StuckReason { get; set; }

    /// <summary>How often the stuck event was tried.</summary>
    public int Tries { get; set; }

    /// <summary>When it is tried again, by the database's clock.</summary>
    public DateTimeOffset? NextTry { get; set; }

    /// <summary>The last event of this incarnation that ever had its effect here; beyond <see cref="Position"/> while a copy is built anew.</summary>
    public long? Told { get; set; }

    /// <summary>The database's clock when this was read.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>Whether events are discarded because an earlier one cannot be applied.</summary>
    public bool IsWaiting => StuckPosition is not null && NextTry > Now;

    public void Unstick() => (StuckPosition, StuckKind, StuckReason, Tries, NextTry) = (null, null, null, 0, null);

    public static Task Seed(Tx tx, string stream) => tx.Execute(Insert, new { Stream = stream, Position = 0L, Head = 0L, Tries = 0 });

    public static async Task<Checkpoint> Read(Tx tx, string stream) => await tx.First<Checkpoint>(Select, new { Stream = stream }) ?? new Checkpoint { Stream = stream };

    /// <summary>Reads and locks it to the end of the transaction: whoever else would apply waits here.</summary>
    public static async Task<Checkpoint> Lock(Tx tx, string stream)
    {
        if (await tx.First<Checkpoint>(SelectForUpdate, new { Stream = stream }) is { } existing)
        {
            return existing;
        }

        await Seed(tx, stream);
        return await tx.First<Checkpoint>(SelectForUpdate, new { Stream = stream }) ?? throw new InvalidOperationException($"The checkpoint of '{stream}' could not be made.");
    }

    public Task Save(Tx tx) => tx.Execute(Update, this);
}

/// <summary>How far streams are applied, for code that runs in a transaction of the service.</summary>
public static class Checkpoints
{
    /// <summary>Position of the last event of a stream that is applied in this database; 0 before the first.</summary>
    public static async Task<long> Checkpoint(this Tx tx, string stream) => (await EventStreams.Checkpoint.Read(tx, stream)).Position;

    /// <summary>
    /// Whether the copy has all that the source was last heard to have told. False while events are on their way or one is stuck, and from the moment in
    /// which a copy is emptied until it is built anew: nothing should be concluded then from what the copy lacks.
    /// </summary>
    public static async Task<bool> IsComplete(this Tx tx, string stream) =>
        await EventStreams.Checkpoint.Read(tx, stream) is var checkpoint
        && (checkpoint.Incarnation is null || (checkpoint.Position > 0 && checkpoint.Position >= checkpoint.Head));
}
