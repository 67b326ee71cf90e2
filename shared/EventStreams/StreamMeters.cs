using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LaborBridge.EventStreams;

/// <summary>
/// What the streams of this process tell who measures, each with the tags <c>service</c> and <c>stream</c>. Head and shipped of a service's own
/// stream come from the replica that ships it; all others report what they have applied.
/// </summary>
internal sealed class StreamMeters
{
    public const string Name = "LaborBridge.EventStreams";

    private readonly ConcurrentQueue<EventStream> streams = [];
    private readonly Counter<long> applied, asked, answered, poison;

    public StreamMeters(IMeterFactory factory)
    {
        var meter = factory.Create(Name);
        Gauge("laborbridge.stream.head", "Last position of the log, as known here", status => status.Head);
        Gauge("laborbridge.stream.shipped", "Last position of the own log that the broker has confirmed", status => status.Shipped);
        Gauge("laborbridge.stream.checkpoint", "Last position of another service's log that is applied here", status => status.Checkpoint);
        Gauge("laborbridge.stream.lag", "Events still to be shipped or applied", status => status.Lag);
        Gauge("laborbridge.stream.stuck", "1 while an event cannot be applied", status => status.Checkpoint is null ? null : status.Stuck is null ? 0 : 1);
        applied = meter.CreateCounter<long>("laborbridge.stream.applied", "{event}", "Events applied, or passed over because they were not for this service");
        asked = meter.CreateCounter<long>("laborbridge.stream.replays.asked", "{request}", "Windows of another service's log asked for");
        answered = meter.CreateCounter<long>("laborbridge.stream.replays.answered", "{request}", "Windows of the own log sent to who asked");
        poison = meter.CreateCounter<long>("laborbridge.stream.poison", "{try}", "Tries to apply an event that failed");

        void Gauge(string name, string description, Func<StreamStatus, long?> read) => meter.CreateObservableGauge(
            name, () => from stream in streams from status in stream.Seen where read(status) is not null select new Measurement<long>(read(status)!.Value, Tags(status.Service, status.Stream)), "{event}", description);
    }

    public void Watch(EventStream stream) => streams.Enqueue(stream);

    public void Applied(string service, string stream, long events) => applied.Add(events, Tags(service, stream));

    public void Asked(string service, string stream) => asked.Add(1, Tags(service, stream));

    public void Answered(string service, string stream) => answered.Add(1, Tags(service, stream));

    public void Poison(string service, string stream) => poison.Add(1, Tags(service, stream));

    private static KeyValuePair<string, object?>[] Tags(string service, string stream) => [new("service", service), new("stream", stream)];
}
