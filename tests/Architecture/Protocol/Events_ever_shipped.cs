using Xunit;

namespace LaborBridge.Tests.Architecture.Protocol;

public sealed class Events_ever_shipped
{
    public static TheoryData<string, string> Kinds => [.. Events.All.Select(one => (one.Stream, one.Kind))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void can_still_be_read(string stream, string kind)
    {
        var type = Events.All.Single(one => one.Stream == stream && one.Kind == kind).Type;
        var files = Sample.FilesOf(stream, kind);
        Assert.True(files.Count > 0,
            $"'{kind}' has no approved sample. To approve it put realistic values into tests/Architecture/Samples/{stream}/{kind}.json:\n{Sample.Suggestion(type)}");

        Assert.All(files, file => Faults.None(Sample.Losses(File.ReadAllText(file), type)));

        var additions = Sample.Additions(File.ReadAllText(files[^1]), type);
        Assert.True(additions.Count == 0,
            $"'{kind}' has gained {string.Join(", ", additions)}. To approve that add tests/Architecture/Samples/{stream}/{kind}.{files.Count + 1}.json "
            + $"(before the first release: edit {kind}.json):\n{Sample.Suggestion(type)}");
    }

    [Fact]
    public void keep_their_kind()
    {
        var known = Events.All.Select(one => $"{one.Stream}/{one.Kind}").ToHashSet(StringComparer.Ordinal);
        var shipped = Sample.AllFiles().Select(file => $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file).Split('.')[0]}").ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(shipped);
        Faults.None(shipped.Except(known, StringComparer.Ordinal));
    }

    [Fact]
    public void may_not_lose_or_change_a_property()
    {
        const string shipped = """{ "id": "0199b3a0-0000-7000-8000-000000000001", "trade": "general", "months": 3 }""";

        Assert.Empty(Sample.Losses(shipped, typeof(Same)));
        Assert.Equal(["Renamed loses trade", "Renamed.Occupation is null when an old event is read: make it nullable"], Sample.Losses(shipped, typeof(Renamed)));
        Assert.Contains("does not read it", Assert.Single(Sample.Losses(shipped, typeof(Retyped))), StringComparison.Ordinal);
        Assert.Equal(["hours"], Sample.Additions(shipped, typeof(Grown)));
    }

    private sealed record Same(Guid Id, string Trade, int Months);

    private sealed record Renamed(Guid Id, string Occupation, int Months);

    private sealed record Retyped(Guid Id, string Trade, DateOnly Months);

    private sealed record Grown(Guid Id, string Trade, int Months, int? Hours);
}
