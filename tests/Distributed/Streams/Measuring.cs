using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LaborBridge.EventStreams;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Distributed.Streams;

/// <summary>What a dashboard or an alarm is told of the streams.</summary>
public sealed class The_meters_of_a_stream : StreamsSuite
{
    private protected override bool HasBroker => false;

    [Fact]
    public async Task tell_head_shipped_checkpoint_and_lag()
    {
        await using var node = await StartBoth();
        using var meters = new Meters(node);
        await node.Tell(40);
        await node.Reaches(40);

        await meters.Become("laborbridge.stream.head", "sender", "sender", 40);
        await meters.Become("laborbridge.stream.shipped", "sender", "sender", 40);
        await meters.Become("laborbridge.stream.lag", "sender", "sender", 0);
        await meters.Become("laborbridge.stream.head", "receiver", "sender", 40);
        await meters.Become("laborbridge.stream.checkpoint", "receiver", "sender", 40);
        await meters.Become("laborbridge.stream.lag", "receiver", "sender", 0);
        await meters.Become("laborbridge.stream.stuck", "receiver", "sender", 0);
        Assert.Equal(40, meters.Counted("laborbridge.stream.applied", "receiver", "sender"));
        Assert.Equal(0, meters.Counted("laborbridge.stream.poison", "receiver", "sender"));
    }

    [Fact]
    public async Task tell_of_a_subscriber_that_is_stuck()
    {
        var ill = true;
        await using var node = await StartBoth(new Behaviour
        {
            Before = (noted, _) => noted.Number == 13 && Volatile.Read(ref ill) ? throw new InvalidOperationException("thirteen") : Task.CompletedTask,
        });
        using var meters = new Meters(node);
        await node.Tell(40, perCommit: 40);
        await node.GetsStuck();

        await meters.Become("laborbridge.stream.stuck", "receiver", "sender", 1);
        await meters.Become("laborbridge.stream.checkpoint", "receiver", "sender", 12);
        await meters.Become("laborbridge.stream.lag", "receiver", "sender", 28);
        Assert.Equal(12, meters.Counted("laborbridge.stream.applied", "receiver", "sender"));
        Assert.True(meters.Counted("laborbridge.stream.poison", "receiver", "sender") >= 1);

        Volatile.Write(ref ill, false);

        await meters.Become("laborbridge.stream.stuck", "receiver", "sender", 0);
        await meters.Become("laborbridge.stream.checkpoint", "receiver", "sender", 40);
        Assert.Equal(40, meters.Counted("laborbridge.stream.applied", "receiver", "sender"));
        Assert.True(meters.Counted("laborbridge.stream.replays.asked", "receiver", "sender") >= 1);
        Assert.True(meters.Counted("laborbridge.stream.replays.answered", "sender", "sender") >= 1);
    }

    /// <summary>Listens to the meters of one node, as an exporter would.</summary>
    private sealed class Meters : IDisposable
    {
        private readonly ConcurrentDictionary<(string Instrument, string Service, string Stream), long> latest = new();
        private readonly MeterListener listener = new();

        public Meters(Node node)
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == node.Meters && instrument.Meter.Name == StreamMeters.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            {
                var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!);
                latest.AddOrUpdate((instrument.Name, named["service"], named["stream"]), value, (_, before) => instrument.IsObservable ? value : before + value);
            });
            listener.Start();
        }

        public long Counted(string instrument, string service, string stream) => latest.GetValueOrDefault((instrument, service, stream));

        public Task Become(string instrument, string service, string stream, long expected) => Wait.Until(
            () =>
            {
                listener.RecordObservableInstruments();
                return latest.TryGetValue((instrument, service, stream), out var value) && value == expected;
            },
            $"{instrument} of {stream} at {service} becomes {expected}",
            details: () => string.Join('\n', latest));

        public void Dispose() => listener.Dispose();
    }
}
