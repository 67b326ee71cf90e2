using LaborBridge.Persistence;

namespace LaborBridge.Workers.Duplicates;

/// <summary>
/// Compares every record that was registered or corrected with those of the same name, behind the own log and in small portions, resting three times as long
/// as it worked, so that neither the counter nor an import waits for it. Several replicas may look: the mark moves once.
/// </summary>
internal sealed partial class SearchDuplicates(Db<WorkersService> db, Sealing sealing, TimeProvider time, ILogger<SearchDuplicates> log) : BackgroundService
{
    private const int Portion = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private static readonly Sql SelectMark = Sql.Text("SELECT position FROM duplicate_search WHERE id = 1");

    private static readonly Sql MoveMark = Sql.Text("UPDATE duplicate_search SET position = @Position WHERE id = 1 AND position = @Before");

    private static readonly Sql SelectRecorded = Sql.Text("""
        SELECT position, subject FROM stream_log WHERE position > @After AND kind = 'worker-recorded' ORDER BY position {first:@Count}
        """);

    // Two questions with an index each: hundreds share a name, few a year of birth or a phone beside it.
    private static readonly Sql SelectAlike = Sql.Text("""
        SELECT a.id AS one, b.id AS other FROM workers a
            JOIN workers b ON b.start_hash = a.start_hash AND b.name_hash = a.name_hash AND b.birth_year = a.birth_year AND b.id <> a.id AND SUBSTRING(b.home_division, 1, 9) = SUBSTRING(a.home_division, 1, 9)
        WHERE a.id IN @Ids AND a.out_reason IS NULL AND b.out_reason IS NULL
        UNION
        SELECT a.id AS one, b.id AS other FROM workers a JOIN worker_terms p ON p.worker_id = a.id AND p.kind = 'phone'
            JOIN worker_terms q ON q.term = p.term AND q.kind = 'phone' AND q.worker_id <> a.id JOIN workers b ON b.id = q.worker_id AND b.name_hash = a.name_hash
        WHERE a.id IN @Ids AND a.out_reason IS NULL AND b.out_reason IS NULL
        """);

    private static readonly Sql SelectRows = Sql.Text($"SELECT {WorkerStore.Columns} FROM workers w WHERE w.id IN @Ids");

    /// <summary>Compares the next portion; false when there was none.</summary>
    public async Task<bool> Once(CancellationToken stop)
    {
        var (mark, recorded, found) = await db.Read(async tx =>
        {
            var mark = await tx.Scalar<long>(SelectMark);
            var recorded = await tx.Query<Recorded>(SelectRecorded, new { After = mark, Count = Portion });
            return (mark, recorded, await Compare(tx, [.. recorded.Select(one => one.Subject).Distinct()]));
        }, stop);
        if (recorded.Count > 0)
        {
            await db.Write(async tx =>
            {
                if (await tx.Execute(MoveMark, new { recorded[^1].Position, Before = mark }) == 1)
                {
                    await DuplicateRow.Insert(tx, found);
                }
            }, repeatable: true, stop);
        }

        return recorded.Count > 0;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var (wait, started) = (AfterTrouble, time.GetTimestamp());
            try
            {
                wait = await Once(stoppingToken) ? Rest(time.GetElapsedTime(started)) : Idle;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Troubled(error);
            }

            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TimeSpan Rest(TimeSpan worked) => worked * 3 > Pause ? worked * 3 : Pause;

    private async Task<List<DuplicateRow>> Compare(Tx tx, List<Guid> workers)
    {
        var pairs = workers.Count == 0 ? [] : await tx.Query<Pair>(SelectAlike, new { Ids = workers.Select(id => id.ToString("D")) });
        var ordered = pairs.Select(pair => string.CompareOrdinal(pair.One.ToString("D"), pair.Other.ToString("D")) < 0 ? (pair.One, pair.Other) : (pair.Other, pair.One)).Distinct().ToList();
        var now = time.GetUtcNow();
        var found = new List<DuplicateRow>();
        foreach (var part in ordered.Chunk(Portion))
        {
            var ids = part.SelectMany(pair => new[] { pair.Item1, pair.Item2 }).Distinct().Select(id => id.ToString("D"));
            var rows = (await tx.Query<WorkerRow>(SelectRows, new { Ids = ids })).ToDictionary(row => row.Id);
            var people = rows.Values.ToDictionary(row => row.Id, sealing.Open);
            foreach (var (first, second) in part)
            {
                if (people.GetValueOrDefault(first) is { } one && people.GetValueOrDefault(second) is { } other && Likeness.Of(rows[first], one, rows[second], other) is { } agree)
                {
                    found.Add(new DuplicateRow
                    {
                        Id = Guid.CreateVersion7(now), FirstId = first, SecondId = second, Version = 1, State = DuplicateRow.Open, Likeness = string.Join(' ', agree), FoundAt = now,
                    });
                }
            }
        }

        return found;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The search for duplicates met an error; the next look is in 5 s.")]
    private partial void Troubled(Exception error);

    private sealed class Recorded
    {
        public required long Position { get; init; }
        public required Guid Subject { get; init; }
    }

    private sealed class Pair
    {
        public required Guid One { get; init; }
        public required Guid Other { get; init; }
    }
}
