using LaborBridge.Domain;
using LaborBridge.Workers;

namespace LaborBridge.AllInOne.Demo;

/// <summary>Invents people: names of the region, IDs of the unassigned prefix 6499, wishes as they are told at the counter.</summary>
internal sealed class DemoPeople(Random dice)
{
    private static readonly string[] Surnames = ["马", "李", "王", "杨", "张", "金", "苏", "丁", "海", "禹", "白", "田", "刘", "陈", "何", "兰", "火", "罗", "安", "赵"];
    private static readonly string[] Given =
    [
        "建国", "小龙", "志强", "海燕", "秀兰", "玉梅", "晓红", "文军", "永平", "学义", "彦虎", "生福", "桂花", "小燕", "丽娟", "国栋", "红霞", "彦龙", "晓琴", "伟", "军", "燕", "娟",
        "芳", "强", "磊", "敏", "玲", "艳", "鹏", "勇", "慧", "明", "云", "浩", "雪梅", "志明", "金花", "万福", "占林",
    ];

    private static readonly (string Trade, int Weight)[] Wished =
    [
        ("general", 62), ("electronics-assembly", 10), ("garment-sewing", 7), ("shoe-sewing", 5), ("food-processing", 4), ("picking", 3), ("welding", 2), ("cook", 2),
        ("room-attendant", 2), ("elder-care", 1), ("forklift", 1), ("live-streaming", 1),
    ];

    private static readonly string[] Places = ["3502", "3502", "3501", "3505", "3505", "3506", "35", "35"];
    private int serial;

    /// <summary>Somebody of a county.</summary>
    /// <param name="county">The home county or town.</param>
    /// <param name="today">The day of registration.</param>
    /// <param name="willing">With wishes and consent; otherwise somebody who stands in the roster only.</param>
    public WorkerBody Worker(string county, DateOnly today, bool willing)
    {
        var trade = Pick(Wished);
        return new WorkerBody(
            Name: Surnames[dice.Next(Surnames.Length)] + Given[dice.Next(Given.Length)],
            ResidentId: NextId(today),
            Phones: [$"1{dice.Next(3, 10)}{dice.Next(100_000_000, 1_000_000_000)}"],
            Hukou: county.Length > 6 ? county[..6] : county,
            Address: new AddressBody(county, "第" + "一二三四五六七八"[dice.Next(8)] + "村民小组"),
            HouseholdNumber: $"{county[..6]}{serial / 2:000000}",
            RelationToHead: serial % 2 == 0 ? "head" : "spouse",
            Education: Pick([("primary", 25), ("junior-middle", 50), ("senior-middle", 12), ("secondary-vocational", 8), ("college", 5)]),
            LabourCapacity: trade == "general" ? "ordinary" : "skilled",
            Skills: trade == "general" ? [] : [new SkillBody(trade, Pick([("none", 30), ("junior", 45), ("intermediate", 20), ("senior", 5)]))],
            Wishes: willing ? Wish(trade, today) : null,
            Consents: willing ? [new ConsentBody("recommendation", "paper", today)] : [],
            HouseholdStatuses: [new(Pick([("ordinary", 45), ("out-of-poverty", 45), ("out-of-poverty-unstable", 4), ("marginal", 4), ("sudden-hardship", 2)]), new DateOnly(2021, 1, 1), null)]);
    }

    private WishesBody Wish(string trade, DateOnly today) => new(
        Willing: true,
        Trades: trade == "general" ? ["general"] : [trade, "general"],
        Places: dice.Next(100) < 25 ? [] : dice.Next(100) < 12 ? ["64"] : [Places[dice.Next(Places.Length)]],
        MonthlyPay: 3200 + (dice.Next(18) * 100),
        From: today,
        Lodging: dice.Next(100) < 45,
        Canteens: dice.Next(100) < 30 ? ["halal"] : [],
        Languages: serial % 5 == 0 ? ["northwestern"] : serial % 41 == 0 ? ["mandarin", "northwestern", "minnan"] : ["mandarin", "northwestern"]);

    private string NextId(DateOnly today)
    {
        serial++;
        var birth = new DateOnly(today.Year - 18 - dice.Next(37), 1, 1).AddDays(dice.Next(300));
        var first = $"6499{1 + (serial % 20) + (20 * (serial / 1000)):00}{birth:yyyyMMdd}{serial % 1000:000}";
        return first + ResidentId.CheckDigit(first);
    }

    private T Pick<T>((T Value, int Weight)[] choices)
    {
        var at = dice.Next(choices.Sum(choice => choice.Weight));
        foreach (var (value, weight) in choices)
        {
            if ((at -= weight) < 0)
            {
                return value;
            }
        }

        throw new InvalidOperationException("The weights ran out.");
    }
}
