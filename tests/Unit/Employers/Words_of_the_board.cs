using LaborBridge.Employers;
using Xunit;

namespace LaborBridge.Tests.Unit.Employers;

public sealed class Words_of_the_board
{
    [Fact]
    public void are_the_characters_and_pairs_of_chinese_and_the_runs_of_all_else() =>
        Assert.Equal(["8", "cnc", "工", "床", "床工", "机", "机床"], BoardWords.Of("ＣＮＣ机床工，8").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("海沧缝纫工", "海沧|缝纫,纫工")]
    [InlineData("厦门市海沧区电子厂", "厦门|海沧|电子,子厂")]
    [InlineData("焊 包吃住", "焊|包吃,吃住")]
    [InlineData("　CNC，夜班 ", "cnc|夜班")]
    [InlineData("吉强镇帮扶车间", "吉强|帮扶,扶车,车间")]
    [InlineData("！？", "")]
    public void that_are_asked_for_are_cut_at_names_of_places(string typed, string asked) =>
        Assert.Equal(asked, string.Join('|', BoardWords.Asked(typed).Select(words => string.Join(',', words))));
}
