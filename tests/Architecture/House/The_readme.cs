using System.Text.RegularExpressions;
using Xunit;

namespace LaborBridge.Tests.Architecture.House;

/// <summary>What the README tells people to type is what CI types.</summary>
public sealed partial class The_readme
{
    private const int MostWords = 700;

    [Fact]
    public void tells_commands_that_CI_executes()
    {
        var commands = Commands(SourceTree.Read("README.md"));
        var executed = SourceTree.Read(".ci/run");

        Assert.Contains("dotnet run --project services/AllInOne -- --demo", commands);
        Assert.Contains("tests/run", commands);
        Faults.None(commands.Where(command => !Executes(executed, command)));
    }

    [Fact]
    public void shows_and_links_what_is_there()
    {
        var readme = SourceTree.Read("README.md");
        Faults.None(Targets(readme).Where(target => !Exists(target)).Select(target => $"{target} does not exist"));
        Assert.Contains("k8s/README.md", Targets(readme));
        Assert.Equal(["a/b.png", "services/Gone", "c.md"], Targets("![x](a/b.png) [y](https://example.org) `services/Gone` [z](c.md#part)"));
        Assert.False(Exists("services/Gone"));
    }

    [Fact]
    public void is_short() => Assert.InRange(Word().Count(SourceTree.Read("README.md")), 20, MostWords);

    [Fact]
    public void may_not_tell_a_command_that_CI_leaves_out()
    {
        const string readme = "Try it:\n\n```sh\n# first\n$ dotnet run --project services/AllInOne -- --demo   # http://localhost:8080\nmake magic\n```\n\n```json\n{ }\n```\n";
        Assert.Equal(["dotnet run --project services/AllInOne -- --demo", "make magic"], Commands(readme));
        Assert.False(Executes("dotnet run --project services/AllInOne -- --demo &\n# make magic", "make magic"));
        Assert.True(Executes("X=1 tests/run | tee log", "tests/run"));
        Assert.False(Executes("echo tests/running", "tests/run"));
    }

    private static List<string> Targets(string readme) =>
        [.. Target().Matches(readme).Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value)];

    private static bool Exists(string target) =>
        SourceTree.Files.Contains(target) || SourceTree.Files.Any(file => file.StartsWith(target.TrimEnd('/') + "/", StringComparison.Ordinal));

    private static List<string> Commands(string readme) =>
        [.. Fence().Matches(readme)
            .SelectMany(block => block.Groups[1].Value.Split('\n'))
            .Select(line => TrailingComment().Replace(line, "").Trim().TrimStart('$').Trim())
            .Where(line => line.Length > 0)];

    private static bool Executes(string script, string command) =>
        script.Split('\n').Where(line => !line.TrimStart().StartsWith('#'))
            .Any(line => Regex.IsMatch(line, $@"(?<![\w/]){Regex.Escape(command)}(?![\w/])", RegexOptions.None, TimeSpan.FromSeconds(10)));

    // Links and images, and paths named in code.
    [GeneratedRegex(@"\]\((?!https?:)([^)#\s]+)[^)]*\)|`((?:services|shared|tests|k8s)/[\w./-]+)`", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Target();

    [GeneratedRegex("```(?:sh|bash|shell|console)?[ ]*\n(.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(^|\s)#.*$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TrailingComment();

    [GeneratedRegex(@"[\p{IsCJKUnifiedIdeographs}]|[\w'-]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();
}
