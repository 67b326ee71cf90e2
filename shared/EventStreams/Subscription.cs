using LaborBridge.Persistence;

namespace LaborBridge.EventStreams;

/// <summary>
/// What a service does with the events of another stream. Every kind of the catalog is either applied or ignored by name;
/// appliers run in the order of the stream, within the transaction that moves the checkpoint, and need no row that another stream brings.
/// </summary>
/// <param name="source">The other stream's contract.</param>
public sealed class Subscription(EventCatalog source)
{
    private readonly Dictionary<Type, Func<Tx, object, EventContext, Task>?> appliers = [];

    /// <summary>The other stream's contract.</summary>
    public EventCatalog Source { get; } = source;

    internal Func<Tx, Task>? Clear { get; private set; }

    internal Action? Applied { get; private set; }

    /// <summary>Applies an event. The delegate may run more than once and touches only the transaction.</summary>
    public Subscription On<TEvent>(Func<Tx, TEvent, EventContext, Task> apply) where TEvent : class
    {
        appliers.Add(typeof(TEvent), (tx, @event, context) => apply(tx, (TEvent)@event, context));
        return this;
    }

    /// <summary>Says that this service has no use for an event.</summary>
    public Subscription Ignore<TEvent>() where TEvent : class
    {
        appliers.Add(typeof(TEvent), null);
        return this;
    }

    /// <summary>
    /// Empties the copy before it is built anew from position 1 (the source was restored from a backup, or an operator asked for it).
    /// The change of the checkpoint is in the same transaction.
    /// </summary>
    public Subscription OnRebuild(Func<Tx, Task> clear)
    {
        Clear = clear;
        return this;
    }

    /// <summary>Called after the commit of applied events, to wake who waits for them: an in-memory book. It must not throw.</summary>
    public Subscription After(Action applied)
    {
        Applied += applied;
        return this;
    }

    /// <summary>Finds what to do with an event; null when it is ignored.</summary>
    internal Func<Tx, object, EventContext, Task>? Applier(Type type) => appliers[type];

    /// <summary>Everything that is wrong with this subscription, in words for who writes the service.</summary>
    internal IEnumerable<string> Mistakes(string service)
    {
        var where = $"The subscription of '{service}' to '{Source.Stream}'";
        var missing = Source.Kinds.Where(kind => !appliers.ContainsKey(kind.Value)).Select(kind => kind.Value.Name).ToArray();
        if (missing.Length > 0)
        {
            yield return $"{where} says nothing about {string.Join(", ", missing)}: add On or Ignore for each.";
        }

        var foreign = appliers.Keys.Except(Source.Kinds.Values).Select(type => type.Name).ToArray();
        if (foreign.Length > 0)
        {
            yield return $"{where} names {string.Join(", ", foreign)}, which the stream's catalog does not contain.";
        }

        if (Clear is null)
        {
            yield return $"{where} has no OnRebuild: say how to empty the copy, or that there is nothing to empty.";
        }
    }
}
