using System.Globalization;
using System.Text.RegularExpressions;
using LaborBridge.Domain;

namespace LaborBridge.Workers.Rosters.Verdicts;

/// <summary>What people write into cells for days, amounts, yes and no.</summary>
internal static partial class CellValues
{
    private static readonly string[] DayForms = ["yyyy-M-d", "yyyyMMdd", "yyyy-M", "yyyyMM"];

    private static readonly HashSet<string> Nothing = new(StringComparer.Ordinal) { "", "无", "/", "\\", "-", "--", "—", "——", "暂无", "没有", "空", "0", "null", "NULL", "N/A", "#N/A" };

    // The day that spreadsheets of both makers count from.
    private static readonly DateOnly SerialZero = new(1899, 12, 30);

    /// <summary>The cell without blanks; null where people write that there is nothing.</summary>
    public static string? Word(string? cell) => cell is null ? null : Cells.Word(cell) is var word && Nothing.Contains(word) ? null : word;

    /// <summary>Reads a day: 2026-12-01, 2026/12/1, 2026.12, 2026年12月1日, 20261201, a spreadsheet's serial number; a month means its first day.</summary>
    public static bool TryDay(string? cell, out DateOnly day)
    {
        var text = Cells.Word(cell);
        // A time of day behind the day.
        text = TimeOfDay().Replace(text, "");
        var unified = text.Replace("年", "-", StringComparison.Ordinal).Replace("月", "-", StringComparison.Ordinal).Replace("日", "", StringComparison.Ordinal)
            .Replace("号", "", StringComparison.Ordinal).Replace('/', '-').Replace('.', '-').TrimEnd('-');
        if (DateOnly.TryParseExact(unified, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            return true;
        }

        var isSerial = int.TryParse(unified, NumberStyles.None, CultureInfo.InvariantCulture, out var serial) && serial is > 3_000 and < 80_000;
        day = isSerial ? SerialZero.AddDays(serial) : default;
        return isSerial;
    }

    /// <summary>Reads a day that may come without its year: then the next one from <paramref name="today"/>'s month on.</summary>
    public static bool TryComingDay(string? cell, DateOnly today, out DateOnly day)
    {
        if (TryDay(cell, out day))
        {
            return true;
        }

        var match = MonthAndDay().Match(Cells.Word(cell));
        if (!match.Success || !int.TryParse(match.Groups[1].Value, out var month) || month is < 1 or > 12)
        {
            return false;
        }

        var year = month < today.Month ? today.Year + 1 : today.Year;
        var number = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 1;
        var exists = number >= 1 && number <= DateTime.DaysInMonth(year, month);
        day = exists ? new DateOnly(year, month, number) : default;
        return exists;
    }

    /// <summary>Reads yes or no in the words of forms; null when it is neither.</summary>
    public static bool? YesOrNo(string? cell) => Cells.Word(cell).ToUpperInvariant() switch
    {
        "" => null,
        "是" or "有" or "愿" or "要" or "√" or "✓" or "☑" or "Y" or "YES" or "1" or "TRUE" or "已同意" => true,
        "否" or "无" or "×" or "✗" or "X" or "N" or "NO" or "0" or "FALSE" => false,
        var word when word.AsSpan().IndexOfAny("不未没暂拒") >= 0 => false,
        var word when word.AsSpan().IndexOfAny("愿同想可有") >= 0 => true,
        _ => null,
    };

    /// <summary>Reads monthly pay: 5000, 5000元, 5千, 0.5万, 5000-6000 (the low end). False when there is no amount in it.</summary>
    public static bool TryPay(string? cell, out Money pay)
    {
        pay = default;
        var match = Amount().Match(Cells.Word(cell).Replace(",", "", StringComparison.Ordinal));
        if (!match.Success)
        {
            return false;
        }

        var unit = match.Groups[2].Value is { Length: > 0 } own ? own : match.Groups[3].Value;
        var factor = unit switch { "万" or "W" or "w" => 10_000m, "千" or "k" or "K" => 1_000m, _ => 1m };
        return decimal.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * factor is >= 500 and <= 200_000 && Money.TryFromYuan(number * factor, out pay);
    }

    /// <summary>Reads a count of months: 10, 10个月, 3.5 (whole months only). False when it is no number.</summary>
    public static bool TryMonths(string? cell, out int months)
    {
        var match = Count().Match(Cells.Word(cell));
        months = 0;
        return match.Success && int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out months);
    }

    /// <summary>The items of a cell that holds several.</summary>
    public static IReadOnlyList<string> Items(string? cell) =>
        cell is null ? [] : [.. cell.Split([',', '，', ';', '；', '、', '/', '|', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(Word).OfType<string>()];

    [GeneratedRegex("T?[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex("^([0-9]{1,2})月(?:份|底|初|中旬|([0-9]{1,2})[日号]?)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex MonthAndDay();

    [GeneratedRegex("([0-9]+(?:\\.[0-9]+)?)([千万kKwW]?)(?:[-~至到—]+[0-9]+(?:\\.[0-9]+)?([千万kKwW]?))?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Amount();

    [GeneratedRegex("^约?([0-9]{1,4})(?:\\.[0-9]+)?(?:个?月)?(?:左右|以上)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Count();
}
