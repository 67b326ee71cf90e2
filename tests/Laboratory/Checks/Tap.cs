using System.Collections.Concurrent;
using System.Text.Json;
using LaborBridge.Tests.Fixtures;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace LaborBridge.Tests.Laboratory;

/// <summary>
/// Hears everything that is published, in a queue of its own that loses nothing: what counts as shipped must have been here. Also keeps the last messages
/// as they came, to send them once more in the wrong order.
/// </summary>
internal sealed class Tap : IAsyncDisposable
{
    private const string Queue = "laboratory.tap";
    private const int Kept = 30;
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(300);

    private readonly Broker broker;
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<string, SortedDictionary<long, long>> heard = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Message>> messages = new();
    private readonly Task listening;

    public Tap(Broker broker)
    {
        this.broker = broker;
        listening = Listen();
    }

    /// <summary>False when the broker lost its disk: what was published meanwhile is not known then.</summary>
    public bool IsComplete { get; set; } = true;

    /// <summary>Set when it listens for the first time.</summary>
    public TaskCompletionSource Ready { get; } = new();

    /// <summary>How much of a stream, from its beginning, was heard without a hole.</summary>
    public long Heard(string stream)
    {
        if (!heard.TryGetValue(stream, out var runs))
        {
            return 0;
        }

        lock (runs)
        {
            var last = 0L;
            foreach (var (from, to) in runs)
            {
                if (from > last + 1)
                {
                    break;
                }

                last = Math.Max(last, to);
            }

            return last;
        }
    }

    /// <summary>Sends a subscriber's queue what was published last, each twice, in another order.</summary>
    public async Task Repeat(string queue, Random random)
    {
        var stream = queue[(queue.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var again = messages.TryGetValue(stream, out var kept) ? kept.ToArray() : [];
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), end.Token);
        foreach (var message in again.Concat(again).OrderBy(_ => random.Next()))
        {
            await channel.BasicPublishAsync("", queue, mandatory: false, message.Properties, message.Body, end.Token);
        }
    }

    /// <summary>Throws away what waits in a queue, as a length limit does.</summary>
    public async Task<uint> Purge(string queue)
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: end.Token);
        return await channel.QueuePurgeAsync(queue, end.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private async Task Listen()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await using var connection = await Connect();
                await using var channel = await connection.CreateChannelAsync(cancellationToken: end.Token);
                await Declare(channel);
                var closed = new TaskCompletionSource();
                channel.ChannelShutdownAsync += (_, _) => Task.FromResult(closed.TrySetResult());
                var consumer = new AsyncEventingBasicConsumer(channel);
                consumer.ReceivedAsync += async (_, message) =>
                {
                    Take(message);
                    await channel.BasicAckAsync(message.DeliveryTag, multiple: false, end.Token);
                };
                await channel.BasicQosAsync(0, 50, global: false, end.Token);
                await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, end.Token);
                Ready.TrySetResult();
                await closed.Task.WaitAsync(end.Token);
            }
            catch (Exception) when (!end.IsCancellationRequested)
            {
                // The broker is away: it is one of the faults.
                await Task.Delay(Again, end.Token);
            }
        }
    }

    private async Task<IConnection> Connect() =>
        await new ConnectionFactory { Uri = broker.Address, AutomaticRecoveryEnabled = false, RequestedConnectionTimeout = TimeSpan.FromSeconds(3), RequestedHeartbeat = TimeSpan.FromSeconds(5) }
            .CreateConnectionAsync(end.Token);

    private async Task Declare(IChannel channel)
    {
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: end.Token);
        foreach (var stream in Names.Streaming)
        {
            await channel.ExchangeDeclareAsync($"laborbridge.{stream}", ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: end.Token);
            await channel.QueueBindAsync(Queue, $"laborbridge.{stream}", "", cancellationToken: end.Token);
        }
    }

    private void Take(BasicDeliverEventArgs delivered)
    {
        var body = delivered.Body.ToArray();
        using var envelope = JsonDocument.Parse(body);
        var segment = envelope.RootElement.GetProperty("message");
        var stream = segment.GetProperty("stream").GetString()!;
        var first = segment.GetProperty("firstPosition").GetInt64();
        var count = segment.GetProperty("events").GetArrayLength();
        if (count > 0)
        {
            var runs = heard.GetOrAdd(stream, _ => []);
            lock (runs)
            {
                runs[first] = Math.Max(runs.GetValueOrDefault(first), first + count - 1);
            }
        }

        var kept = messages.GetOrAdd(stream, _ => new());
        kept.Enqueue(new Message(new BasicProperties(delivered.BasicProperties), body));
        while (kept.Count > Kept && kept.TryDequeue(out _))
        {
        }
    }

    private sealed record Message(BasicProperties Properties, byte[] Body);
}
