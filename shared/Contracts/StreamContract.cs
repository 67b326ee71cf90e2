namespace LaborBridge.Contracts;

/// <summary>Names an event on the wire and in the log. A kind never changes; a changed meaning is a new event.</summary>
/// <param name="kind">Kebab-case, unique within its stream.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KindAttribute(string kind) : Attribute
{
    /// <summary>The kind.</summary>
    public string Kind { get; } = kind;

    /// <summary>Whether a subscriber that does not know the kind may pass over it instead of stopping.</summary>
    public bool Ignorable { get; init; }
}

/// <summary>The protocol of one stream: what kinds of event it carries.</summary>
/// <param name="Name">Name of the stream, equal to the name of its service.</param>
/// <param name="Kinds">Kind → event type.</param>
/// <param name="Ignorable">Kinds that a subscriber may pass over unknown.</param>
public sealed record StreamContract(string Name, IReadOnlyDictionary<string, Type> Kinds, IReadOnlySet<string> Ignorable)
{
    internal static StreamContract Of(string name, params Type[] events)
    {
        var kinds = events.ToDictionary(KindOf, type => type, StringComparer.Ordinal);
        var ignorable = events.Where(type => Attribute(type).Ignorable).Select(KindOf).ToHashSet(StringComparer.Ordinal);
        return new StreamContract(name, kinds, ignorable);
    }

    private static string KindOf(Type type) => Attribute(type).Kind;

    private static KindAttribute Attribute(Type type) =>
        (KindAttribute)(System.Attribute.GetCustomAttribute(type, typeof(KindAttribute)) ?? throw new InvalidOperationException($"{type.Name} has no [Kind]."));
}
