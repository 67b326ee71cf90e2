using LaborBridge.EventStreams;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Distributed.Streams;

/// <summary>Brokers and databases that die under running streams, and come back.</summary>
public sealed class Broken_servers : IDisposable
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(90);
    private readonly TempFolder folder = TempFolder.Create();

    private Store Sender => Store.Sqlite(folder, "sender");

    private Store Receiver => Store.Sqlite(folder, "receiver");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task lose_no_event_when_the_broker_is_killed()
    {
        Requires.RabbitMq();
        await using var broker = await Broker.StartOwn();
        await using var node = await Node.Start(broker.Address, new StreamOptions(), Sender, Receiver);
        await node.Reaches(await node.Tell(500));

        await broker.Kill();
        await node.Tell(2_000, perCommit: 20, from: 501);
        await broker.Start();
        await node.Tell(500, from: 2_501);

        await node.Reaches(3_000, Recovery);
        await node.AssertArrived(3_000);
    }

    [Fact]
    public async Task lose_no_event_when_the_brokers_disk_is_lost()
    {
        Requires.RabbitMq();
        await using var broker = await Broker.StartOwn();
        await using var node = await Node.Start(broker.Address, new StreamOptions(), Sender, Receiver);
        await node.Reaches(await node.Tell(500));

        await broker.Kill();
        broker.Wipe();
        await node.Tell(2_000, perCommit: 20, from: 501);
        await broker.Start();
        await node.Tell(500, from: 2_501);

        await node.Reaches(3_000, Recovery);
        await node.AssertArrived(3_000);
    }

    [Fact]
    public async Task hold_nobody_who_waits_for_a_confirm_that_does_not_come()
    {
        Requires.RabbitMq();
        await using var broker = await Broker.StartOwn();
        var options = new StreamOptions { Patience = TimeSpan.FromSeconds(1) };
        await using var node = await Node.Start(broker.Address, options, Sender, Receiver);
        await node.Reaches(await node.Tell(100));
        var segment = await node.Read(after: 0);

        broker.Freeze();
        try
        {
            var since = TimeProvider.System.GetTimestamp();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => node.Send(segment, options));

            // Sooner than the missing heartbeats tell that the connection is dead, after ten seconds.
            Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(7));
        }
        finally
        {
            broker.Thaw();
        }

        await node.Reaches(await node.Tell(100, from: 101), Recovery);
        await node.AssertArrived(200);
    }

    [Fact]
    public async Task let_a_service_start_before_its_broker()
    {
        Requires.RabbitMq();
        await using var broker = await Broker.StartOwn();
        await broker.Kill();
        await using var node = await Node.Start(broker.Address, new StreamOptions(), Sender, Receiver);
        await node.Tell(100);

        await broker.Start();

        await node.Reaches(100, Recovery);
        await node.AssertArrived(100);
    }

    [Fact]
    public async Task let_a_service_stop_in_time_without_its_broker()
    {
        Requires.RabbitMq();
        await using var broker = await Broker.StartOwn();
        await using (var node = await Node.Start(broker.Address, new StreamOptions(), Sender, Receiver))
        {
            await node.Reaches(await node.Tell(500));
            await broker.Kill();
            await node.Tell(500, from: 501);

            var since = TimeProvider.System.GetTimestamp();
            await node.Stop();
            Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(20));
        }

        await broker.Start();
        await using var again = await Node.Start(broker.Address, new StreamOptions(), Sender, Receiver);
        await again.Reaches(1_000, Recovery);
        await again.AssertArrived(1_000);
    }

    [Fact]
    public async Task stop_no_stream_when_the_subscribers_database_is_killed()
    {
        Requires.RabbitMq();
        Requires.PostgreSql();
        await using var virtualHost = await (await Broker.Shared()).CreateVirtualHost();
        await using var cluster = await PostgreSql.StartOwn();
        var database = await cluster.CreateDatabase();
        await using var node = await Node.Start(virtualHost.Address, new StreamOptions(), Sender, Store.PostgreSql(database));
        await node.Reaches(await node.Tell(500));

        await cluster.Kill();
        await node.Tell(1_000, perCommit: 20, from: 501);
        await cluster.Start();
        await node.Tell(500, from: 1_501);

        await node.Reaches(2_000, Recovery);
        Assert.Null((await node.Subscription()).Stuck);
        await node.AssertArrived(2_000);
    }
}
