using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace LaborBridge.Domain;

/// <summary>Enum values as the HTTP contract writes them: <c>SecondaryVocational</c> ↔ <c>secondary-vocational</c>.</summary>
public static class Kebab
{
    static readonly ConcurrentDictionary<Type, Names> Known = new();

    /// <summary>The kebab-case name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined in its enum.</exception>
    public static string Of<T>(T value)
        where T : struct, Enum =>
        For<T>().ByValue.TryGetValue(value, out var name) ? name : throw new ArgumentOutOfRangeException(nameof(value), value, $"Not a {typeof(T).Name}.");

    /// <summary>Reads a kebab-case name. Only the exact spelling counts; numbers do not.</summary>
    public static bool TryParse<T>([NotNullWhen(true)] string? text, out T value)
        where T : struct, Enum
    {
        value = default;
        if (text is null || !For<T>().ByName.TryGetValue(text, out var found))
            return false;
        value = (T)found;
        return true;
    }

    /// <summary>Reads a kebab-case name that was written by <see cref="Of{T}"/>.</summary>
    /// <exception cref="FormatException">No such name.</exception>
    public static T Parse<T>(string text)
        where T : struct, Enum =>
        TryParse<T>(text, out var value) ? value : throw new FormatException($"{text} is not one of {string.Join(", ", All<T>())}.");

    /// <summary>All names of an enum, in the order of its values.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => For<T>().InOrder;

    /// <summary>A PascalCase name in kebab-case.</summary>
    public static string FromPascal(string name)
    {
        var result = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsAsciiLetterUpper(name[i]) && i > 0)
                result.Append('-');
            result.Append(char.ToLowerInvariant(name[i]));
        }

        return result.ToString();
    }

    static Names For<T>()
        where T : struct, Enum =>
        Known.GetOrAdd(typeof(T), static type =>
        {
            var byValue = Enum.GetValues<T>().ToDictionary(v => (object)v, v => FromPascal(v.ToString()));
            return new Names(byValue, byValue.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal), [.. byValue.Values]);
        });

    sealed record Names(Dictionary<object, string> ByValue, Dictionary<string, object> ByName, IReadOnlyList<string> InOrder);
}
