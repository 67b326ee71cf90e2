using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;
using RabbitMQ.Client;
using Xunit;

namespace LaborBridge.Tests.Distributed.Streams;

public sealed class Streams_within_a_process : Delivery
{
    private protected override bool HasBroker => false;

    [Fact]
    public async Task drop_the_oldest_for_a_slow_subscriber_and_replay_them()
    {
        var gate = new TaskCompletionSource();
        await using var node = await StartBoth(new Behaviour { Before = (_, _) => gate.Task }, Quick with { MemorySegments = 4, Portion = 20, Window = 40 });

        var last = await node.Tell(2_000, perCommit: 20);
        await Wait.Until(async () => (await node.SenderMonitor.Read())[0].Shipped == last, "the log is shipped");
        gate.SetResult();

        await node.Reaches(last);
        await node.AssertArrived(last);
    }

    [Fact]
    public async Task let_others_write_while_a_long_segment_is_applied()
    {
        using var turn = new SemaphoreSlim(0);
        await using var node = await StartBoth(new Behaviour { Before = (_, _) => turn.WaitAsync() }, Quick with { Hold = TimeSpan.Zero });
        await node.Tell(50, perCommit: 50);

        turn.Release();
        await node.Reaches(1);
        var write = node.Receiver.Write(tx => Store.Arrive(tx, position: -1, number: 0), cancel: TestContext.Current.CancellationToken);
        turn.Release(2);
        await write;
        turn.Release(100);
        await node.Reaches(50);

        Assert.InRange((await node.Arrivals()).IndexOf(-1), 1, 3);
    }
}

public sealed class Streams_over_RabbitMQ : Delivery
{
    private const int Limit = 2_000;

    private protected override bool HasBroker => true;

    [Fact]
    public async Task keep_an_absent_subscribers_queue_short_and_replay_what_fell_off()
    {
        await using (var there = await StartReceiver())
        {
            await Wait.Until(async () => await Waiting() is 0, "the subscriber's queue is there");
        }

        await using (var sender = await StartSender(Quick with { Portion = 1 }))
        {
            await sender.Tell(3_000);
            await Wait.Until(async () => (await sender.SenderMonitor.Read())[0].Shipped == 3_000, "the log is shipped, a segment an event", TimeSpan.FromSeconds(60));
            await Wait.Until(async () => await Waiting() is > 0 and <= Limit, "the queue holds the last segments only", details: () => $"{Waiting().Result}");
        }

        await using var node = await StartBoth(options: Quick with { Window = 500 });
        await node.Reaches(3_000);
        await node.AssertArrived(3_000);
        await Wait.Until(async () => await Waiting() is 0, "nothing is left behind");
    }

    private async Task<uint?> Waiting()
    {
        await using var connection = await new ConnectionFactory { Uri = Address! }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync("receiver.sender")).MessageCount;
    }
}

public sealed class Streams_between_servers : Delivery
{
    private protected override bool HasBroker => true;

    private protected override bool HasServer => true;
}

/// <summary>Exactly once in effect, in order, whatever is lost or doubled on the way.</summary>
public abstract class Delivery : StreamsSuite
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task arrive_in_commit_order_without_gaps()
    {
        await using var node = await StartBoth();

        var commits = await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            var positions = new List<(long Last, int Count)>();
            for (var i = 0; i < 20; i++)
            {
                var count = 1 + ((writer + i) % 7);
                positions.Add((await node.Tell(count, count), count));
            }

            return positions;
        }));

        var taken = commits.SelectMany(commit => commit).SelectMany(commit => Enumerable.Range(0, commit.Count).Select(i => commit.Last - i)).Order().ToList();
        await node.Reaches(taken.Count);
        Assert.Equal(Enumerable.Range(1, taken.Count).Select(position => (long)position), taken);
        await node.AssertArrived(taken.Count);
    }

    [Fact]
    public async Task take_back_the_positions_of_what_is_rolled_back()
    {
        await using var node = await StartBoth();
        await node.Tell(3);

        await Assert.ThrowsAsync<InvalidOperationException>(() => node.Sender.Write(async tx =>
        {
            tx.Append(new Noted(99, "never"), Notes.Subject);
            await tx.TakePositions();
            throw new InvalidOperationException("refused");
        }, cancel: Cancel));
        var last = await node.Tell(1);

        Assert.Equal(4, last);
        await node.Reaches(4);
        await node.AssertArrived(4);
    }

    [Fact]
    public async Task tell_a_write_its_position_after_the_commit()
    {
        await using var node = await StartBoth();
        Tx? written = null;

        await node.Sender.Write(tx =>
        {
            tx.Append(new Noted(1, "one"), Notes.Subject);
            tx.Append(new Counted(1), Notes.Subject);
            Assert.Null(tx.Position());
            written = tx;
            return Task.CompletedTask;
        }, cancel: Cancel);

        Assert.Equal(2, written!.Position());
    }

    [Fact]
    public async Task have_effect_once_when_a_segment_comes_twice()
    {
        await using var node = await StartWithoutRelay();
        await node.Tell(15);

        await node.Ship(1, 10);
        await node.Ship(1, 10);
        await node.Ship(6, 12);
        await node.Ship(13, 15);

        await node.Reaches(15);
        await node.AssertArrived(15);
    }

    [Fact]
    public async Task have_effect_once_when_the_relay_died_between_confirm_and_mark()
    {
        await using var node = await StartWithoutRelay();
        await node.Tell(1_200);
        await node.Ship(1, 1_200);
        await node.Reaches(1_200);

        await Store.GiveLease(node.Sender, shipped: 0);
        await Wait.Until(async () => (await node.SenderMonitor.Read())[0].Shipped == 1_200, "another relay ships all of it again");
        await node.Reaches(await node.Tell(1, from: 1_201));

        await node.AssertArrived(1_201);
    }

    [Fact]
    public async Task move_the_mark_although_another_relay_had_the_lease_meanwhile()
    {
        await using var node = await StartBoth();
        await node.Reaches(await node.Tell(10));
        await Wait.Until(async () => (await node.SenderMonitor.Read())[0].Shipped == 10, "the first events are shipped");

        // Another took it, and is gone: the mark of what this one ships next is refused once, and then nothing more is told.
        await Store.TakeLease(node.Sender, TimeSpan.FromSeconds(-1));
        await node.Tell(5, from: 11);

        await node.Reaches(15);
        await Wait.Until(async () => (await node.SenderMonitor.Read())[0].Shipped == 15, "all counts as shipped");
        await node.AssertArrived(15);
    }

    [Fact]
    public async Task replay_what_was_lost_on_the_way()
    {
        await using var node = await StartWithoutRelay(options: Quick with { Window = 300, Portion = 50, Silence = TimeSpan.FromHours(1) });
        await node.Tell(2_000);
        await node.Ship(1, 10);
        await node.Reaches(10);

        await node.Ship(1_501, 1_600);

        await node.Reaches(2_000);
        await node.AssertArrived(2_000);
    }

    [Fact]
    public async Task notice_a_loss_by_the_head_that_an_idle_relay_sends()
    {
        await using var node = await StartWithoutRelay(options: Quick with { Idle = TimeSpan.FromMilliseconds(200), Silence = TimeSpan.FromHours(1) });
        await node.Ship(1, await node.Tell(10));
        await node.Reaches(10);

        await node.Tell(20, from: 11);
        await Store.GiveLease(node.Sender, shipped: 30);

        await node.Reaches(30);
        await node.AssertArrived(30);
    }

    [Fact]
    public async Task ask_for_the_head_after_silence()
    {
        await using var node = await StartWithoutRelay(options: Quick with { Silence = TimeSpan.FromMilliseconds(300) });
        await node.Reaches(await node.Tell(10));

        await node.Tell(20, from: 11);

        await node.Reaches(30);
        await node.AssertArrived(30);
    }

    [Fact]
    public async Task build_a_late_subscriber_from_the_first_event()
    {
        await using (var before = await StartSender())
        {
            await before.Tell(25_000, perCommit: 1_000);
            await Wait.Until(async () => (await before.SenderMonitor.Read())[0].Shipped == 25_000, "the log is shipped before anybody listens");
        }

        await using var node = await StartBoth();
        var last = await node.Tell(100, from: 25_001);

        await node.Reaches(last);
        await node.AssertArrived(last);
    }

    [Fact]
    public async Task catch_up_while_the_sender_goes_on()
    {
        await using (var before = await StartSender())
        {
            await before.Tell(10_000, perCommit: 1_000);
        }

        await using var node = await StartBoth(options: Quick with { Window = 2_000, Portion = 100 });
        var last = await node.Tell(5_000, perCommit: 10, from: 10_001);

        await node.Reaches(last);
        await node.AssertArrived(last);
    }

    [Fact]
    public async Task append_the_receivers_own_events_in_the_same_transaction()
    {
        await using var node = await StartBoth(new Behaviour { Also = (tx, noted) => tx.Append(new Noted(-noted.Number, "answer"), Notes.Subject) });

        await node.Reaches(await node.Tell(700));

        await Wait.Until(async () => (await node.ReceiverMonitor.Read())[0] is { Head: 700, Shipped: 700 }, "the receiver's own log is shipped");
    }

    [Fact]
    public async Task wake_who_waits_for_a_position()
    {
        var behaviour = new Behaviour();
        await using var node = await StartBoth(behaviour);
        Assert.False(await node.Positions.WaitFor("sender", 5, TimeSpan.FromMilliseconds(100), Cancel));

        var waiting = node.Positions.WaitFor("sender", 5, TimeSpan.FromSeconds(20), Cancel);
        await node.Tell(5);

        Assert.True(await waiting);
        await Wait.Until(() => behaviour.Wakes > 0, "the in-memory book is woken");
        await Assert.ThrowsAsync<ArgumentException>(() => node.Positions.WaitFor("nobody", 1, TimeSpan.Zero, Cancel));
    }

    [Fact]
    public async Task go_on_after_a_restart_of_both_sides()
    {
        await using (var first = await StartBoth())
        {
            await first.Tell(500);
        }

        await using var second = await StartBoth();
        await second.Tell(500, from: 501);

        await second.Reaches(1_000);
        await second.AssertArrived(1_000);
    }

    [Fact]
    public async Task do_not_believe_an_old_head()
    {
        var behaviour = new Behaviour();
        await using var node = await StartBoth(behaviour);
        await node.Reaches(await node.Tell(100));
        var known = await node.Read(after: 100);

        await node.Publish(known with { FirstPosition = 51, Head = 50 });
        await node.Publish(known with { Incarnation = Notes.Subject, FirstPosition = 1, Head = 0 });
        await node.Reaches(await node.Tell(100, from: 101));

        Assert.Equal(0, behaviour.Rebuilds);
        await node.AssertArrived(200);
    }

    [Fact]
    public async Task build_the_copy_anew_when_the_sender_was_restored_from_a_backup()
    {
        var behaviour = new Behaviour();
        await using var node = await StartWithoutRelay(behaviour);
        await node.Ship(1, await node.Tell(300));
        await node.Reaches(300);

        await Store.RestoreBackup(node.Sender, 120);
        Assert.Equal(420, await node.Tell(300, from: 121));
        await Store.GiveLease(node.Sender, shipped: 120);

        await Wait.Until(() => behaviour.Rebuilds > 0, "the copy is built anew");
        await node.Reaches(420);
        await node.AssertArrived(420);
        Assert.Equal(1, behaviour.Rebuilds);
    }

    [Fact]
    public async Task build_the_copy_anew_when_the_log_ends_before_the_checkpoint()
    {
        var behaviour = new Behaviour();
        await using var node = await StartWithoutRelay(behaviour, Quick with { Silence = TimeSpan.FromMilliseconds(300) });
        await node.Reaches(await node.Tell(300));

        await Store.RestoreBackup(node.Sender, 120);

        await Wait.Until(async () => behaviour.Rebuilds == 1 && (await node.Subscription()).Checkpoint == 120, "the copy is built anew");
        await node.AssertArrived(120);
    }

    [Fact]
    public async Task build_the_copy_anew_when_an_operator_asks()
    {
        var behaviour = new Behaviour();
        await using var node = await StartBoth(behaviour);
        await node.Reaches(await node.Tell(300));

        Assert.True(await node.Act((monitor, tx) => monitor.Rebuild(tx, "sender", "the copy looks wrong", "operator")));

        await node.Reaches(300);
        Assert.Equal(1, behaviour.Rebuilds);
        await node.AssertArrived(300);
    }
}
