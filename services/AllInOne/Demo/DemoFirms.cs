using LaborBridge.Domain;
using LaborBridge.Employers;

namespace LaborBridge.AllInOne.Demo;

/// <summary>Invents firms of the route and honest postings of theirs.</summary>
internal sealed class DemoFirms(Random dice)
{
    private const string CodeLetters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly string[] Marks =
    [
        "鹭明", "海安", "闽南", "东渡", "嘉禾", "同心", "恒源", "宏达", "新翔", "锦泰", "瑞丰", "华港", "启明", "联盛", "永嘉", "金沙", "福源", "长兴", "思源", "佳美", "中泰", "汇丰源", "聚力", "蓝湾", "山海",
    ];

    private static readonly (string Line, string Trade, string Title, string Work, int Pay)[] Lines =
    [
        ("电子", "general", "电子厂普工", "流水线装配、检验、包装", 4600),
        ("电子", "electronics-assembly", "电子装配工", "手机配件、显示屏组件装配", 5000),
        ("服饰", "garment-sewing", "缝纫工", "运动服装平车、四线车缝制", 5200),
        ("鞋业", "shoe-sewing", "针车工", "运动鞋面针车", 5300),
        ("鞋业", "general", "鞋厂普工", "成型流水线辅助、包装", 4700),
        ("食品", "food-processing", "食品加工工", "烘焙、分装、包装", 4500),
        ("食品", "general", "食品厂普工", "包装、搬运、清洁", 4300),
        ("物流", "picking", "分拣员", "电商仓库分拣、打包", 4800),
        ("机械", "welding", "焊工", "钢结构件二保焊", 6500),
        ("酒店管理", "room-attendant", "客房服务员", "客房清洁整理", 4200),
        ("餐饮管理", "kitchen-helper", "后厨帮工", "洗切配、餐具清洁", 4300),
        ("卫浴", "general", "卫浴厂普工", "组装、抛光辅助、包装", 4900),
    ];

    private static readonly (string Line, string Trade, string Title, string Work, int Pay)[] NearHome =
    [
        ("帮扶车间", "garment-sewing", "缝纫工（就近）", "校服、工装缝制，计件保底", 3300),
        ("帮扶车间", "general", "车间普工（就近）", "小件组装、包装", 3200),
        ("电商", "live-streaming", "直播带货员（就近）", "本地农产品直播销售", 3500),
    ];

    private static readonly string[] Hosts = ["350205", "350205", "350206", "350211", "350212", "350213", "350203", "350121", "350181", "350105", "350582", "350583", "350526", "350525", "350581", "350605", "350604"];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>A firm; the first of all stands in 海沧 and belongs to the account <c>employer</c>.</summary>
    /// <param name="index">Its number in the story.</param>
    /// <param name="home">Non-null: a workshop near home, in this county.</param>
    public EmployerForm Firm(int index, string? home)
    {
        var division = home ?? (index == 0 ? "350205" : Known(Hosts[dice.Next(Hosts.Length)]));
        var line = home is null ? Lines[index % Lines.Length].Line : NearHome[index % NearHome.Length].Line;
        var place = Divisions.Name(DivisionCode.Parse(division)) ?? throw new InvalidOperationException($"No division {division}.");
        string name;
        do
        {
            name = $"{place}{Marks[dice.Next(Marks.Length)]}{(names.Count < 400 ? "" : names.Count)}{line}{(home is null ? "有限公司" : "")}";
        }
        while (!names.Add(name));

        return new EmployerForm(
            name, Code(division), new EmployerSite(division, $"{place}工业园区{1 + dice.Next(30)}号", home is null ? (index % 11 == 3 ? "labour-base" : "factory") : "aid-workshop"),
            FujianInvested: home is null || index % 2 == 0, new EmployerContact(Marks[dice.Next(Marks.Length)][..1] + "经理", $"138{dice.Next(10_000_000, 100_000_000)}"));
    }

    /// <summary>A posting of a firm.</summary>
    public PostingTerms Posting(Guid employer, int index, bool nearHome, DateOnly from)
    {
        var lines = nearHome ? NearHome : Lines;
        var (_, trade, title, work, pay) = lines[index % lines.Length];
        var guaranteed = pay + (dice.Next(-4, 8) * 100);
        return new PostingTerms(
            employer, Site: null, title, trade, Headcount: nearHome ? 2 + dice.Next(6) : 4 + dice.Next(16), work, dice.Next(4) == 0 ? "能适应两班倒，身体健康能胜任岗位" : "无特殊要求",
            new PostingPay("month", guaranteed, guaranteed + 800 + (dice.Next(12) * 100)), nearHome ? "none" : dice.Next(5) == 0 ? "offered" : "free",
            dice.Next(3) == 0 ? ["canteen", "halal"] : ["canteen"], nearHome ? "白班" : "两班倒", trade == "welding" ? ["hot"] : [], MotionsPerMinute: null,
            new PostingContract("direct", 12), ["pension", "medical", "work-injury"], Interview: dice.Next(4) == 0, Medical: trade == "food-processing", from, from.AddDays(75 + dice.Next(40)),
            Languages: trade is "room-attendant" or "live-streaming" ? ["mandarin"] : index % 17 == 0 ? ["mandarin", "minnan"] : null);
    }

    private static string Known(string code) => Divisions.Exists(DivisionCode.Parse(code)) ? code : "350205";

    private string Code(string division)
    {
        Span<char> body = stackalloc char[8];
        body[0] = 'M';
        body[1] = 'A';
        for (var i = 2; i < 8; i++)
        {
            body[i] = CodeLetters[dice.Next(CodeLetters.Length)];
        }

        var first = $"91{division[..6]}{body}{SocialCreditCode.OrganisationCheckDigit(body)}";
        return first + SocialCreditCode.CheckDigit(first);
    }
}
