using LaborBridge.EventStreams;

namespace LaborBridge.Tests.Distributed.Streams;

/// <summary>Marks the service that tells.</summary>
internal sealed class Sender;

/// <summary>Marks the service that listens.</summary>
internal sealed class Receiver;

internal sealed record Noted(int Number, string Text);

internal sealed record Counted(int Number);

internal sealed record Hinted(string Hint);

internal sealed record Renamed(string To);

internal static class Notes
{
    public static EventCatalog Catalog { get; } = Of(ignorable: ["hinted"], ("noted", typeof(Noted)), ("counted", typeof(Counted)));

    /// <summary>The sender after an upgrade that the receiver has not seen.</summary>
    public static EventCatalog Upgraded { get; } =
        Of(ignorable: ["hinted"], ("noted", typeof(Noted)), ("counted", typeof(Counted)), ("hinted", typeof(Hinted)), ("renamed", typeof(Renamed)));

    public static EventCatalog OfReceiver { get; } = new("receiver", new Dictionary<string, Type>(StringComparer.Ordinal) { ["noted"] = typeof(Noted) }, new HashSet<string>(StringComparer.Ordinal));

    public static Guid Subject { get; } = Guid.Parse("0198a000-0000-7000-8000-000000000001");

    private static EventCatalog Of(string[] ignorable, params (string Kind, Type Type)[] kinds) =>
        new("sender", kinds.ToDictionary(kind => kind.Kind, kind => kind.Type, StringComparer.Ordinal), ignorable.ToHashSet(StringComparer.Ordinal));
}
