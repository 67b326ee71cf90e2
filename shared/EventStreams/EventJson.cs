using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LaborBridge.EventStreams;

/// <summary>How events are written in the log and on the wire.</summary>
public static class EventJson
{
    /// <summary>camelCase, enumerations as kebab-case words, nulls left out; readers pass over properties that they do not know.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    internal static string Write(object @event) => JsonSerializer.Serialize(@event, @event.GetType(), Options);

    internal static object Read(string body, Type type) =>
        JsonSerializer.Deserialize(body, type, Options) ?? throw new JsonException("The event's body is null.");
}
