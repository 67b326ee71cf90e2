using System.Collections.Concurrent;
using System.Text.Json;
using LaborBridge.EventStreams;
using LaborBridge.Tests.Fixtures;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Xunit;

namespace LaborBridge.Tests.Distributed.Streams;

/// <summary>Several processes of one service on one PostgreSQL database: one relay ships, one consumer applies, whoever dies is replaced.</summary>
public sealed class Replicas : StreamsSuite
{
    private protected override bool HasBroker => true;

    private protected override bool HasServer => true;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ship_each_event_once_while_one_holds_the_lease()
    {
        var patient = Quick with { Lease = TimeSpan.FromMinutes(1) };
        await using var one = await StartSender(patient);
        await using var other = await StartSender(patient);
        await using var tap = await Tap.Open(Address!);
        await using var receiver = await StartReceiver();

        var told = await Task.WhenAll(Task.Run(() => one.Tell(2_000, perCommit: 7)), Task.Run(() => other.Tell(2_000, perCommit: 11)));

        Assert.Equal(4_000, told.Max());
        await receiver.Reaches(4_000);
        await receiver.AssertArrived(4_000);
        await Wait.Until(() => tap.Positions.Count() >= 4_000, "the tap has seen all");
        Assert.Equal(Enumerable.Range(1, 4_000).Select(position => (long)position), tap.Positions);
    }

    [Fact]
    public async Task take_the_lease_over_from_a_relay_that_stopped()
    {
        await using var receiver = await StartReceiver();
        await using var other = await StartSender(Quick with { Lease = TimeSpan.FromHours(1) });
        string? first;
        await using (var one = await StartSender(Quick with { Lease = TimeSpan.FromHours(1) }))
        {
            await one.Tell(100);
            await receiver.Reaches(100);
            first = await Store.LeaseOwner(one.Sender);
        }

        // Whichever of the two it was: the lease outlives nobody who stops in order.
        await other.Tell(100, from: 101);
        await receiver.Reaches(200);
        Assert.NotNull(first);
        await receiver.AssertArrived(200);
    }

    [Fact]
    public async Task take_the_lease_over_from_a_relay_that_died()
    {
        await using (var db = await SenderStore.Open<Sender>())
        {
            await Store.TakeLease(db, TimeSpan.FromSeconds(2));
        }

        await using var sender = await StartSender();
        await using var receiver = await StartReceiver(options: Quick with { Silence = TimeSpan.FromHours(1) });
        var dead = await Store.LeaseOwner(sender.Sender);
        await sender.Tell(100);

        await Wait.Until(async () => (await sender.SenderMonitor.Read())[0].Shipped == 100, "the lease of the dead runs out and the log is shipped");
        await receiver.Reaches(100);

        Assert.NotEqual(dead, await Store.LeaseOwner(sender.Sender));
        await receiver.AssertArrived(100);
    }

    [Fact]
    public async Task apply_each_event_once_and_replace_the_one_that_applies()
    {
        await using var sender = await StartSender();
        await using var second = await StartReceiver();
        await using (var first = await StartReceiver())
        {
            await sender.Tell(1_000);
            await first.Reaches(1_000);
            Assert.True(await first.Positions.WaitFor("sender", 1_000, TimeSpan.FromSeconds(5), Cancel));
            Assert.True(await second.Positions.WaitFor("sender", 1_000, TimeSpan.FromSeconds(5), Cancel));
        }

        await sender.Tell(1_000, from: 1_001);

        await second.Reaches(2_000);
        await second.AssertArrived(2_000);
    }

    [Fact]
    public async Task do_no_harm_when_a_frozen_consumer_wakes_beside_its_replacement()
    {
        await using var sender = await StartWithoutRelay();
        await using var one = await StartReceiver();
        await using var other = await StartReceiver();
        await sender.Tell(5_000);
        var segments = new List<Segment>();
        for (var after = 0L; after < 5_000; after = segments[^1].LastPosition)
        {
            segments.Add(await sender.Read(after));
        }

        await Task.WhenAll(new[] { one, other }.Select(node => Task.Run(async () =>
        {
            foreach (var segment in segments)
            {
                await node.Receive(segment);
            }
        })));

        await one.Reaches(5_000);
        await one.AssertArrived(5_000);
    }

    /// <summary>A queue of its own on the stream's exchange: what the relays really send.</summary>
    private sealed class Tap(IConnection connection) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<long> positions = [];

        public IEnumerable<long> Positions => positions;

        public static async Task<Tap> Open(Uri address)
        {
            var tap = new Tap(await new ConnectionFactory { Uri = address }.CreateConnectionAsync(Cancel));
            await tap.Listen();
            return tap;
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();

        private async Task Listen()
        {
            var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
            await channel.ExchangeDeclareAsync("laborbridge.sender", ExchangeType.Fanout, durable: true, cancellationToken: Cancel);
            var queue = await channel.QueueDeclareAsync(cancellationToken: Cancel);
            await channel.QueueBindAsync(queue.QueueName, "laborbridge.sender", "", cancellationToken: Cancel);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, delivery) =>
            {
                using var envelope = JsonDocument.Parse(delivery.Body);
                var message = envelope.RootElement.GetProperty("message");
                var first = message.GetProperty("firstPosition").GetInt64();
                for (var i = 0; i < message.GetProperty("events").GetArrayLength(); i++)
                {
                    positions.Enqueue(first + i);
                }

                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, Cancel);
        }
    }
}
