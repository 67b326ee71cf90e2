namespace LaborBridge.Tests.Laboratory;

/// <summary>What is not as it must be, in words.</summary>
internal sealed class Findings
{
    private const int MostOfOneRule = 5;
    private readonly Dictionary<string, List<string>> byRule = [];

    /// <summary>How many things were looked at; a rule that saw nothing proves nothing.</summary>
    public Dictionary<string, int> Looked { get; } = [];

    public IReadOnlyList<string> All =>
        [.. byRule.SelectMany(rule => rule.Value.Take(MostOfOneRule).Select(words => $"{rule.Key}: {words}").Concat(rule.Value.Count > MostOfOneRule ? [$"{rule.Key}: … {rule.Value.Count} in all"] : []))];

    public void That(string rule, bool holds, Func<string> words)
    {
        Looked[rule] = Looked.GetValueOrDefault(rule) + 1;
        if (!holds)
        {
            if (!byRule.TryGetValue(rule, out var list))
            {
                byRule.Add(rule, list = []);
            }

            list.Add(words());
        }
    }

    /// <summary>Both sides have the same keys, and the same digest under each.</summary>
    public void Same(string rule, IReadOnlyDictionary<string, string> source, IReadOnlyDictionary<string, string> copy)
    {
        foreach (var key in source.Keys.Union(copy.Keys))
        {
            var (there, here) = (source.GetValueOrDefault(key), copy.GetValueOrDefault(key));
            That(rule, there == here, () => $"{key} is [{there ?? "nothing"}] at the source and [{here ?? "nothing"}] in the copy");
        }
    }
}
