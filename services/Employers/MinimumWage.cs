using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>
/// The minimum wage where a posting's work is done, as officials entered it: the county's own row, else its prefecture's, the last one in force. Without a row nothing is
/// known, nothing is found, and the answer says so. Lower than the monthly figure is an error (Labour Law art. 48), hours counted at 174 a month; the hourly figure is for
/// part-time work, so that it asks for a reason only, as interns do, who are no employees.
/// </summary>
internal sealed record MinimumWage(string? County, MinimumWageRow? Row)
{
    private const string Law = "《劳动法》第四十八条；《最低工资规定》第十二条";

    private static readonly Sql InForce = Sql.Text($$"""
        SELECT {{MinimumWageRow.Columns}} FROM minimum_wages WHERE division IN @Divisions AND from_day <= @Day ORDER BY division DESC, from_day DESC {first:@Limit}
        """);

    /// <summary>The figure on the first day of the posting, or today if that is later.</summary>
    public static async Task<MinimumWage> For(Tx tx, PostingTerms terms, DateOnly today)
    {
        if (!DivisionCode.TryParse(terms.Site?.Division, out var site))
        {
            return new MinimumWage(County: null, Row: null);
        }

        string[] divisions = [.. new[] { site.County, site.Prefecture }.OfType<DivisionCode>().Select(one => one.ToString())];
        var day = terms.ValidFrom > today ? terms.ValidFrom.Value : today;
        var row = divisions.Length == 0 ? null : await tx.First<MinimumWageRow>(InForce, new { Divisions = divisions, Day = day, Limit = 1 });
        return new MinimumWage(divisions.FirstOrDefault(), row);
    }

    /// <summary>Pay below the figure, or nothing.</summary>
    public IEnumerable<Finding> Check(PostingTerms terms)
    {
        if (Row is null || terms.Pay is not { Guaranteed: > 0 } pay)
        {
            yield break;
        }

        if (Posting.MonthlyFen(pay) < Row.MonthlyFen)
        {
            yield return Below(
                terms.Contract?.Form == "internship" ? "warning" : "error", pay,
                $"保底工资不得低于{Place}最低工资标准每月{Yuan(Row.MonthlyFen)}元（{Row.FromDay:yyyy-MM-dd}起）{(pay.Unit == "hour" ? $"，时薪按每月{Posting.HoursOfMonth}小时折算" : "")}。不含加班费和夜班、高温等津贴。",
                $"The guaranteed pay must reach the minimum wage, {Yuan(Row.MonthlyFen)} yuan a month since {Row.FromDay:yyyy-MM-dd}{(pay.Unit == "hour" ? $"; hours count {Posting.HoursOfMonth} a month" : "")}, without overtime and allowances.");
        }
        else if (pay.Unit == "hour" && Posting.Fen(pay.Guaranteed) < Row.HourlyFen)
        {
            yield return Below(
                "warning", pay,
                $"时薪低于{Place}非全日制小时最低工资标准{Yuan(Row.HourlyFen.Value)}元。非全日制用工必须达到；全日制按时计薪的，请填写理由确认。",
                $"The hourly pay is below the minimum of part-time work, {Yuan(Row.HourlyFen.Value)} yuan an hour. Full-time work paid by the hour needs a reason.");
        }
    }

    /// <summary>As answered: the figure, or that none is known.</summary>
    public object View(Language language) => new
    {
        known = Row is not null,
        county = County,
        countyName = County is null ? null : Divisions.FullName(DivisionCode.Parse(County)),
        monthly = Row?.MonthlyFen / 100m,
        hourly = Row?.HourlyFen / 100m,
        from = Row?.FromDay,
        Row?.Source,
        sentence = Sentence.In(language),
    };

    private Text Sentence => Row is not null
        ? new Text($"{Place}最低工资标准：每月{Yuan(Row.MonthlyFen)}元，{Row.FromDay:yyyy-MM-dd}起执行。", $"Minimum wage: {Yuan(Row.MonthlyFen)} yuan a month since {Row.FromDay:yyyy-MM-dd}.")
        : County is null
            ? new Text("未选工作地点，没有核对最低工资标准。", "No workplace is chosen: the minimum wage was not checked.")
            : new Text($"{Divisions.Name(DivisionCode.Parse(County))}的最低工资标准尚未录入，没有核对保底工资，请自行对照当地标准。", "No minimum wage is known for this county: the guaranteed pay was not checked against it.");

    private string Place => Row is null ? "" : Divisions.Name(DivisionCode.Parse(Row.Division)) ?? "";

    private static Finding Below(string severity, PostingPay pay, string zh, string en) =>
        new(severity, "pay.guaranteed", Yuan(Posting.Fen(pay.Guaranteed)), "below-minimum-wage", Law, new Advice(zh, en));

    private static string Yuan(long fen) => (fen / 100m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}

internal sealed class MinimumWageRow
{
    public required Guid Id { get; init; }
    public required long Version { get; init; }
    public required string Division { get; init; }
    public required DateOnly FromDay { get; init; }
    public required long MonthlyFen { get; init; }
    public long? HourlyFen { get; init; }
    public required string Source { get; init; }
    public required string SavedBy { get; init; }
    public required DateTimeOffset SavedAt { get; init; }

    public const string Columns = "id, version, division, from_day, monthly_fen, hourly_fen, source, saved_by, saved_at";

    public object View() => new
    {
        Id,
        Version,
        Division,
        divisionName = Divisions.FullName(DivisionCode.Parse(Division)),
        from = FromDay,
        monthly = MonthlyFen / 100m,
        hourly = HourlyFen / 100m,
        Source,
        SavedAt,
    };
}
