using LaborBridge.Matching.Engine;
using Xunit;

namespace LaborBridge.Tests.Unit.Engine;

public sealed class Keeping_the_top
{
    [Fact]
    public void tells_what_a_short_list_needs_as_early_after_a_long_one()
    {
        var list = new TopList(Comparer<int>.Default);
        list.Start(count: 500);
        list.Finish();
        list.Start(count: 1);
        foreach (var score in new[] { 70, 90, 80 })
            list.Add(score, rank: 0, second: 0, item: score);
        Assert.Equal(90, list.Needed);
        list.Finish();
        Assert.Equal(90, list.SlotAt(0));
    }
}
