using System.Collections.Concurrent;
using System.Reflection;

namespace LaborBridge.Domain;

/// <summary>The name of an enum value in both languages, and other words by which rosters call it.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WordAttribute(string chinese, string english, params string[] synonyms) : Attribute
{
    /// <summary>The Chinese name.</summary>
    public string Chinese { get; } = chinese;

    /// <summary>The English name.</summary>
    public string English { get; } = english;

    /// <summary>Other Chinese words for it.</summary>
    public IReadOnlyList<string> Synonyms { get; } = synonyms;
}

/// <summary>Enum values ↔ the words of pages and rosters, from their <see cref="WordAttribute"/>.</summary>
public static class Words
{
    static readonly ConcurrentDictionary<Type, Vocabulary> Known = new();

    /// <summary>The Chinese name.</summary>
    public static string Chinese<T>(T value)
        where T : struct, Enum => Entry(value).Chinese;

    /// <summary>The English name.</summary>
    public static string English<T>(T value)
        where T : struct, Enum => Entry(value).English;

    /// <summary>Reads a cell: the Chinese name, one of its synonyms or the kebab-case code; blanks do not matter.</summary>
    public static bool TryParse<T>(string? text, out T value)
        where T : struct, Enum
    {
        value = default;
        if (!For<T>().ByWord.TryGetValue(Cells.Word(text), out var found))
            return false;
        value = (T)found;
        return true;
    }

    static WordAttribute Entry<T>(T value)
        where T : struct, Enum =>
        For<T>().ByValue.TryGetValue(value, out var entry) ? entry : throw new ArgumentOutOfRangeException(nameof(value), value, $"Not a {typeof(T).Name}.");

    static Vocabulary For<T>()
        where T : struct, Enum => Known.GetOrAdd(typeof(T), static type => Read<T>());

    static Vocabulary Read<T>()
        where T : struct, Enum
    {
        var byValue = new Dictionary<object, WordAttribute>();
        var byWord = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in Enum.GetValues<T>())
        {
            var entry = typeof(T).GetField(value.ToString())?.GetCustomAttribute<WordAttribute>()
                ?? throw new InvalidOperationException($"{typeof(T).Name}.{value} has no [Word].");
            byValue.Add(value, entry);
            foreach (var word in (string[])[entry.Chinese, Kebab.Of(value), .. entry.Synonyms])
                byWord.TryAdd(Cells.Word(word), value);
        }

        return new Vocabulary(byValue, byWord);
    }

    sealed record Vocabulary(Dictionary<object, WordAttribute> ByValue, Dictionary<string, object> ByWord);
}
