using System.Text.RegularExpressions;
using LaborBridge.Domain;
using Xunit;

namespace LaborBridge.Tests.Unit.Domain;

public class Looking_up_pairings
{
    static readonly DateOnly Day = new(2026, 11, 22);

    [Theory]
    [InlineData("640424100", "350205", "640424-350205", "泾源县—海沧区")]
    [InlineData("640424100201", "350212001", "640424-350212", "泾源县—同安区")]
    [InlineData("642225", "350205", "640424-350205", "泾源县—海沧区")]
    [InlineData("640121104", "350203", "640121104-350203", "闽宁镇—思明区")]
    public void finds_the_one_of_home_and_workplace(string home, string workplace, string key, string label)
    {
        var pairing = Pairings.For(DivisionCode.Parse(home), DivisionCode.Parse(workplace), Day);
        Assert.Equal((key, label), (pairing?.Key, pairing?.Label));
    }

    [Theory]
    [InlineData("640424", "350181")]
    [InlineData("640121", "350203")]
    [InlineData("640323", "350581")]
    [InlineData("640424", "3502")]
    public void finds_none_elsewhere(string home, string workplace) => Assert.Null(Pairings.For(DivisionCode.Parse(home), DivisionCode.Parse(workplace), Day));

    [Theory]
    [InlineData("2014-08-31", null)]
    [InlineData("2014-09-01", "640303-350582")]
    [InlineData("2016-10-31", "640303-350582")]
    [InlineData("2016-11-01", null)]
    public void holds_from_its_first_day_to_the_day_before_its_end(string day, string? key) =>
        Assert.Equal(key, Pairings.For(DivisionCode.Parse("640303"), DivisionCode.Parse("350582"), DateOnly.Parse(day))?.Key);

    [Fact]
    public void lists_those_in_force_without_mere_links()
    {
        Assert.Equal(15, Pairings.All.Count);
        Assert.DoesNotContain(Pairings.On(Day), p => p.Certainty == PairingCertainty.LinkOnly || !p.Validity.Contains(Day));
        Assert.Equal(12, Pairings.On(Day).Count);
        Assert.Equal(Pairings.All.Count, Pairings.All.Select(p => p.Key).Distinct().Count());
    }

    [Fact]
    public void names_divisions_as_the_registry_does() => Assert.All(Pairings.All, p =>
    {
        Assert.Equal(p.NingxiaName, Divisions.Name(p.Ningxia));
        Assert.Equal(p.FujianName, Divisions.Name(p.Fujian));
    });
}

public class Looking_up_reported_figures
{
    [Fact]
    public void gives_unit_scope_day_and_source_with_every_figure()
    {
        Assert.Equal(16, ReportedFigures.All.Count);
        Assert.All(ReportedFigures.All, f => Assert.All([f.Key, f.Unit, f.Label.Chinese, f.Label.English, f.Scope.Chinese, f.Scope.English, f.Source.Chinese, f.Source.English], Assert.NotEmpty));
        Assert.All(ReportedFigures.All, f => Assert.Contains(f.Unit, (string[])["人", "人次", "个", "对", "家"]));
    }

    [Fact]
    public void reads_natively_in_both_languages()
    {
        Assert.All(ReportedFigures.All, f => Assert.All([f.Label, f.Scope, f.Source, f.Note], wording =>
        {
            Assert.Equal(wording.Chinese.Length == 0, wording.English.Length == 0);
            Assert.DoesNotMatch("[A-Za-z]", wording.Chinese);
            Assert.DoesNotMatch("[\\u4e00-\\u9fff]", wording.English);
        }));
    }

    [Fact]
    public void keeps_near_and_over_apart()
    {
        Assert.Equal((60000, Bound.Below, "人"), ReportedFigures.Find("stable_in_fujian") is { } near ? (near.Value, near.Bound, near.Unit) : default);
        Assert.Equal(Bound.Above, ReportedFigures.Find("trained_rural_workers")?.Bound);
        Assert.Equal(("人次", new DateOnly(2026, 6, 17)), ReportedFigures.Find("transfers_cumulative") is { } all ? (all.Unit, all.AsOf) : default);
        Assert.Null(ReportedFigures.Find("unknown"));
    }
}

public class Deriving_place_classes
{
    [Theory]
    [InlineData("640422103", "640422103201", PlaceClass.WithinTown)]
    [InlineData("640422103", "640422101", PlaceClass.WithinCounty)]
    [InlineData("640422103", "640422", PlaceClass.WithinCounty)]
    [InlineData("640422", "640402", PlaceClass.WithinProvince)]
    [InlineData("640422", "6401", PlaceClass.WithinProvince)]
    [InlineData("640422", "350205", PlaceClass.OutsideProvince)]
    [InlineData("640422", "11", PlaceClass.OutsideProvince)]
    [InlineData("642223", "640422", PlaceClass.WithinCounty)]
    [InlineData("640422", "64", null)]
    [InlineData("640422", "6404", null)]
    public void compares_home_and_workplace(string home, string workplace, PlaceClass? expected) =>
        Assert.Equal(expected, PlaceClasses.Of(DivisionCode.Parse(home), DivisionCode.Parse(workplace)));

    [Fact]
    public void knows_nothing_of_an_unknown_place() => Assert.Null(PlaceClasses.Of(DivisionCode.Parse("640422"), default));

    [Fact]
    public void writes_two_digits() => Assert.Equal(["01", "02", "03", "04"], Enum.GetValues<PlaceClass>().Select(c => c.Code()));
}

public partial class Choosing_trades
{
    [Fact]
    public void offers_about_150_in_groups()
    {
        Assert.InRange(Trades.All.Count, 140, 190);
        Assert.All(Trades.All, t => Assert.Contains(Trades.Groups, g => g.Code == t.Group));
        Assert.All(Trades.Groups, g => Assert.Contains(Trades.All, t => t.Group == g.Code));
        Assert.All(Trades.All, t => Assert.Matches(KebabCase(), t.Code));
        Assert.Contains(Trades.Groups, g => g.English == "building materials, chemicals, plastics");
        Assert.NotNull(Trades.Find(Trades.General));
    }

    [Theory]
    [InlineData("garment-sewing", "garment-sewing")]
    [InlineData("缝纫工", "garment-sewing")]
    [InlineData("缝纫", "garment-sewing")]
    [InlineData("平车", "garment-sewing")]
    [InlineData("普工", "general")]
    [InlineData("普工/不限", "general")]
    [InlineData("不限", "general")]
    [InlineData(" 电子 装配工 ", "electronics-assembly")]
    [InlineData("电焊", "welding")]
    [InlineData("smt", "smt-operation")]
    [InlineData("车工（服装）", "garment-sewing")]
    [InlineData("保安", "security")]
    [InlineData("航天员", null)]
    [InlineData(null, null)]
    public void understands_common_words(string? text, string? code) => Assert.Equal(code, Trades.Parse(text)?.Code);

    [Fact]
    public void finds_every_trade_by_its_own_name() => Assert.All(Trades.All, t =>
    {
        Assert.Same(t, Trades.Parse(t.Chinese));
        Assert.Same(t, Trades.Find(t.Code));
        Assert.All(t.Synonyms, s => Assert.Same(t, Trades.Parse(s)));
    });

    [Fact]
    public void bars_juveniles_from_dangerous_trades()
    {
        Assert.True(Trades.Find("scaffold")?.Barred);
        Assert.Equal(JuvenileBar.Underground, Trades.Find("mining")?.Bar);
        Assert.False(Trades.Find("general")?.Barred);
        Assert.False(Trades.Find("garment-sewing")?.Barred);
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex KebabCase();
}

public class Dating_statuses_and_channels
{
    [Fact]
    public void knows_the_status_of_2026_only_from_2026()
    {
        Assert.DoesNotContain(HouseholdStatuses.On(new DateOnly(2025, 12, 31)), s => s.Chinese == "防止返贫致贫对象");
        Assert.Contains(HouseholdStatuses.On(new DateOnly(2026, 1, 1)), s => s.Chinese == "防止返贫致贫对象");
    }

    [Theory]
    [InlineData("脱贫户", false, true)]
    [InlineData("脱贫不稳定户", true, true)]
    [InlineData("边缘易致贫户", true, false)]
    [InlineData("突发严重困难户", true, false)]
    [InlineData("一般农户", false, false)]
    [InlineData("防止返贫致贫对象", true, false)]
    public void tells_monitored_from_out_of_poverty(string word, bool monitored, bool outOfPoverty)
    {
        var status = HouseholdStatuses.Parse(word);
        Assert.Equal((monitored, outOfPoverty), (status?.Monitored, status?.OutOfPoverty));
        Assert.Same(status, HouseholdStatuses.Find(status?.Code));
    }

    [Fact]
    public void knows_no_other_status() => Assert.Null(HouseholdStatuses.Parse("贵宾户"));

    [Theory]
    [InlineData("station", true, true)]
    [InlineData("labour-company", true, true)]
    [InlineData("broker", true, false)]
    [InlineData("school", true, true)]
    [InlineData("relatives", false, false)]
    [InlineData("self", false, false)]
    public void says_which_channels_count(string code, bool organised, bool programme)
    {
        var channel = Channels.Find(code);
        Assert.Equal((organised, programme), (channel?.Organised, channel?.Programme));
        Assert.Same(channel, Channels.Parse(channel?.Chinese));
        Assert.Contains(channel, Channels.On(new DateOnly(2026, 11, 22)));
    }

    [Fact]
    public void reads_the_rosters_words()
    {
        Assert.Equal("self", Channels.Parse("自主就业")?.Code);
        Assert.Null(Channels.Parse(""));
    }
}

public class Wording_enums
{
    [Fact]
    public void writes_kebab_case_and_reads_it_back()
    {
        Assert.Equal(["none", "primary", "junior-middle", "senior-middle", "secondary-vocational", "college", "bachelor"], Kebab.All<Education>());
        Assert.Equal(["ordinary", "skilled", "weak", "lost", "none"], Kebab.All<LabourCapacity>());
        Assert.Equal(["none", "junior", "intermediate", "senior", "technician", "senior-technician"], Kebab.All<SkillGrade>());
        Assert.All(Enum.GetValues<Education>(), e => Assert.Equal(e, Kebab.Parse<Education>(Kebab.Of(e))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("Primary")]
    [InlineData("junior_middle")]
    public void refuses_any_other_spelling(string? text) => Assert.False(Kebab.TryParse<Education>(text, out _));

    [Fact]
    public void refuses_values_that_are_not_defined() => Assert.Throws<ArgumentOutOfRangeException>(() => Kebab.Of((Education)99));

    [Theory]
    [InlineData("文盲或半文盲", Education.None)]
    [InlineData(" 小学 ", Education.Primary)]
    [InlineData("初中", Education.JuniorMiddle)]
    [InlineData("高中", Education.SeniorMiddle)]
    [InlineData("中职", Education.SecondaryVocational)]
    [InlineData("大专", Education.College)]
    [InlineData("本科及以上", Education.Bachelor)]
    [InlineData("junior-middle", Education.JuniorMiddle)]
    public void reads_the_rosters_education(string word, Education expected)
    {
        Assert.True(Words.TryParse<Education>(word, out var education));
        Assert.Equal(expected, education);
    }

    [Theory]
    [InlineData("普通劳动力", LabourCapacity.Ordinary)]
    [InlineData("技能劳动力", LabourCapacity.Skilled)]
    [InlineData("弱劳动力或半劳动力", LabourCapacity.Weak)]
    [InlineData("丧失劳动力", LabourCapacity.Lost)]
    [InlineData("无劳动力", LabourCapacity.None)]
    public void reads_the_rosters_labour_capacity(string word, LabourCapacity expected)
    {
        Assert.True(Words.TryParse<LabourCapacity>(word, out var capacity));
        Assert.Equal(expected, capacity);
        Assert.Equal(word, Words.Chinese(capacity));
    }

    [Fact]
    public void has_words_in_both_languages_for_every_value()
    {
        Complete<Sex>();
        Complete<Education>();
        Complete<LabourCapacity>();
        Complete<SkillGrade>();
        Complete<PlaceClass>();
        Complete<JuvenileBar>();
        Assert.False(Words.TryParse<Education>("", out _));
        Assert.False(Words.TryParse<Education>("不详", out _));
    }

    static void Complete<T>()
        where T : struct, Enum =>
        Assert.All(Enum.GetValues<T>(), value =>
        {
            Assert.NotEmpty(Words.English(value));
            Assert.True(Words.TryParse<T>(Words.Chinese(value), out var read));
            Assert.Equal(value, read);
        });
}
