using System.Text.RegularExpressions;
using Xunit;

namespace LaborBridge.Tests.Architecture.House;

public sealed partial class The_house_rules
{
    private const int LongestFile = 400;

    private static readonly string[] Top =
    [
        "BannedSymbols.txt", "Directory.Build.props", "Directory.Packages.props", "LICENSE", "LaborBridge.sln", "README.md", "global.json",
        "k8s/", "services/", "shared/", "tests/",
    ];

    [Fact]
    public void put_nothing_else_at_the_top() =>
        Assert.Equal(Top, SourceTree.Top.Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal));

    [Fact]
    public void keep_files_short()
    {
        var code = SourceTree.Files.Where(file => Path.GetExtension(file) is ".cs" or ".cshtml" or ".css" or ".js" or "" && !file.EndsWith("LICENSE", StringComparison.Ordinal)).ToList();
        Assert.Contains("tests/run", code);
        Assert.Contains("shared/Persistence/Sql.cs", code);
        Faults.None(code.Select(file => (File: file, Lines: LinesOf(SourceTree.Read(file)))).Where(one => one.Lines > LongestFile).Select(one => $"{one.File} has {one.Lines} lines"));
    }

    [Fact]
    public void name_no_machine_and_no_package_registry()
    {
        var files = SourceTree.TextFiles.ToList();
        Assert.Contains("shared/Domain/Domain.csproj", files);
        Faults.None(files.SelectMany(file => Places(SourceTree.Read(file)).Select(place => $"{file}: {place}")));
    }

    [Theory]
    [InlineData("see /ho", "me/someone/laborbridge/")]
    [InlineData("cd /ro", "ot/src")]
    [InlineData("<add key=\"x\" value=\"https://api.nug", "et.org/v3/index.json\" />")]
    [InlineData("\"resolved\": \"https://regis", "try.npmjs.org/echarts/-/echarts.tgz\"")]
    [InlineData("https://packages.exa", "mple.com/api/npm/npm-remote/")]
    [InlineData("C:\\Us", "ers\\me\\src")]
    public void find_a_planted_place(string one, string other) => Assert.NotEmpty(Places(one + other));

    [Fact]
    public void keep_addresses_out_of_lock_files()
    {
        var locks = SourceTree.Files.Where(file => Path.GetFileName(file) is "package-lock.json" or "packages.lock.json").ToList();
        Faults.None(locks.Where(file => Resolved().IsMatch(SourceTree.Read(file))));
        Assert.Matches(Resolved(), "\"resolved\": \"https://example.org/x.tgz\"");
    }

    private static int LinesOf(string text) => text.Count(letter => letter == '\n');

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value);

    // A folder of a person or a machine; a host that serves packages, by its name or by its path.
    [GeneratedRegex(@"(?<![\w.])/(home|root|work|Users)/[\w.-]+|[A-Z]:\\Users\\|registry\.[a-z][\w.-]+|api\.nuget[\w.]+|https?://[^\s""'<>]*(/npm/|/nuget/|artifactory|pypi|/v3/index\.json)", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Place();

    [GeneratedRegex("\"resolved\"\\s*:\\s*\"https?://", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Resolved();
}
