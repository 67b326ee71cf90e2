using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters;

namespace LaborBridge.Workers;

/// <summary>
/// What is kept no longer than the law asks (domain.md 7: service records three years), once a day, in small transactions: whoever has had nothing happen to him
/// for three years and does not work is erased; of the erased go the timeline, trainings and consents that are three years old; of rosters, which lost file and rows after
/// 30 days, the counts. The access log stays: each entry holds the next. <c>retention-report</c> and <see cref="ReportRetention"/> say what would go, and change nothing.
/// </summary>
internal sealed partial class Retention(Db<WorkersService> db, WorkerWriter writer, TimeProvider time, ILogger<Retention> log) : BackgroundService
{
    /// <summary>Years for which service records are kept.</summary>
    public const int Years = 3;

    private const int Portion = 100;
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    private const string Dormant = """
        FROM workers w WHERE w.name IS NOT NULL AND w.changed_at < @Before AND w.status NOT IN ('hired', 'travelling', 'on-post')
        AND NOT EXISTS (SELECT 1 FROM worker_steps s WHERE s.worker_id = w.id AND s.known_at >= @Before)
        AND NOT EXISTS (SELECT 1 FROM worker_placements p WHERE p.worker_id = w.id AND p.running = 1)
        """;

    private const string OfErased = "worker_id IN (SELECT id FROM workers WHERE name IS NULL)";

    private static readonly Sql SelectDormant = Sql.Text($"SELECT w.id AS id {Dormant} AND w.id > @After ORDER BY w.id {"{first:@Take}"}");

    private static readonly Sql CountDormant = Sql.Text($"SELECT COUNT(*) {Dormant}");

    private static readonly Sql CountSteps = Sql.Text($"SELECT COUNT(*) FROM worker_steps WHERE known_at < @Before AND {OfErased}");

    private static readonly Sql DropSteps = Sql.Text($"DELETE FROM worker_steps WHERE known_at < @Before AND {OfErased}");

    private static readonly Sql CountTrainings = Sql.Text($"SELECT COUNT(*) FROM trainings WHERE recorded_at < @Before AND {OfErased}");

    private static readonly Sql DropTrainings = Sql.Text($"DELETE FROM trainings WHERE recorded_at < @Before AND {OfErased}");

    private static readonly Sql CountConsents = Sql.Text($"SELECT COUNT(*) FROM consents WHERE withdrawn_at < @Before AND {OfErased}");

    private static readonly Sql DropConsents = Sql.Text($"DELETE FROM consents WHERE withdrawn_at < @Before AND {OfErased}");

    private const string OldRosters = """
        FROM rosters WHERE uploaded_at < @Before AND state IN ('done', 'failed') AND NOT EXISTS (SELECT 1 FROM roster_rows w WHERE w.roster_id = rosters.id)
        AND NOT EXISTS (SELECT 1 FROM roster_parts p WHERE p.roster_id = rosters.id)
        """;

    private static readonly Sql CountRosters = Sql.Text($"SELECT COUNT(*) {OldRosters}");

    private static readonly Sql DropRosters = Sql.Text($"DELETE {OldRosters}");

    /// <summary>What goes beside people: its code, its name for the report, what counts it, what deletes it.</summary>
    private static readonly (string What, string Name, Sql Count, Sql Drop)[] Records =
    [
        ("timeline", "timeline entries of the erased", CountSteps, DropSteps),
        ("trainings", "trainings of the erased", CountTrainings, DropTrainings),
        ("consents", "withdrawn consents of the erased", CountConsents, DropConsents),
        ("rosters", "counts of rosters", CountRosters, DropRosters),
    ];

    /// <summary><c>retention-report</c>.</summary>
    public static ServiceCommand ReportCommand { get; } = new("retention-report", async (services, terminal, cancel) =>
    {
        var before = Before(services.GetRequiredService<TimeProvider>());
        await terminal.WriteLineAsync($"Would go today, older than {Years} years ({ChinaTime.Day(before):yyyy-MM-dd}):");
        foreach (var (_, name, count) in await services.GetRequiredService<Db<WorkersService>>().Read(tx => Count(tx, before), cancel))
        {
            await terminal.WriteLineAsync($"{count,8} {name}");
        }

        return 0;
    });

    /// <summary>Does it, up to the present moment; returns how many people were erased.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var (before, erased) = (Before(time), 0);
        for (var after = ""; after is not null;)
        {
            var from = after;
            var ids = await db.Write(async tx =>
            {
                var dormant = await tx.Query<Guid>(SelectDormant, new { Before = before, After = from, Take = Portion });
                var gone = 0;
                foreach (var id in dormant)
                {
                    // Locked, and looked at again: a clerk may have come meanwhile.
                    if (await WorkerStore.Lock(tx, id) is { Erased: false } row && row.ChangedAt < before && !Worker.IsWorking(row.Status))
                    {
                        await EraseWorker.Erase(tx, Caller.System, row, writer);
                        gone++;
                    }
                }

                await ReportRetention.Note(tx, "people", gone, time.GetUtcNow());

                return dormant;
            }, repeatable: true, stop);
            erased += ids.Count;
            after = ids.Count < Portion ? null : ids[^1].ToString("D");
        }

        foreach (var (what, _, _, drop) in Records)
        {
            await db.Write(async tx => await ReportRetention.Note(tx, what, await tx.Execute(drop, new { Before = before }), time.GetUtcNow()), repeatable: true, stop);
        }

        await db.Write(PersonInRosters.ForgetFiles, repeatable: true, stop);
        return erased;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Daily, time);
        do
        {
            try
            {
                Erased(await Run(stoppingToken), Years);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // The database is away: what is due today is due tomorrow.
                Failed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>What is older than this goes.</summary>
    internal static DateTimeOffset Before(TimeProvider time) => ChinaTime.Start(ChinaTime.Today(time).AddYears(-Years));

    /// <summary>What would go now: its code, its name, how many.</summary>
    internal static async Task<List<(string What, string Name, long Count)>> Count(Tx tx, DateTimeOffset before)
    {
        var counts = new List<(string, string, long)> { ("people", "people", await tx.Scalar<long>(CountDormant, new { Before = before })) };
        foreach (var (what, name, count, _) in Records)
        {
            counts.Add((what, name, await tx.Scalar<long>(count, new { Before = before })));
        }

        return counts;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{People} people were erased of whom nothing was heard for {Years} years.")]
    private partial void Erased(int people, int years);

    [LoggerMessage(Level = LogLevel.Error, Message = "The daily retention could not be finished.")]
    private partial void Failed(Exception error);
}
