using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LaborBridge.EventStreams;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Architecture.Protocol;

/// <summary>
/// Approved samples: <c>Samples/STREAM/KIND.json</c>, after an addition <c>KIND.2.json</c> and so on. What was shipped once stands in logs and
/// backups for ever, so a sample is never changed and never removed once it was released.
/// </summary>
internal static class Sample
{
    private static readonly JsonSerializerOptions Shown = new(EventJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never, WriteIndented = true };
    private static readonly NullabilityInfoContext Nullability = new();

    public static IReadOnlyList<string> FilesOf(string stream, string kind) =>
        Directory.Exists(Folder(stream))
            ? [.. Directory.EnumerateFiles(Folder(stream), "*.json")
                .Where(file => Path.GetFileName(file).Split('.')[0] == kind)
                .OrderBy(Number)]
            : [];

    public static IReadOnlyList<string> AllFiles() => [.. Directory.EnumerateFiles(Folder(""), "*.json", SearchOption.AllDirectories)];

    /// <summary>Whether today's type still reads yesterday's text without loss: nothing dropped, nothing changed, nothing missing that must be there.</summary>
    public static IReadOnlyList<string> Losses(string text, Type type)
    {
        object? read;
        try
        {
            read = JsonSerializer.Deserialize(text, type, EventJson.Options);
        }
        catch (JsonException e)
        {
            return [$"{type.Name} does not read it: {e.Message}"];
        }
        var sample = JsonNode.Parse(text)!.AsObject();
        var again = JsonSerializer.SerializeToNode(read, type, Shown)!.AsObject();
        return
        [
            .. sample.Where(property => !JsonNode.DeepEquals(property.Value, again[property.Key])).Select(property => $"{type.Name} loses {property.Key}"),
            .. type.GetProperties().Where(property => property.GetValue(read) is null && Nullability.Create(property).ReadState == NullabilityState.NotNull)
                .Select(property => $"{type.Name}.{property.Name} is null when an old event is read: make it nullable"),
        ];
    }

    /// <summary>Properties of the type that the text does not show.</summary>
    public static IReadOnlyList<string> Additions(string text, Type type)
    {
        var sample = JsonNode.Parse(text)!.AsObject();
        return [.. type.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Where(name => !sample.ContainsKey(name))];
    }

    /// <summary>A text to begin with, every property filled.</summary>
    public static string Suggestion(Type type) => JsonSerializer.Serialize(Example(type), type, Shown);

    private static string Folder(string stream) => Repository.PathOf("tests", "Architecture", "Samples", stream);

    private static int Number(string file) => int.TryParse(Path.GetFileName(file).Split('.')[1], out var number) ? number : 1;

    private static object Example(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        if (inner.IsGenericType)
        {
            var element = inner.GetGenericArguments()[0];
            var list = Array.CreateInstance(element, 1);
            list.SetValue(Example(element), 0);
            return list;
        }
        return inner switch
        {
            _ when inner == typeof(string) => "text",
            _ when inner == typeof(bool) => true,
            _ when inner == typeof(int) => 3,
            _ when inner == typeof(long) => 450000L,
            _ when inner == typeof(Guid) => new Guid("0199b3a0-0000-7000-8000-000000000001"),
            _ when inner == typeof(DateOnly) => new DateOnly(2026, 3, 1),
            _ when inner == typeof(DateTimeOffset) => new DateTimeOffset(2026, 3, 1, 1, 0, 0, TimeSpan.Zero),
            _ => Activator.CreateInstance(inner, [.. inner.GetConstructors()[0].GetParameters().Select(parameter => Example(parameter.ParameterType))])!,
        };
    }
}
