using FsCheck;
using FsCheck.Fluent;
using LaborBridge.Domain;
using Xunit;

namespace LaborBridge.Tests.Unit.Domain;

public class Reading_a_division_code
{
    [Theory]
    [InlineData("64", DivisionLevel.Province)]
    [InlineData("6404", DivisionLevel.Prefecture)]
    [InlineData("640422", DivisionLevel.County)]
    [InlineData("640121104", DivisionLevel.Town)]
    [InlineData("640422101201", DivisionLevel.Village)]
    public void tells_the_level(string text, DivisionLevel level) => Assert.Equal(level, DivisionCode.Parse(text).Level);

    [Theory]
    [InlineData("640000", "64")]
    [InlineData("640400", "6404")]
    [InlineData("640422000", "640422")]
    [InlineData("640422000000", "640422")]
    [InlineData("640422101000", "640422101")]
    [InlineData("６４０４２２", "640422")]
    [InlineData("=\"640422\"", "640422")]
    public void takes_off_padding(string text, string expected) => Assert.Equal(expected, DivisionCode.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("6")]
    [InlineData("64042")]
    [InlineData("04")]
    [InlineData("西吉县")]
    [InlineData("6404221012011")]
    public void refuses_what_is_no_code(string? text) => Assert.False(DivisionCode.TryParse(text, out _));

    [Fact]
    public void climbs_to_the_province()
    {
        var village = DivisionCode.Parse("640422101201");
        Assert.Equal("640422101", village.Parent?.ToString());
        Assert.Equal("640422", village.County?.ToString());
        Assert.Equal("6404", village.Prefecture?.ToString());
        Assert.Equal("64", village.Province.ToString());
        Assert.Null(village.Province.Parent);
        Assert.Null(village.Province.County);
    }

    [Fact]
    public void covers_as_a_partial_order() =>
        Prop.ForAll(Invention.Divisions, Invention.Divisions, Invention.Divisions, (a, b, c) =>
            a.Covers(a) && (!(a.Covers(b) && b.Covers(a)) || a == b) && (!(a.Covers(b) && b.Covers(c)) || a.Covers(c))).QuickCheckThrowOnFailure();

    [Fact]
    public void is_covered_by_its_parent() =>
        Prop.ForAll(Invention.Divisions, code => code.Parent is not { } parent || (parent.Covers(code) && !code.Covers(parent))).QuickCheckThrowOnFailure();

    [Fact]
    public void default_covers_nothing()
    {
        Assert.False(default(DivisionCode).Covers(DivisionCode.Parse("64")));
        Assert.False(DivisionCode.Parse("64").Covers(default));
    }
}

public class Naming_divisions
{
    [Theory]
    [InlineData("640422", "宁夏回族自治区西吉县")]
    [InlineData("640422103", "宁夏回族自治区西吉县将台堡镇")]
    [InlineData("640422103201", "宁夏回族自治区西吉县将台堡镇")]
    [InlineData("640402", "宁夏回族自治区固原市原州区")]
    [InlineData("350205001", "福建省厦门市海沧区")]
    [InlineData("350181", "福建省福清市")]
    [InlineData("3502", "福建省厦门市")]
    [InlineData("642223", "宁夏回族自治区西吉县")]
    [InlineData("330106", "浙江省")]
    public void writes_full_names(string code, string name) => Assert.Equal(name, Divisions.FullName(DivisionCode.Parse(code)));

    [Fact]
    public void knows_no_name_of_an_unknown_province() => Assert.Null(Divisions.FullName(DivisionCode.Parse("990101")));

    [Theory]
    [InlineData("640422", true)]
    [InlineData("640121104", true)]
    [InlineData("640422101201", true)]
    [InlineData("350205001", true)]
    [InlineData("330106", true)]
    [InlineData("640499", false)]
    [InlineData("640422999", false)]
    [InlineData("642223", false)]
    [InlineData("99", false)]
    public void knows_what_exists(string code, bool exists) => Assert.Equal(exists, Divisions.Exists(DivisionCode.Parse(code)));

    [Theory]
    [InlineData("642223", "640422")]
    [InlineData("642222", "640522")]
    [InlineData("640421", "640522")]
    [InlineData("642223100", "640422")]
    [InlineData("350182", "350112")]
    public void follows_abolished_codes_to_today(string code, string successor) => Assert.Equal(successor, Divisions.Successor(DivisionCode.Parse(code))?.ToString());

    [Fact]
    public void gives_no_successor_to_a_code_in_force() => Assert.Null(Divisions.Successor(DivisionCode.Parse("640422")));

    [Theory]
    [InlineData("宁夏回族自治区", "固原市", "西吉县", "将台堡镇", "640422103")]
    [InlineData("宁夏", "固原", "西吉", "将台堡", "640422103")]
    [InlineData("宁夏", null, "西吉县", null, "640422")]
    [InlineData(null, null, "西吉县", "兴隆镇", "640422101")]
    [InlineData("宁夏回族自治区", "银川市", "永宁县", "闽宁镇", "640121104")]
    [InlineData("宁夏回族自治区", "固原市", "西吉县", "没有这个镇", "640422")]
    [InlineData("福建省", "厦门市", "海沧区", "新阳街道", "350205")]
    [InlineData("福建省", "福州市", "长乐市", null, "350112")]
    [InlineData("宁夏回族自治区", "固原市", "固原县", null, "640402")]
    [InlineData("福建省", "三明市", "沙县", null, "350405")]
    [InlineData("浙江省", "杭州市", "西湖区", null, "33")]
    [InlineData("64", "6404", "640422", null, "640422")]
    [InlineData(" 宁 夏 ", "固原市", "西吉县", "", "640422")]
    [InlineData("宁夏回族自治区", "固原市", "无此县", null, null)]
    [InlineData("宁夏回族自治区", "银川市", "西吉县", null, null)]
    [InlineData("火星", null, null, null, null)]
    [InlineData(null, null, null, null, null)]
    public void finds_the_columns_of_a_roster(string? province, string? prefecture, string? county, string? town, string? expected) =>
        Assert.Equal(expected, Divisions.FindByName(province, prefecture, county, town)?.ToString());

    [Theory]
    [InlineData("福建省厦门市海沧区新阳街道", "350205")]
    [InlineData("福建省福清市", "350181")]
    [InlineData("福建厦门", "3502")]
    [InlineData("福建省,莆田市,仙游县", "350322")]
    [InlineData("宁夏西吉县将台堡镇毛沟村", "640422103")]
    [InlineData("西吉县", "640422")]
    [InlineData("浙江省杭州市", "33")]
    [InlineData("广东", "44")]
    [InlineData("长乐路8号", null)]
    [InlineData("国外", null)]
    [InlineData("", null)]
    public void finds_the_beginning_of_an_address(string address, string? expected) => Assert.Equal(expected, Divisions.FindInText(address)?.ToString());

    [Fact]
    public void finds_every_listed_division_by_its_own_names()
    {
        var counties = Divisions.All(DivisionLevel.County);
        Assert.Equal(106, counties.Count);
        foreach (var county in counties)
        {
            var (province, prefecture) = (Divisions.Name(county.Code.Province), Divisions.Name(county.Code.Prefecture!.Value));
            Assert.Equal(county.Code, Divisions.FindByName(province, prefecture, county.Name));
            Assert.Equal(county.Code, Divisions.FindInText(province + prefecture + county.Name));
            Assert.Equal(county.Code, Divisions.FindInText(Divisions.FullName(county.Code)));
            Assert.All(Divisions.Below(county.Code), town => Assert.Equal(town.Code, Divisions.FindByName(province, prefecture, county.Name, town.Name)));
        }
    }

    [Fact]
    public void lists_a_level_within_a_division()
    {
        Assert.Equal(34, Divisions.All(DivisionLevel.Province).Count);
        Assert.Equal(5, Divisions.All(DivisionLevel.Prefecture, DivisionCode.Parse("64")).Count);
        Assert.Equal("闽宁镇", Assert.Single(Divisions.All(DivisionLevel.Town, DivisionCode.Parse("640121")), t => t.Code.ToString() == "640121104").Name);
    }
}
