using System.Text.RegularExpressions;
using LaborBridge.Contracts;
using Xunit;

namespace LaborBridge.Tests.Architecture.Protocol;

public sealed partial class The_protocol
{
    [Fact]
    public void has_the_four_streams_with_kinds_in_kebab_case()
    {
        Assert.Equal(["employers", "matching", "placements", "workers"], Events.Streams.Select(stream => stream.Name).Order(StringComparer.Ordinal));
        Assert.All(Events.Streams, stream => Assert.NotEmpty(stream.Kinds));
        Assert.All(Events.All, one => Assert.Matches(Kebab(), one.Kind));
    }

    [Fact]
    public void lists_every_event_in_its_stream()
    {
        var declared = typeof(StreamContract).Assembly.GetTypes().Where(type => Attribute.IsDefined(type, typeof(KindAttribute))).ToHashSet();
        Assert.Equal(declared, Events.All.Select(one => one.Type).ToHashSet());
    }

    [Fact]
    public void is_made_of_primitives_and_tells_of_no_person() =>
        Faults.None(Events.All.SelectMany(one => Shape.Violations(one.Type)));

    [Fact]
    public void may_not_tell_of_a_person() => Assert.Equal(
        [
            "Planted.Name tells who a person is", "Planted.ContactPhone tells who a person is", "Planted.ResidentId tells who a person is",
            "Planted.EthnicGroup tells who a person is", "Planted.HealthState tells who a person is", "Planted.BirthDate tells who a person is",
            "Inner.WorkerName tells who a person is",
        ],
        Shape.Violations(typeof(Planted)));

    [Fact]
    public void may_not_carry_anything_but_primitives() => Assert.Equal(
        ["PlantedType.Where is no primitive: Uri", "PlantedType.Day is no primitive: DayOfWeek", "PlantedType.More is no primitive: IReadOnlyDictionary`2"],
        Shape.Violations(typeof(PlantedType)));

    private sealed record Planted(
        Guid WorkerId, string Name, string ContactPhone, string? ResidentId, string EthnicGroup, string HealthState, DateOnly BirthDate, int BirthYear,
        string EmployerName, IReadOnlyList<Inner> Inners);

    private sealed record Inner(string WorkerName);

    private sealed record PlantedType(Guid? Id, Uri Where, DayOfWeek Day, IReadOnlyDictionary<string, string> More, IReadOnlyList<string> Fine);

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Kebab();
}
