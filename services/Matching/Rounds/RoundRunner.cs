using System.Text.Json;
using LaborBridge.Matching.Books;
using LaborBridge.Matching.Engine;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Rounds;

/// <summary>
/// Runs queued rounds, each on exactly one replica: keep the input, compute, store the result, each step under the lease. Who dies loses it; another goes on
/// from the kept input, to the same result.
/// </summary>
internal sealed partial class RoundRunner(Db<MatchingService> db, BookKeeper books, TimeProvider time, ILogger<RoundRunner> log) : BackgroundService
{
    private const int Portion = 250;

    /// <summary>Four points a match: within two thousandths of the highest total, and four times as fast as one point.</summary>
    private const int Step = 16;

    /// <summary>Where all pairs are too many, blocking pairs are counted for some of the workers, evenly spread.</summary>
    private const long PairsToCheck = 20_000_000;

    private static readonly Sql Finish = Sql.Text("""
        UPDATE rounds SET version = version + 1, state = @State, progress = 1, result = @Result, failure = @Failure WHERE id = @Id
        """);

    private static readonly Sql SetWorker = Sql.Text("""
        UPDATE round_workers SET posting_id = @PostingId, employer_id = @EmployerId, worker_score = @WorkerScore, firm_score = @FirmScore, code = @Code, zh = @Zh, en = @En
        WHERE round_id = @RoundId AND worker_id = @WorkerId
        """);

    private static readonly Sql SetPosting = Sql.Text("UPDATE round_postings SET taken = @Taken, cutoff = @Cutoff, lot = @Lot, code = @Code, zh = @Zh, en = @En WHERE round_id = @RoundId AND posting_id = @PostingId");

    private readonly string me = Guid.CreateVersion7(time.GetUtcNow()).ToString();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await RoundLease.Next(db, me, stoppingToken) is { } lease)
                {
                    await RunHeld(lease, stoppingToken);
                }
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(error);
            }
        }
    }

    private async Task RunHeld(RoundLease lease, CancellationToken stopping)
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var holding = lease.Hold(work);
        try
        {
            await Run(lease, work.Token);
        }
        catch (Exception broken) when (broken is not (OperationCanceledException or LeaseLostException) && !db.IsTransient(broken))
        {
            // It would fail again wherever it ran.
            Failed(broken);
            await End(lease, RoundRow.Failed, result: null, broken.Message);
        }
        finally
        {
            await work.CancelAsync();
            await holding;
        }
    }

    private async Task Run(RoundLease lease, CancellationToken cancel)
    {
        var round = await Get(lease, cancel);
        if (!round.Frozen)
        {
            await RoundInput.Keep(lease, round.ReadRequest(), books, ChinaTime.Today(time), cancel);
            round = await Get(lease, cancel);
        }

        var (workers, postings) = await db.Read(tx => RoundInput.Read(tx, round.Id), cancel);
        var day = round.AsOf ?? throw new InvalidOperationException($"Round {round.Id} kept its input without a day.");
        var profile = round.ProfileOn(day);
        var progress = new Share(lease);
        var summary = round.ReadObjective() switch
        {
            Objective.Stable => await Stable(),
            Objective.Maximum => await Maximum(),
            _ => throw new InvalidOperationException($"Round {round.Id} has an unknown objective."),
        };
        await End(lease, RoundRow.Done, JsonSerializer.Serialize(summary, JsonText.Options), failure: null);

        async Task<RoundSummary> Stable()
        {
            var (able, aside) = OversizedGroups.SetAside(workers, postings);
            var (result, parties) = await QuietThread.Run(() => StableRound.Run(able, postings, profile, cancel, progress, round.ReadMinimum()));
            var closed = result.Closed.Select(one => one.PostingId).ToHashSet();
            return (await Summary(result.With(aside.SelectMany(group => group)), Party.Split(able).Alone, [.. postings.Where(posting => !closed.Contains(posting.Id))])) with
            {
                Parties = parties.Parties, PartiesPlaced = parties.Placed, PartiesBlocking = parties.Blocking.Count, GroupsTooLarge = aside.Length, PostingsClosed = closed.Count,
            };
        }

        async Task<RoundSummary> Maximum()
        {
            // For comparison both take everybody as going alone.
            var stable = await QuietThread.Run(() => DeferredAcceptance.Run(workers, postings, profile, cancel, progress));
            var (result, proof) = await QuietThread.Run(() => HighestTotal.Run(workers, postings, profile, Step, cancel, progress));
            return (await Summary(result, workers, postings)) with { UpperBound = proof.Bound, StableTotal = stable.Total, StableMatched = stable.Matches.Count };
        }

        async Task<RoundSummary> Summary(RoundResult result, IReadOnlyList<WorkerEntry> alone, IReadOnlyCollection<PostingEntry> open)
        {
            await Keep(lease, result, postings, cancel);
            var sample = Sample(alone, postings.Length);
            var blocking = await QuietThread.Run(() => BlockingPairs.Count(workers, open, result.Matches, profile, cancel, sample));
            return new(workers.Length, postings.Length, result.Matches.Count, result.Unmatched.Count, blocking, sample.Length, result.Total, result.Digest(), result.Proposals, day, "columns-1");
        }
    }

    private async Task<RoundRow> Get(RoundLease lease, CancellationToken cancel) =>
        await db.Read(tx => FindRounds.Get(tx, lease.Round), cancel) ?? throw new InvalidOperationException($"Round {lease.Round} vanished.");

    private static WorkerEntry[] Sample(IReadOnlyList<WorkerEntry> workers, int postings)
    {
        var every = (int)Math.Max(1, ((long)workers.Count * postings / PairsToCheck) + 1);
        return [.. workers.Where((_, i) => i % every == 0)];
    }

    private static async Task Keep(RoundLease lease, RoundResult result, PostingEntry[] postings, CancellationToken cancel)
    {
        var employers = postings.ToDictionary(posting => posting.Id, posting => posting.Employer);
        var workers = result.Matches
            .Select(match => new Placed(lease.Round, match.WorkerId, match.PostingId, employers[match.PostingId], match.WorkerScore, match.FirmScore, null, null, null))
            .Concat(result.Unmatched.Select(one => new Placed(lease.Round, one.WorkerId, null, null, 0, 0, one.Code, one.Sentence.Zh, one.Sentence.En)));
        foreach (var portion in workers.Chunk(Portion))
        {
            await lease.Step(tx => tx.ExecuteMany(SetWorker, portion), cancel);
        }

        var closed = result.Closed.ToDictionary(one => one.PostingId);
        var cutoffs = from cutoff in result.Cutoffs
                      let why = closed.GetValueOrDefault(cutoff.PostingId)
                      select new Filled(lease.Round, cutoff.PostingId, cutoff.Taken, cutoff.Key?.Score, cutoff.Key?.Lottery.ToString("x16"), why?.Code, why?.Sentence.Zh, why?.Sentence.En);
        foreach (var portion in cutoffs.Chunk(Portion))
        {
            await lease.Step(tx => tx.ExecuteMany(SetPosting, portion), cancel);
        }
    }

    private static Task End(RoundLease lease, string state, string? result, string? failure) =>
        lease.Step(tx => tx.Execute(Finish, new { Id = lease.Round, State = state, Result = result, Failure = failure }));

    [LoggerMessage(Level = LogLevel.Error, Message = "A round could not be run.")]
    private partial void Failed(Exception error);

    private sealed class Share(RoundLease lease) : IProgress<RoundProgress>
    {
        public void Report(RoundProgress value) => lease.Progress = value.Workers == 0 ? 1 : 1 - ((double)value.Undecided / value.Workers);
    }

    private sealed record Placed(Guid RoundId, Guid WorkerId, Guid? PostingId, Guid? EmployerId, int WorkerScore, int FirmScore, string? Code, string? Zh, string? En);

    private sealed record Filled(Guid RoundId, Guid PostingId, int Taken, int? Cutoff, string? Lot, string? Code, string? Zh, string? En);
}
