using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace LaborBridge.Tests.Distributed.Streams;

public sealed class A_stream_within_a_process : Stopping
{
    private protected override bool HasBroker => false;
}

public sealed class A_stream_over_RabbitMQ : Stopping
{
    private protected override bool HasBroker => true;
}

public sealed class A_stream_between_servers : Stopping
{
    private protected override bool HasBroker => true;

    private protected override bool HasServer => true;
}

/// <summary>What an event does that cannot be applied: it stops the stream after the good ones before it, until it can, or is skipped.</summary>
public abstract class Stopping : StreamsSuite
{
    private static readonly Sql Skips = Sql.Text("SELECT who FROM stream_acts WHERE act = 'skip' AND stream = 'sender' AND position = @Position");

    [Fact]
    public async Task stops_at_poison_after_the_good_events_and_goes_on_when_it_is_cured()
    {
        var ill = true;
        await using var node = await StartBoth(new Behaviour
        {
            Before = (noted, _) => noted.Number == 13 && Volatile.Read(ref ill) ? throw new InvalidOperationException("thirteen") : Task.CompletedTask,
        });
        await node.Tell(40, perCommit: 40);

        var stuck = await node.GetsStuck();
        await node.Tell(10, from: 41);
        await Wait.Until(async () => (await node.Subscription()).Stuck is { Tries: > 1 }, "the stuck event is tried again");

        Assert.Equal((13, "noted"), (stuck.Position, stuck.Kind));
        Assert.Contains("thirteen", stuck.Reason, StringComparison.Ordinal);
        await node.AssertArrived(12);

        Volatile.Write(ref ill, false);

        await node.Reaches(50);
        Assert.Null((await node.Subscription()).Stuck);
        await node.AssertArrived(50);
    }

    [Fact]
    public async Task passes_over_poison_when_an_operator_says_why()
    {
        await using var node = await StartBoth(new Behaviour
        {
            Before = (noted, _) => noted.Number is 13 or 20 ? throw new InvalidOperationException("never") : Task.CompletedTask,
        });
        await node.Tell(40, perCommit: 40);
        await node.GetsStuck();

        Assert.False(await node.Act((monitor, tx) => monitor.Skip(tx, "sender", 12, "the wrong one", "operator")));
        Assert.True(await node.Act((monitor, tx) => monitor.Skip(tx, "sender", 13, "entered by hand instead", "operator")));
        await Wait.Until(async () => (await node.Subscription()).Stuck is { Position: 20 }, "the next poison stops it");
        Assert.True(await node.Act((monitor, tx) => monitor.Skip(tx, "sender", 20, "entered by hand instead", "operator")));

        await node.Reaches(40);
        Assert.Equal([.. Enumerable.Range(1, 40).Where(number => number is not (13 or 20)).Select(number => (long)number)], await node.Arrivals());
        Assert.Equal("operator", await node.Receiver.Read(tx => tx.Scalar<string>(Skips, new { Position = 13 }), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task tries_again_at_once_when_an_operator_asks()
    {
        var ill = true;
        var options = Quick with { FirstRetry = TimeSpan.FromHours(1), LongestRetry = TimeSpan.FromHours(1) };
        await using var node = await StartBoth(
            new Behaviour { Before = (_, _) => Volatile.Read(ref ill) ? throw new InvalidOperationException("ill") : Task.CompletedTask }, options);
        await node.Tell(5);
        await node.GetsStuck();

        Volatile.Write(ref ill, false);
        Assert.True(await node.Act((monitor, tx) => monitor.Replay(tx, "sender", "cured", "operator")));

        await node.Reaches(5);
        await node.AssertArrived(5);
    }

    [Fact]
    public async Task stops_at_a_kind_it_does_not_know_and_passes_over_an_ignorable_one()
    {
        await using var node = await StartBoth(catalog: Notes.Upgraded);
        await node.Tell(3);
        await node.Sender.Write(
            tx =>
            {
                tx.Append(new Hinted("new"), Notes.Subject);
                tx.Append(new Noted(5, "five"), Notes.Subject);
                tx.Append(new Renamed("new"), Notes.Subject);
                return Task.CompletedTask;
            },
            cancel: TestContext.Current.CancellationToken);

        var stuck = await node.GetsStuck();

        Assert.Equal((6, "renamed"), (stuck.Position, stuck.Kind));
        Assert.Equal([1, 2, 3, 5], await node.Arrivals());
    }

    [Fact]
    public Task does_not_take_an_error_of_the_database_for_poison() =>
        GoesOnAfter(times: 10, HasServer ? new IOException("The connection was reset.") : new SqliteException("database is locked", 5));

    [Fact]
    public Task does_not_take_a_full_disk_for_poison() =>
        GoesOnAfter(times: 3, HasServer ? new PostgresException("could not extend file", "ERROR", "ERROR", "53100") : new SqliteException("database or disk is full", 13));

    private async Task GoesOnAfter(int times, Exception trouble)
    {
        var errors = 0;
        await using var node = await StartBoth(new Behaviour
        {
            Before = (noted, _) => noted.Number == 7 && Interlocked.Increment(ref errors) < times ? throw trouble : Task.CompletedTask,
        });
        await node.Tell(20);

        var wasStuck = false;
        await Wait.Until(
            async () =>
            {
                var seen = await node.Subscription();
                wasStuck |= seen.Stuck is not null;
                return seen.Checkpoint == 20;
            },
            "the stream goes on after the database's trouble",
            TimeSpan.FromSeconds(60));

        Assert.False(wasStuck);
        Assert.True(errors >= times);
        await node.AssertArrived(20);
    }
}
