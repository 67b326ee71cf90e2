namespace LaborBridge.EventStreams;

/// <summary>An event cannot be applied here: its kind is unknown, its body unreadable, or its applier failed.</summary>
internal sealed class PoisonException(long position, string kind, string reason, Exception? cause = null) : Exception(reason, cause)
{
    public long Position { get; } = position;

    public string Kind { get; } = kind;

    public static PoisonException UnknownKind(long position, string kind, string service) =>
        new(position, kind, $"'{service}' does not know the kind '{kind}': upgrade it to a version that does. Subscribers are upgraded before the source.");

    public static PoisonException Failed(long position, string kind, Exception cause) => new(position, kind, $"{cause.GetType().Name}: {cause.Message}", cause);
}
