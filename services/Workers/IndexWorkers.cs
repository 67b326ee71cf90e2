using LaborBridge.Persistence;

namespace LaborBridge.Workers;

/// <summary>
/// Gives workers who were registered by an earlier version the hashes by which they are found now: a name's first two characters, a phone's last four digits,
/// the day from which they are free. SQL cannot: it has no key. Runs once at start, in small transactions, and finds nothing to do ever after.
/// </summary>
internal sealed partial class IndexWorkers(Db<WorkersService> db, Sealing sealing, ILogger<IndexWorkers> log) : BackgroundService
{
    private const int Portion = 200;

    private static readonly Sql SelectOld = Sql.Text($$"""
        SELECT {{WorkerStore.Columns}} FROM workers w {lock} WHERE w.start_hash = '' AND w.name IS NOT NULL ORDER BY w.id {first:@Take} {for update}
        """);

    private static readonly Sql Index = Sql.Text("UPDATE workers SET start_hash = @StartHash, available_from = @AvailableFrom WHERE id = @Id");

    private static readonly Sql AddTerm = Sql.InsertOrIgnore("worker_terms", "worker_id, kind, term");

    /// <summary>Indexes a portion; returns how many it was.</summary>
    public Task<int> Next(CancellationToken stop) => db.Write(async tx =>
    {
        var rows = await tx.Query<WorkerRow>(SelectOld, new { Take = Portion });
        var people = rows.Select(row => (Row: row, Person: sealing.Open(row)!)).ToList();
        await tx.ExecuteMany(Index, [.. people.Select(one => one.Row with { StartHash = sealing.StartHash(one.Person.Name), AvailableFrom = Worker.AvailableFrom(Stored.Wishes(one.Row)) })]);
        await tx.ExecuteMany(AddTerm, [.. people.SelectMany(one => sealing.Terms(one.Row.Id, one.Person))]);
        return rows.Count;
    }, repeatable: true, stop);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await Next(stoppingToken) == Portion)
            {
                // The next portion.
            }
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            // They are found by what they were found by before; the next start tries again.
            Stopped(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Workers of an earlier version could not all be indexed.")]
    private partial void Stopped(Exception error);
}
