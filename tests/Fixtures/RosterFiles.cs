using System.Text;
using LaborBridge.Domain;
using LaborBridge.Workers.Rosters;

namespace LaborBridge.Tests.Fixtures;

/// <summary>
/// Invented rosters as stations have them, the same for the same seed: whole households of 西吉县 with children, workers in Fujian and elsewhere. IDs carry the
/// prefix 6499, which nobody was ever given.
/// </summary>
public static class RosterFiles
{
    /// <summary>The columns of the monitoring system's export.</summary>
    public static readonly IReadOnlyList<string> HouseholdColumns =
    [
        "省", "市", "县", "乡", "村", "户编号", "人口编号", "姓名", "性别", "出生日期", "证件类型", "证件号码", "民族", "户联系电话", "成员联系电话", "年度", "与户主关系", "文化程度",
        "在校生状况", "劳动技能", "务工时间（月）", "健康状况", "政治面貌", "务工企业名称", "是否享受低保", "是否会讲普通话", "产业分类", "公益性岗位类型", "公益性岗位(月数)", "就业渠道",
        "残疾类别", "务工所在地", "户主姓名", "户主证件号码", "识别标准",
    ];

    /// <summary>The columns of the wish sheet.</summary>
    public static readonly IReadOnlyList<string> WishColumns =
        ["姓名", "证件号码", "联系电话", "外出意愿", "意向地区", "意向工种", "期望月薪", "可出发日期", "食宿要求", "技能证书", "同行人", "同意推荐"];

    private static readonly string[] Families = ["马", "王", "李", "张", "杨", "海", "丁", "白", "田", "苏", "哈", "撒", "虎", "冶", "何"];
    private const string GivenCharacters = "燕建国秀兰小龙玉梅志强晓红永平彩霞学文亚楠斌春花海军丽明芳伟英华桂林东金凤成云飞宝贵福生祥德俊杰莲霖雪琴娟娜静慧敏佳怡欣然浩宇轩博思源梦洁婷雅";
    private static readonly string[] Villages = ["毛沟村", "明台村", "包庄村", "崔中村", "火集村", "玉桥村"];
    private static readonly string[] Statuses = ["一般农户", "脱贫户", "脱贫户", "脱贫户", "脱贫不稳定户", "边缘易致贫户", "突发严重困难户"];
    private static readonly string[] Educations = ["文盲或半文盲", "小学", "初中", "初中", "初中", "高中", "大专"];
    private static readonly string[] Workplaces = ["福建省厦门市海沧区", "福建省福州市长乐区", "福建省泉州市晋江市", "福建省莆田市荔城区", "宁夏回族自治区银川市兴庆区", "宁夏西吉县", "广东省"];
    private static readonly string[] Firms = ["海沧示例电子有限公司", "长乐示例纺织有限公司", "晋江示例鞋业有限公司", "莆田示例服装有限公司", ""];
    private static readonly string[] Channels = ["自主外出", "亲友介绍", "劳务工作站", "劳务公司", ""];

    /// <summary>An ID of nobody: prefix 6499, a birth date, a number that makes it different from others of that day.</summary>
    public static string InventedId(DateOnly birth, int number)
    {
        var first = $"6499{number / 1000 % 100:00}{birth:yyyyMMdd}{number % 1000:000}";
        return first + ResidentId.CheckDigit(first);
    }

    /// <summary>How many given names <see cref="Given"/> knows.</summary>
    public static int GivenNames => GivenCharacters.Length * (GivenCharacters.Length + 1);

    /// <summary>A given name of one or two characters. Thousands, as in a real county: with a few dozen every village would be full of namesakes.</summary>
    /// <param name="number">0 to <see cref="GivenNames"/>, exclusive.</param>
    public static string Given(int number) => $"{GivenCharacters[number % GivenCharacters.Length]}{(number / GivenCharacters.Length is > 0 and var second ? GivenCharacters[second - 1] : null)}";

    /// <summary>Rows of the household export.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Other seeds, other people.</param>
    /// <param name="year">The year of the export.</param>
    /// <param name="today">Ages are meant on this day.</param>
    public static IEnumerable<IReadOnlyList<string>> Households(int count, int seed, int year, DateOnly today)
    {
        var random = new Random(seed);
        var towns = Divisions.All(DivisionLevel.Town, DivisionCode.Parse("640422"));
        for (var (made, household) = (0, 1); made < count; household++)
        {
            var town = towns[random.Next(towns.Count)].Name;
            var village = Villages[random.Next(Villages.Length)];
            var status = Statuses[random.Next(Statuses.Length)];
            var phone = $"139{random.Next(100_000_000):00000000}";
            var head = Families[random.Next(Families.Length)];
            for (var member = 0; member < 4 && made < count; member++, made++)
            {
                var child = member == 3 && random.Next(2) == 0;
                var age = child ? random.Next(1, 15) : random.Next(18, 62);
                var birth = today.AddYears(-age).AddDays(-random.Next(300));
                var id = InventedId(birth, (seed * 7919) + made);
                var works = !child && random.Next(100) < 40;
                var relation = member switch { 0 => "户主", 1 => "配偶", 2 => "之父", _ => "之子" };
                var name = (member == 1 ? Families[random.Next(Families.Length)] : head) + Given(random.Next(GivenNames));
                yield return
                [
                    "宁夏回族自治区", "固原市", "西吉县", town, village, $"6404{seed:000}{household:000000}", $"6404{seed:000}{household:000000}{member:00}", name,
                    ResidentId.TryParse(id, out var read) && read.Sex == Sex.Male ? "男" : "女", birth.ToString("yyyy-MM-dd"), "居民身份证", id, "回族", phone,
                    child ? "" : $"138{random.Next(100_000_000):00000000}", year.ToString(), relation, Educations[random.Next(Educations.Length)], child ? "小学" : "", child ? "无劳动力" : "普通劳动力",
                    works ? random.Next(1, 11).ToString() : "", "健康", "群众", works ? Firms[random.Next(Firms.Length)] : "", "否", "是", works ? "第二产业" : "", "", "",
                    works ? Channels[random.Next(Channels.Length)] : "", "", works ? Workplaces[random.Next(Workplaces.Length)] : "", head + "老汉", InventedId(new DateOnly(1960, 1, 1), household), status,
                ];
            }
        }
    }

    /// <summary>A workbook with two title rows above the header.</summary>
    public static byte[] Xlsx(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, params string[] titles)
    {
        var stream = new MemoryStream();
        using (var sheet = new SheetWriter(stream, "Sheet1"))
        {
            foreach (var title in titles)
            {
                sheet.Write([title]);
            }

            sheet.Write(columns, RowColour.Header);
            foreach (var row in rows)
            {
                sheet.Write(row);
            }
        }

        return stream.ToArray();
    }

    /// <summary>CSV in GBK as the offices' spreadsheets save it, long numbers wrapped as <c>="…"</c>.</summary>
    public static byte[] GbkCsv(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030").GetBytes(Csv(columns, rows));
    }

    /// <summary>CSV as text.</summary>
    public static string Csv(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder().AppendJoin(',', columns).Append("\r\n");
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(cell => cell.Length > 11 && cell.All(char.IsAsciiLetterOrDigit) ? $"=\"{cell}\"" : cell)).Append("\r\n");
        }

        return text.ToString();
    }
}
