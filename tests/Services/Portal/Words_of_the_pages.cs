using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using LaborBridge.Portal;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed partial class Words_of_the_pages
{
    private static readonly string Portal = Repository.PathOf("services", "Portal");

    [Fact]
    public void are_the_same_keys_in_both_languages()
    {
        var (chinese, english) = (Keys(Texts.Chinese), Keys(Texts.English));

        Assert.NotEmpty(chinese);
        Assert.Equal(chinese, english);
    }

    [Fact]
    public void take_the_same_arguments_in_both_languages()
    {
        Assert.All(Keys(Texts.Chinese), key => Assert.Equal(Arguments(Texts.Chinese, key), Arguments(Texts.English, key)));
    }

    [Fact]
    public void exist_for_every_key_that_a_page_names()
    {
        var known = Keys(Texts.Chinese).ToHashSet(StringComparer.Ordinal);
        var named = Sources("*.cshtml").Concat(Sources("*.cs")).SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Where(key => !known.Contains(key)));
    }

    [Fact]
    public void stand_in_resource_files_only()
    {
        var pages = Sources("*.cshtml").ToList();

        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.False(Chinese().IsMatch(File.ReadAllText(page)), $"{Path.GetFileName(page)} has Chinese words; put them into Resources."));
    }

    private static List<string> Keys(ResourceManager words) =>
        [.. words.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().Select(entry => (string)entry.Key).Order(StringComparer.Ordinal)];

    private static List<string> Arguments(ResourceManager words, string key) =>
        [.. Placeholder().Matches(words.GetString(key, CultureInfo.InvariantCulture)!).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Sources(string pattern) => Directory.EnumerateFiles(Portal, pattern, SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !file.Contains($"{Path.DirectorySeparatorChar}node_modules{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex("""\bT\["([a-z][^"{]*)"[\],]""", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Named();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Placeholder();
}
