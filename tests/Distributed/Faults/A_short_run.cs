using LaborBridge.Tests.Fixtures;
using LaborBridge.Tests.Laboratory;
using Xunit;

namespace LaborBridge.Tests.Distributed.Faults;

/// <summary>A few seeds of the laboratory; <c>tests/Laboratory</c> runs as many as there is time for.</summary>
[Collection(nameof(Alone))]
public sealed class A_short_run(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task loses_nothing_and_doubles_nothing(int seed)
    {
        Requires.RabbitMq();
        Requires.PostgreSql();

        var outcome = await Run.Of(Script.Of(seed, TimeSpan.FromSeconds(18)));

        output.WriteLine(Report.Line(outcome));
        output.WriteLine(Report.Table([outcome]));
        Assert.Empty(outcome.Violations);
        Assert.True(outcome.Faults.Values.Sum() >= 5, "there were faults");
        Assert.True(outcome.Writes >= 50, "people could work");
        Assert.Contains("no more hires than seats", outcome.Looked);
        Assert.Contains("indicators equal a recount", outcome.Looked);
    }

    [Fact]
    public void repeats_its_script_for_a_seed()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var (one, again) = (Script.Of(seed, TimeSpan.FromSeconds(30)), Script.Of(seed, TimeSpan.FromSeconds(30)));
            Assert.Equal(one.Acts, again.Acts);
            Assert.Equal(one.Faults, again.Faults);
            Assert.Equal(one.Setup, again.Setup);
        }
    }

    [Fact]
    public void makes_every_kind_of_fault_in_some_seed()
    {
        var made = Enumerable.Range(1, 40).SelectMany(seed => Script.Of(seed, TimeSpan.FromSeconds(60)).Faults).Select(fault => fault.Kind).Distinct();
        Assert.Empty(Enum.GetValues<FaultKind>().Except(made).Except(SmallDisk.IsPossible ? [] : [FaultKind.FullDisk]));
    }
}
