using System.Reflection;
using System.Text.RegularExpressions;

namespace LaborBridge.Tests.Architecture.Protocol;

/// <summary>What an event may be made of: primitives, lists, records of primitives; and never anything that tells who a person is.</summary>
internal static partial class Shape
{
    private static readonly Type[] Primitives =
        [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(decimal), typeof(double), typeof(Guid), typeof(DateOnly), typeof(DateTimeOffset)];

    /// <summary>Names that are no person's.</summary>
    private static readonly string[] HarmlessNames = ["EmployerName"];

    private static readonly HashSet<string> PersonalWords = new(StringComparer.Ordinal)
    {
        "name", "surname", "phone", "phones", "mobile", "telephone", "email", "mail", "wechat", "contact", "address", "health", "illness", "disability", "disabled",
        "ethnic", "ethnicity", "nation", "nationality", "religion", "political", "party", "marriage", "married", "marital", "children", "photo", "portrait",
        "fingerprint", "bank", "card", "birthday", "person", "household",
    };

    private static readonly string[] PersonalPhrases = ["resident id", "id number", "identity", "birth date", "birth day", "date of birth", "account number"];

    /// <summary>Allowed although a word in it sounds personal: what it holds is said in the comment of the event.</summary>
    private static readonly string[] HarmlessProperties =
    [
        "OfferAnswered.Party", "OfferClosed.Party", // worker or employer
        "WorkerRecorded.HouseholdStatuses", // status codes with dates, for statistics
    ];

    public static IReadOnlyList<string> Violations(Type type) => [.. Violations(type, [])];

    private static IEnumerable<string> Violations(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type))
        {
            yield break;
        }
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var place = $"{type.Name}.{property.Name}";
            if (!HarmlessNames.Contains(property.Name) && !HarmlessProperties.Contains(place) && IsPersonal(property.Name))
            {
                yield return $"{place} tells who a person is";
            }
            var element = Element(property.PropertyType);
            if (Primitives.Contains(element))
            {
                continue;
            }
            if (element.Assembly == type.Assembly && element.IsSealed && !element.IsEnum)
            {
                foreach (var inner in Violations(element, seen))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return $"{place} is no primitive: {property.PropertyType.Name}";
            }
        }
    }

    private static bool IsPersonal(string name)
    {
        var words = Word().Matches(name).Select(match => match.Value.ToLowerInvariant()).ToList();
        var text = string.Join(' ', words);
        return words.Exists(PersonalWords.Contains) || PersonalPhrases.Any(phrase => text.Contains(phrase, StringComparison.Ordinal));
    }

    private static Type Element(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        return inner.IsGenericType && inner.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? Element(inner.GetGenericArguments()[0]) : inner;
    }

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z][a-z]*|[0-9]+|[a-z]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();
}
