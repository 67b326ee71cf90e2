using LaborBridge.Persistence;

namespace LaborBridge.Matching.Rounds;

/// <summary>
/// One replica's hold on one round, in the database's time. Every step is stored by <see cref="Step"/>, which prolongs the hold in the same transaction:
/// whoever lost it, frozen or cut off, stores nothing any more.
/// </summary>
internal sealed class RoundLease(Db<MatchingService> db, Guid round, string owner)
{
    private const long Microseconds = 10_000_000;

    private static readonly TimeSpan ProlongEvery = TimeSpan.FromSeconds(2);

    private static readonly Sql Waiting = Sql.Text("SELECT id FROM rounds WHERE state IN ('queued', 'running') AND lease_until < {now} ORDER BY id {first:@Limit}");

    private static readonly Sql Claim = Sql.Text("""
        UPDATE rounds SET state = 'running', owner = @Me, lease_until = {now} + @Lease WHERE id = @Id AND state IN ('queued', 'running') AND lease_until < {now}
        """);

    private static readonly Sql Prolong = Sql.Text("UPDATE rounds SET lease_until = {now} + @Lease, progress = @Progress WHERE id = @Id AND owner = @Me AND state = 'running'");

    private double progress;

    /// <summary>How far the round is, 0 to 1; stored with the next step or prolongation.</summary>
    public double Progress
    {
        get => Volatile.Read(ref progress);
        set => Volatile.Write(ref progress, value);
    }

    /// <summary>Takes the oldest round that waits or whose owner died; null when there is none.</summary>
    public static async Task<RoundLease?> Next(Db<MatchingService> db, string owner, CancellationToken cancel)
    {
        var next = await db.Read(tx => tx.Scalar<string>(Waiting, new { Limit = 1 }), cancel);
        return next is not null && await db.Write(tx => tx.Execute(Claim, new { Id = next, Me = owner, Lease = Microseconds }), cancel: cancel) == 1
            ? new RoundLease(db, Guid.Parse(next), owner)
            : null;
    }

    public Guid Round => round;

    /// <summary>Stores a step, if the round is still ours.</summary>
    /// <exception cref="LeaseLostException">It is not; nothing was stored.</exception>
    public Task Step(Func<Tx, Task> work, CancellationToken cancel = default) => db.Write(
        async tx =>
        {
            if (await tx.Execute(Prolong, new { Id = round, Me = owner, Lease = Microseconds, Progress }) == 0)
            {
                throw new LeaseLostException();
            }

            await work(tx);
        },
        repeatable: true,
        cancel);

    /// <summary>Prolongs until cancelled; cancels the work when the round is another's.</summary>
    public async Task Hold(CancellationTokenSource work)
    {
        using var timer = new PeriodicTimer(ProlongEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(work.Token))
            {
                await Step(_ => Task.CompletedTask, work.Token);
            }
        }
        catch (Exception)
        {
            // Ended, lost, or the database does not answer: the work stops, or it finds out at its next step.
            await work.CancelAsync();
        }
    }
}

/// <summary>Another replica runs the round now.</summary>
internal sealed class LeaseLostException() : Exception("The round is run by another replica now.");
