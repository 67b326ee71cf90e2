using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters.Jobs;

/// <summary>Runs the jobs of rosters, one at a time a process: imports and dry runs, undos, and the end of the 30 days for which files are kept.</summary>
internal sealed partial class RosterJobs(
    Db<WorkersService> db, RosterImport import, RosterReversal reversal, RosterSignal signal, TimeProvider time, ILogger<RosterJobs> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Sweep = TimeSpan.FromHours(1);

    private readonly string me = $"{Environment.MachineName}:{Guid.CreateVersion7(time.GetUtcNow()):N}";
    private DateTimeOffset nextSweep = DateTimeOffset.MinValue;

    /// <summary>Runs what waits, until nothing does; for tests, the demo and benchmarks.</summary>
    public async Task RunAll(CancellationToken stop)
    {
        while (await RosterLease.Claim(db, me, time.GetUtcNow(), stop) is { } roster)
        {
            await Run(roster, stop);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAll(stoppingToken);
                await Retain(stoppingToken);
                await signal.Wait(Idle, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The database is away, or a job met what nobody foresaw and is marked failed: the next look comes later.
                Troubled(error);
                await Task.Delay(AfterTrouble, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Run(Roster roster, CancellationToken stop)
    {
        try
        {
            await (roster.Phase == RosterWords.Undo ? reversal.Run(roster, me, stop) : import.Run(roster, me, stop));
            await End(roster, RosterWords.Done, failure: null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await RosterLease.Yield(db, roster.Id, me);
            throw;
        }
        catch (LeaseLostException lost)
        {
            Lost(lost, roster.Id);
        }
        catch (ProblemException refused)
        {
            await End(roster, RosterWords.Failed, refused.Problem.Code);
        }
        catch (Exception error) when (!db.IsTransient(error))
        {
            await End(roster, RosterWords.Failed, "internal");
            throw;
        }
    }

    private Task End(Roster roster, string state, string? failure) =>
        db.Write(tx => RosterLease.End(tx, roster.Id, me, state, failure, time.GetUtcNow()), repeatable: true);

    private async Task Retain(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (now >= nextSweep)
        {
            await RosterRetention.Sweep(db, now, stop);
            nextSweep = now + Sweep;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The roster job met an error.")]
    private partial void Troubled(Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another replica has taken over roster {Roster}.")]
    private partial void Lost(Exception error, Guid roster);
}
