namespace LaborBridge.EventStreams;

/// <summary>The contract of one stream: what kinds of event it carries. Contracts declares it as data.</summary>
/// <param name="Stream">Name of the stream, equal to the name of the service that writes it.</param>
/// <param name="Kinds">Kind → event type; a kind never changes.</param>
/// <param name="Ignorable">Kinds that a subscriber may pass over when it does not know them.</param>
public sealed record EventCatalog(string Stream, IReadOnlyDictionary<string, Type> Kinds, IReadOnlySet<string> Ignorable);

/// <summary>Where an event stands.</summary>
/// <param name="Stream">The stream it came by.</param>
/// <param name="Position">Its position there, from 1, without gaps.</param>
/// <param name="At">When it happened, by the source's clock.</param>
/// <param name="Subject">The thing it is about.</param>
/// <param name="Again">It had its effect here before, and comes again because the copy is built anew: what is append-only has it already.</param>
public sealed record EventContext(string Stream, long Position, DateTimeOffset At, Guid Subject, bool Again);
