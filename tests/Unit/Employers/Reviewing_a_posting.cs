using LaborBridge.Employers;
using Xunit;

namespace LaborBridge.Tests.Unit.Employers;

public sealed class Reviewing_a_posting
{
    [Theory]
    [InlineData("限男", "sex")]
    [InlineData("男工优先", "sex")]
    [InlineData("女，未婚优先", "sex")]
    [InlineData("女，未婚优先", "marriage-childbirth")]
    [InlineData("只招女工", "sex")]
    [InlineData("性别：男", "sex")]
    [InlineData("女性勿扰", "sex")]
    [InlineData("限 男 性", "sex")]
    [InlineData("回民勿扰", "ethnicity")]
    [InlineData("不招少数民族", "ethnicity")]
    [InlineData("汉族优先", "ethnicity")]
    [InlineData("有宗教信仰者勿扰", "religion")]
    [InlineData("残疾人勿扰", "disability")]
    [InlineData("须查乙肝两对半", "carrier")]
    [InlineData("孕妇勿扰", "marriage-childbirth")]
    [InlineData("两年内不得怀孕", "marriage-childbirth")]
    [InlineData("只招宁夏籍", "hukou-region")]
    [InlineData("本地户口优先", "hukou-region")]
    [InlineData("河南人勿扰", "hukou-region")]
    [InlineData("押金200元", "fees")]
    [InlineData("服装费300", "fees")]
    [InlineData("入职交服装押金", "fees")]
    [InlineData("体检费自理", "fees")]
    [InlineData("收取报名费５０元", "fees")]
    [InlineData("统一保管身份证", "held-documents")]
    [InlineData("身份证原件上交", "held-documents")]
    [InlineData("须有当地人担保", "guarantee")]
    [InlineData("要有本地人作保", "guarantee")]
    [InlineData("回民别来", "ethnicity")]
    [InlineData("聋哑人不收", "disability")]
    [InlineData("工作服两套180元", "fees")]
    [InlineData("身份证放厂里", "held-documents")]
    public void stops_what_the_law_bars(string text, string rule) =>
        Assert.Contains(Review(text), finding => finding.Rule == rule && finding.Severity == "error" && finding.Words.Length > 0 && finding.Law.Length > 0);

    [Theory]
    [InlineData("不收取任何费用、押金、")]
    [InlineData("轻松")]
    [InlineData("松")]
    [InlineData("限男女")]
    [InlineData("不限宁夏")]
    [InlineData("只招身份证1")]
    [InlineData("要找小伙")]
    [InlineData("有孩子不打算")]
    [InlineData("年龄要求")]
    [InlineData("工作服一套")]
    [InlineData("身份证交给")]
    public void reads_the_longest_text_of_one_phrase_over_and_over(string phrase)
    {
        // A rule that tried too many ways through it would meet its time limit, which throws.
        var text = string.Concat(Enumerable.Repeat(phrase, 4000 / phrase.Length));

        Assert.Contains(Review(text + "。押金200元"), finding => finding.Rule == "fees");
    }

    [Theory]
    [InlineData("18-45岁", "age")]
    [InlineData("年龄要求：45岁以下", "age")]
    [InlineData("月入过万不是梦", "baiting-pay")]
    public void asks_for_a_reason_where_it_may_be_needed(string text, string rule) =>
        Assert.Contains(Review(text), finding => finding.Rule == rule && finding.Severity == "warning");

    [Theory]
    [InlineData("男女不限")]
    [InlineData("性别不限，婚否不限")]
    [InlineData("不收取任何费用")]
    [InlineData("不收押金、服装费")]
    [InlineData("清真餐厅")]
    [InlineData("设回民餐厅")]
    [InlineData("女职工宿舍")]
    [InlineData("男生宿舍四人间，女生宿舍四人间")]
    [InlineData("体检费公司报销")]
    [InlineData("入职缴纳五险")]
    [InlineData("年满18周岁")]
    [InlineData("无需担保")]
    [InlineData("不扣押身份证")]
    [InlineData("提供身份证复印件")]
    [InlineData("可安排夫妻同厂")]
    [InlineData("欢迎各民族务工人员，民族不限")]
    [InlineData("免费住宿，水电费自理")]
    [InlineData("缝纫工，能看懂工艺单，两班倒")]
    [InlineData("外地员工不收押金和住宿费")]
    [InlineData("急招小伙伴，工作保障齐全")]
    [InlineData("孕期女职工不安排夜班")]
    [InlineData("工作服补贴200元，确定金额后发放")]
    [InlineData("残疾人不接触粉尘")]
    public void leaves_lawful_text_alone(string text) => Assert.Empty(Review(text));

    [Fact]
    public void names_each_of_the_seven_elements_that_is_missing()
    {
        var empty = new PostingTerms(Guid.Empty, null, null, "general", null, null, null, null, null, null, null, null, null, null, null, false, false, null, null);
        Assert.Equal(
            ["title", "headcount", "work", "conditions", "site", "pay.guaranteed", "validTo"],
            Posting.Review(empty, Unknown).Where(finding => finding.Rule == "missing-element").Select(finding => finding.Field));
    }

    [Fact]
    public void lets_a_posting_pass_only_without_errors_and_with_its_warnings_confirmed()
    {
        var warned = Posting.Review(Whole("年龄18-45岁"), Unknown);
        Assert.Equal("warning-not-confirmed", Posting.Bar(warned, []));
        Assert.Null(Posting.Bar(warned, [new("age", "岗位需要")]));
        Assert.Equal("posting-has-errors", Posting.Bar(Posting.Review(Whole("限男"), Unknown), [new("sex", "x"), new("age", "x")]));
        Assert.Null(Posting.Bar(Posting.Review(Whole("无特殊要求"), Unknown), []));
    }

    internal static IReadOnlyList<Finding> Review(string text) => Posting.Review(Whole(text), Unknown);

    internal static readonly MinimumWage Unknown = new(County: null, Row: null);

    internal static PostingTerms Whole(string conditions) => new(
        Guid.Empty, new PostingSite("350205", "海沧区新阳街道"), "普工", "general", 20, "流水线装配", conditions, new PostingPay("month", 4500m, 6000m), "free", [], "两班倒", [], null,
        new PostingContract("direct", 12), [], false, false, new DateOnly(2026, 11, 1), new DateOnly(2027, 2, 1));
}
