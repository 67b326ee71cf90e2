using System.Runtime.CompilerServices;
using LaborBridge.Persistence;

namespace LaborBridge.EventStreams;

/// <summary>The log in one service's database: writes at the commit, reads in portions.</summary>
internal sealed class OwnLog
{
    private static readonly ConditionalWeakTable<Db, OwnLog> Logs = [];

    private static readonly Sql Advance = Sql.Text("UPDATE stream_head SET position = position + @Count WHERE id = 1");

    private static readonly Sql SelectHead = Sql.Text("SELECT position, incarnation FROM stream_head WHERE id = 1");

    private static readonly Sql SeedHead = Sql.InsertOrIgnore("stream_head", "id", "position, incarnation");

    private static readonly Sql Renew = Sql.Text("UPDATE stream_head SET incarnation = @Incarnation WHERE id = 1");

    private static readonly Sql Insert = Sql.Insert("stream_log", "position, kind, body, subject, at, ignorable");

    private static readonly Sql SelectAfter = Sql.Text("""
        SELECT position, kind, body, subject, at, ignorable FROM stream_log
        WHERE position > @After AND position <= @UpTo ORDER BY position {first:@Count}
        """);

    private readonly Dictionary<Type, string> kinds;
    private readonly EventCatalog catalog;
    private readonly TimeProvider time;

    /// <summary>Makes <see cref="EventLog.Append"/> know the log of this database.</summary>
    public OwnLog(Db db, EventCatalog catalog, TimeProvider time)
    {
        this.catalog = catalog;
        this.time = time;
        kinds = catalog.Kinds.ToDictionary(kind => kind.Value, kind => kind.Key);
        Logs.AddOrUpdate(db, this);
    }

    public string Stream => catalog.Stream;

    /// <summary>Set after every commit that appended.</summary>
    public Signal Appended { get; } = new();

    public static OwnLog Of(Db db) => Logs.TryGetValue(db, out var log)
        ? log
        : throw new InvalidOperationException("This database has no stream yet: register it with AddEventStream and start the host.");

    public LogRow Row(object @event, Guid subject, DateTimeOffset? at) => new()
    {
        Kind = kinds.TryGetValue(@event.GetType(), out var kind)
            ? kind
            : throw new InvalidOperationException($"{@event.GetType().Name} is not an event of the stream '{catalog.Stream}'."),
        Body = EventJson.Write(@event),
        Subject = subject,
        At = at ?? time.GetUtcNow(),
        Ignorable = catalog.Ignorable.Contains(kind),
    };

    public async Task Write(Tx tx, AppendedEvents appended)
    {
        if (appended.LastPosition is not null)
        {
            return;
        }

        if (await tx.Execute(Advance, new { appended.Rows.Count }) == 0)
        {
            await Seed(tx);
            await tx.Execute(Advance, new { appended.Rows.Count });
        }

        appended.Number((await Head(tx)).Position);
        await tx.ExecuteMany(Insert, appended.Rows);
        tx.AfterCommit(Appended.Set);
    }

    public Task Seed(Tx tx) => tx.Execute(SeedHead, new { Id = 1, Position = 0L, Incarnation = NewIncarnation() });

    public async Task RenewIncarnation(Tx tx)
    {
        await Seed(tx);
        await tx.Execute(Renew, new { Incarnation = NewIncarnation() });
    }

    public async Task<LogHead> Head(Tx tx) => await tx.First<LogHead>(SelectHead) ?? throw new InvalidOperationException("stream_head is empty.");

    /// <summary>The next events after a position as a segment, empty when there is none.</summary>
    public async Task<Segment> Read(Tx tx, long after, long upTo, StreamOptions options, long asked = 0)
    {
        // The head first: a row committed in between is then beyond it, and comes with the next portion.
        var head = await Head(tx);
        var rows = await tx.Query<LogRow>(SelectAfter, new { After = after, UpTo = Math.Min(upTo, head.Position), Count = options.Portion });
        var events = new List<SegmentEvent>(rows.Count);
        var length = 0;
        foreach (var row in rows)
        {
            length += row.Body.Length;
            if (length > options.PortionLength && events.Count > 0)
            {
                break;
            }

            events.Add(new SegmentEvent(row.Kind, row.Body, row.Subject, row.At, row.Ignorable));
        }

        var first = rows.Count > 0 ? rows[0].Position : head.Position + 1;
        return new Segment(catalog.Stream, head.Incarnation, first, head.Position, [.. events], asked);
    }

    private Guid NewIncarnation() => Guid.CreateVersion7(time.GetUtcNow());
}

/// <summary>A row of the log.</summary>
internal sealed class LogRow
{
    public long Position { get; set; }

    public required string Kind { get; init; }

    public required string Body { get; init; }

    public required Guid Subject { get; init; }

    public required DateTimeOffset At { get; init; }

    public required bool Ignorable { get; init; }
}

/// <summary>The row of <c>stream_head</c>.</summary>
internal sealed class LogHead
{
    public required long Position { get; init; }

    public required Guid Incarnation { get; init; }
}
