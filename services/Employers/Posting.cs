using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>What a firm asks and offers, as it came in: the terms of a posting (domain.md 4).</summary>
internal sealed record PostingTerms(
    Guid EmployerId, PostingSite? Site, string? Title, string? Trade, int? Headcount, string? Work, string? Conditions, PostingPay? Pay, string? Lodging,
    IReadOnlyList<string>? Canteen, string? Shifts, IReadOnlyList<string>? Hazards, int? MotionsPerMinute, PostingContract? Contract,
    IReadOnlyList<string>? Insurance, bool Interview, bool Medical, DateOnly? ValidFrom, DateOnly? ValidTo, string? Project = null,
    string? Grade = null, IReadOnlyList<string>? Certificates = null, DateOnly? StartsOn = null, IReadOnlyList<string>? Languages = null);

internal sealed record PostingSite(string Division, string Text);

/// <param name="Unit"><c>month</c>, <c>hour</c>, <c>piece</c> (then the guarantee is a month's).</param>
/// <param name="Guaranteed">Yuan.</param>
/// <param name="High">Yuan.</param>
internal sealed record PostingPay(string Unit, decimal Guaranteed, decimal? High);

/// <param name="Form"><c>direct</c>, <c>dispatch</c>, <c>internship</c>.</param>
/// <param name="Months">Term.</param>
internal sealed record PostingContract(string Form, int Months);

/// <summary>The course of a posting: draft → in review → live → closed or expired. Pure.</summary>
internal static class Posting
{
    public const string Draft = "draft", InReview = "in-review", Live = "live", Closed = "closed", Expired = "expired";

    public static readonly string[] Canteens = ["canteen", "halal", "meal-allowance"];
    public static readonly string[] Hazards = ["heavy", "toxic", "dust", "noise", "heights", "hot", "cold", "dangerous"];
    public static readonly string[] Insurances = ["pension", "medical", "work-injury", "unemployment", "accident"];

    // 21.75 paid days of 8 hours: the ministry's monthly hours for converting wages.
    internal const int HoursOfMonth = 174;

    /// <summary>Guaranteed pay of a month in fen.</summary>
    public static long MonthlyFen(PostingPay pay) => Fen(pay.Guaranteed) * (pay.Unit == "hour" ? HoursOfMonth : 1);

    public static long Fen(decimal yuan) => (long)(yuan * 100);

    /// <summary>Everything a reviewer finds: what the law's seven elements lack, what the rules object to, and pay below the county's minimum.</summary>
    public static IReadOnlyList<Finding> Review(PostingTerms terms, MinimumWage wage)
    {
        var missing = new List<Finding>();
        Need(terms.Title, "title", "岗位名称", "the title");
        Need(terms.Headcount is > 0 ? "x" : null, "headcount", "招聘人数", "the headcount");
        Need(terms.Work, "work", "工作内容", "the work content");
        Need(terms.Conditions, "conditions", "招聘条件（没有要求可写“无特殊要求”）", "the conditions ('none' if there are none)");
        Need(terms.Site?.Division, "site", "工作地点", "the workplace");
        Need(terms.Pay is { Guaranteed: > 0 } ? "x" : null, "pay.guaranteed", "基本劳动报酬（保底工资）", "the guaranteed pay");
        Need(terms.ValidFrom is not null && terms.ValidTo > terms.ValidFrom ? "x" : null, "validTo", "有效期限（起止日期）", "the validity period");
        return
        [
            .. missing,
            .. PostingRules.Check([("title", terms.Title), ("work", terms.Work), ("conditions", terms.Conditions), ("shifts", terms.Shifts)]),
            .. wage.Check(terms),
            .. JuvenileWork.Check(terms),
        ];

        void Need(string? value, string field, string zh, string en)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                missing.Add(new Finding("error", field, "", "missing-element", "《人力资源市场暂行条例》第二十四条", new Advice($"请补充{zh}。", $"Add {en}.")));
            }
        }
    }

    /// <summary>Why a posting may not go live yet, or null.</summary>
    /// <param name="findings">What the review found.</param>
    /// <param name="confirmations">What a person confirmed with a reason: a rule at the words that stood there then.</param>
    public static string? Bar(IReadOnlyList<Finding> findings, IReadOnlyCollection<Confirmation> confirmations) =>
        findings.Any(finding => finding.Severity == "error") ? "posting-has-errors"
        : findings.Any(finding => finding.Severity == "warning" && !confirmations.Any(one => one.Covers(finding))) ? "warning-not-confirmed"
        : null;

    /// <summary>People who were taken on keep their seats: the headcount cannot fall below them. Matching decides about those accepted meanwhile, see <see cref="CountSeats"/>.</summary>
    public static Problem? CheckHeadcount(int? headcount, int accepted) => accepted == 0 || headcount >= accepted
        ? null
        : Problem.Conflict("headcount-below-accepted", new Text($"已有{accepted}人录用，招聘人数不能少于{accepted}。", $"{accepted} people were taken on; the headcount cannot be lower.")) with
        {
            Errors = [new FieldError("headcount", "headcount-below-accepted", new Text($"不能少于已录用的{accepted}人。", $"Not below the {accepted} taken on."))],
        };

    /// <summary>Whether a posting in this state can still be changed by its firm.</summary>
    public static bool CanChange(string state) => state is Draft or InReview or Live;
}
