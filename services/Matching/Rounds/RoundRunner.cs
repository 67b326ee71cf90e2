using System.Text.Json;
using LaborBridge.Matching.Books;
using LaborBridge.Matching.Engine;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Rounds;

/// <summary>
/// Runs queued rounds, each on exactly one replica: a lease in the database's time, prolonged while it computes, and every step stored only by its owner.
/// Who dies loses the lease; another begins anew, to the same result.
/// </summary>
internal sealed partial class RoundRunner(Db<MatchingService> db, BookKeeper books, TimeProvider time, ILogger<RoundRunner> log) : BackgroundService
{
    private const long LeaseMicroseconds = 10_000_000;
    private const int Portion = 250;

    private static readonly Sql Waiting = Sql.Text("SELECT id FROM rounds WHERE state IN ('queued', 'running') AND lease_until < {now} ORDER BY id {first:@Limit}");

    private static readonly Sql Claim = Sql.Text("""
        UPDATE rounds SET state = 'running', owner = @Me, lease_until = {now} + @Lease WHERE id = @Id AND state IN ('queued', 'running') AND lease_until < {now}
        """);

    private static readonly Sql Prolong = Sql.Text("UPDATE rounds SET lease_until = {now} + @Lease, progress = @Progress WHERE id = @Id AND owner = @Me AND state = 'running'");

    private static readonly Sql Finish = Sql.Text("""
        UPDATE rounds SET version = version + 1, state = @State, progress = 1, result = @Result, failure = @Failure WHERE id = @Id AND owner = @Me AND state = 'running'
        """);

    private static readonly Sql ForgetWorkers = Sql.Text("DELETE FROM round_workers WHERE round_id = @Id");

    private static readonly Sql ForgetCutoffs = Sql.Text("DELETE FROM round_cutoffs WHERE round_id = @Id");

    private static readonly Sql KeepWorker = Sql.Insert("round_workers", "round_id, worker_id, posting_id, employer_id, worker_score, firm_score, code, zh, en");

    private static readonly Sql KeepCutoff = Sql.Insert("round_cutoffs", "round_id, posting_id, seats, taken, cutoff, lot");

    private readonly string me = Guid.CreateVersion7(time.GetUtcNow()).ToString();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunNext(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Failed(error);
            }
        }
    }

    private async Task RunNext(CancellationToken cancel)
    {
        var next = await db.Read(tx => tx.Scalar<string>(Waiting, new { Limit = 1 }), cancel);
        if (next is null || await db.Write(tx => tx.Execute(Claim, new { Id = next, Me = me, Lease = LeaseMicroseconds }), cancel: cancel) == 0)
        {
            return;
        }

        var round = await db.Read(tx => FindRounds.Get(tx, Guid.Parse(next)), cancel) ?? throw new InvalidOperationException($"Round {next} vanished.");
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var progress = new Latest();
        var holding = Hold(round.Id, progress, lost);
        try
        {
            await Run(round, progress, lost.Token);
        }
        catch (ArgumentException broken)
        {
            await End(round.Id, RoundRow.Failed, result: null, broken.Message);
        }
        finally
        {
            await lost.CancelAsync();
            await holding;
        }
    }

    private async Task Run(RoundRow round, Latest progress, CancellationToken cancel)
    {
        await books.CatchUp(cancel);
        var (workers, postings) = Choose(round.ReadRequest(), books.Book.Snapshot());
        var day = ChinaTime.Today(time);
        var profile = round.ProfileOn(day);
        var result = await Task.Run(() => DeferredAcceptance.Run(workers, postings, profile, cancel, progress), cancel);
        await Keep(round.Id, result, postings.ToDictionary(posting => posting.Id, posting => posting.Employer), cancel);
        var summary = new RoundSummary(
            workers.Length, postings.Length, result.Matches.Count, result.Unmatched.Count, BlockingPairs.Count(workers, postings, result.Matches, profile, cancel), result.Total, result.Digest(),
            result.Proposals, day, "plain-1");
        await End(round.Id, RoundRow.Done, JsonSerializer.Serialize(summary, JsonText.Options), failure: null);
    }

    /// <summary>The free, willing workers and open postings that the round asks for.</summary>
    private static (WorkerEntry[] Workers, PostingEntry[] Postings) Choose(RoundRequest request, (WorkerEntry[] Workers, PostingEntry[] Postings) all)
    {
        var homes = request.Workers?.Divisions ?? [];
        var monitored = request.Workers?.Statuses is { Count: > 0 };
        var sites = request.Postings?.Divisions ?? [];
        var trades = request.Postings?.Trades ?? [];
        var employers = request.Postings?.Employers ?? [];
        return (
            [.. all.Workers.Where(worker => worker is { Free: true, Consent: true } && homes.Any(home => worker.Home.StartsWith(home, StringComparison.Ordinal)) && (!monitored || worker.Priority > 0))],
            [.. all.Postings.Where(posting => posting.FreeSeats > 0
                && (sites.Count == 0 || sites.Any(site => posting.Site.StartsWith(site, StringComparison.Ordinal)))
                && (trades.Count == 0 || trades.Contains(posting.Trade, StringComparer.Ordinal))
                && (employers.Count == 0 || employers.Contains(posting.Employer)))]);
    }

    private async Task Keep(Guid id, RoundResult result, Dictionary<Guid, Guid> employers, CancellationToken cancel)
    {
        await db.Write(async tx =>
        {
            await tx.Execute(ForgetWorkers, new { Id = id });
            await tx.Execute(ForgetCutoffs, new { Id = id });
        }, repeatable: true, cancel);
        var rows = result.Matches
            .Select(match => new Placed(id, match.WorkerId, match.PostingId, employers[match.PostingId], match.WorkerScore, match.FirmScore, null, null, null))
            .Concat(result.Unmatched.Select(one => new Placed(id, one.WorkerId, null, null, 0, 0, one.Code, one.Sentence.Zh, one.Sentence.En)));
        foreach (var portion in rows.Chunk(Portion))
        {
            await db.Write(tx => tx.ExecuteMany(KeepWorker, portion), cancel: cancel);
        }

        var cutoffs = result.Cutoffs.Select(cutoff => new Bar(id, cutoff.PostingId, cutoff.Seats, cutoff.Taken, cutoff.Key?.Score, cutoff.Key?.Lottery.ToString("x16")));
        foreach (var portion in cutoffs.Chunk(Portion))
        {
            await db.Write(tx => tx.ExecuteMany(KeepCutoff, portion), cancel: cancel);
        }
    }

    private Task End(Guid id, string state, string? result, string? failure) =>
        db.Write(tx => tx.Execute(Finish, new { Id = id, Me = me, State = state, Result = result, Failure = failure }), repeatable: true);

    private async Task Hold(Guid id, Latest progress, CancellationTokenSource lost)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2));
        try
        {
            while (await timer.WaitForNextTickAsync(lost.Token))
            {
                if (await db.Write(tx => tx.Execute(Prolong, new { Id = id, Me = me, Lease = LeaseMicroseconds, Progress = progress.Share }), cancel: lost.Token) == 0)
                {
                    await lost.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The round has ended, or the lease is another's: either way there is nothing left to hold.
            return;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A round could not be run; the next look is in half a second.")]
    private partial void Failed(Exception error);

    private sealed class Latest : IProgress<RoundProgress>
    {
        private double share;

        public double Share => Volatile.Read(ref share);

        public void Report(RoundProgress value) => Volatile.Write(ref share, value.Workers == 0 ? 1 : 1 - ((double)value.Undecided / value.Workers));
    }

    private sealed record Placed(Guid RoundId, Guid WorkerId, Guid? PostingId, Guid? EmployerId, int WorkerScore, int FirmScore, string? Code, string? Zh, string? En);

    private sealed record Bar(Guid RoundId, Guid PostingId, int Seats, int Taken, int? Cutoff, string? Lot);
}
