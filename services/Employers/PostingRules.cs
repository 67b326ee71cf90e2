using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using LaborBridge.Domain;

namespace LaborBridge.Employers;

/// <summary>
/// Reads a posting as a reviewer would (domain.md 7): barred conditions, fees, held documents. The rules are data
/// (<c>Rules/posting-rules.json</c>); lawful phrases are blanked first, so that 男女不限 never trips over 男.
/// </summary>
internal static class PostingRules
{
    private static readonly Rule[] Rules = Load();

    /// <summary>Findings in the order of the fields. Full-width forms, and blanks put in to slip through, make no difference.</summary>
    /// <param name="fields">Field name → text as written.</param>
    public static IReadOnlyList<Finding> Check(IEnumerable<(string Field, string? Text)> fields) =>
        [.. fields.Where(field => !string.IsNullOrWhiteSpace(field.Text)).SelectMany(field => CheckField(field.Field, Cells.Word(field.Text)))];

    private static IEnumerable<Finding> CheckField(string field, string text)
    {
        foreach (var rule in Rules)
        {
            var looked = rule.Except is null ? text : rule.Except.Replace(text, match => new string('〇', match.Length));
            foreach (var words in rule.Pattern.Matches(looked).Select(match => match.Value).Distinct(StringComparer.Ordinal))
            {
                yield return new Finding(rule.Severity, field, words, rule.Name, rule.Law, new Advice(rule.Zh + "。" + rule.AdviceZh, rule.En + ". " + rule.AdviceEn));
            }
        }
    }

    private static Rule[] Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("LaborBridge.Employers.Rules.posting-rules.json")
            ?? throw new InvalidOperationException("posting-rules.json is not embedded.");
        var data = JsonSerializer.Deserialize<RuleBook>(stream, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("posting-rules.json is empty.");
        return [.. data.Rules.Select(rule => new Rule(
            rule.Rule, rule.Severity, Compile(rule.Pattern, data.Words), rule.Except.Length == 0 ? null : Compile(rule.Except, data.Words), rule.Zh, rule.En, rule.Law, rule.AdviceZh, rule.AdviceEn))];
    }

    private static Regex Compile(string pattern, IReadOnlyDictionary<string, string> words)
    {
        var whole = words.Aggregate(pattern, (text, word) => text.Replace($"{{{word.Key}}}", word.Value, StringComparison.Ordinal));

        // Backtracking on purpose: every repetition in the rules is bounded and the texts are short, while automata of these vocabularies hold 50 MB.
        return new Regex(whole, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));
    }

    /// <param name="Words">Vocabulary: <c>{name}</c> in a pattern stands for its alternatives.</param>
    /// <param name="Rules">The rules, in the order of the findings.</param>
    private sealed record RuleBook(IReadOnlyDictionary<string, string> Words, IReadOnlyList<RuleData> Rules);

    private sealed record RuleData(string Rule, string Severity, string Pattern, string Except, string Zh, string En, string Law, string AdviceZh, string AdviceEn);

    private sealed record Rule(string Name, string Severity, Regex Pattern, Regex? Except, string Zh, string En, string Law, string AdviceZh, string AdviceEn);
}

/// <summary>Something a reviewer would object to.</summary>
/// <param name="Severity"><c>error</c> stops publication; <c>warning</c> needs a confirmation with a reason.</param>
/// <param name="Field">The posting's field.</param>
/// <param name="Words">The words found.</param>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Law">The article.</param>
/// <param name="Advice">What to write instead.</param>
internal sealed record Finding(string Severity, string Field, string Words, string Rule, string Law, Advice Advice);

/// <summary>Advice in both languages.</summary>
internal sealed record Advice(string Zh, string En);
