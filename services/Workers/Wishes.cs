using System.Text.Json;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// What a worker wishes, as stored: trades and division codes are known ones, pay is fen a month. The languages he speaks are asked and told with it, and are never
/// inferred from home or ethnic group; null where nobody asked.
/// </summary>
internal sealed record Wishes(
    bool Willing, IReadOnlyList<string> Trades, IReadOnlyList<string> Places, long? MonthlyPayFen, DateOnly? From, bool Lodging, IReadOnlyList<string> Canteens, Guid? With,
    IReadOnlyList<string>? Languages = null);

/// <summary>Wishes as sent and as answered: pay is yuan a month.</summary>
internal sealed record WishesBody(
    bool? Willing, IReadOnlyList<string>? Trades = null, IReadOnlyList<string>? Places = null, decimal? MonthlyPay = null, DateOnly? From = null,
    bool? Lodging = null, IReadOnlyList<string>? Canteens = null, Guid? With = null, IReadOnlyList<string>? Languages = null)
{
    private static readonly string[] KnownCanteens = ["canteen", "halal", "meal-allowance"];

    public static WishesBody Of(Wishes wishes) => new(
        wishes.Willing, wishes.Trades, wishes.Places, wishes.MonthlyPayFen is { } fen ? new Money(fen).ToYuan() : null, wishes.From, wishes.Lodging, wishes.Canteens, wishes.With,
        wishes.Languages);

    /// <summary>The wishes, with what is wrong noted in <paramref name="checks"/>. Who names no trade takes any unskilled work.</summary>
    public Wishes Check(Checks checks, string field, Guid? worker)
    {
        var at = field.Length == 0 ? "" : field + ".";
        checks.Require($"{at}willing", Willing);
        var trades = Each(Trades, $"{at}trades", text => Domain.Trades.Find(text) is { } trade ? trade.Code : Note.UnknownTrade(checks, $"{at}trades", text));
        var places = Each(Places, $"{at}places", text =>
            DivisionCode.TryParse(text, out var code) && Divisions.Exists(code) ? code.ToString() : Note.UnknownDivision(checks, $"{at}places", text));
        var canteens = Each(Canteens, $"{at}canteens", text =>
            KnownCanteens.Contains(text, StringComparer.Ordinal) ? text : Note.UnknownWord(checks, $"{at}canteens", text, KnownCanteens));
        var languages = Languages is null ? null : Each(Languages, $"{at}languages", text =>
            Kebab.TryParse<SpokenLanguage>(text, out _) ? text : Note.UnknownWord(checks, $"{at}languages", text, Kebab.All<SpokenLanguage>()));
        checks.That(trades.Count <= 20 && places.Count <= 20, $"{at}trades", "too-many", "意向工种、意向地区各不超过 20 个。", "At most 20 trades and 20 places.");
        checks.That(With is null || With != worker, $"{at}with", "with-self", "同行人不能是本人。", "Nobody travels with himself.");
        var pay = default(Money);
        checks.That(MonthlyPay is null || (MonthlyPay is >= 0 and <= 200_000 && Money.TryFromYuan(MonthlyPay.Value, out pay)), $"{at}monthlyPay", "out-of-range",
            "期望月薪应为 0 到 200000 元，最多两位小数。", "Monthly pay is 0 to 200,000 yuan with at most two decimals.");
        return new Wishes(
            Willing ?? false, trades.Count > 0 ? trades : [Domain.Trades.General], places, MonthlyPay is null ? null : pay.Fen, From, Lodging ?? false, canteens, With,
            languages);
    }

    private static List<string> Each(IReadOnlyList<string>? texts, string field, Func<string, string> read) =>
        [.. (texts ?? []).Select(text => read(text?.Trim() ?? "")).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];
}

/// <summary>Errors that several checks note; each answers the empty text in place of the value.</summary>
internal static class Note
{
    public static string UnknownTrade(Checks checks, string field, string? text)
    {
        checks.Add(field, "trade-unknown", $"没有“{Short(text)}”这个工种代码，不限工种请填 general。", $"There is no trade '{Short(text)}'; general stands for any unskilled work.");
        return "";
    }

    public static string UnknownDivision(Checks checks, string field, string? text)
    {
        checks.Add(field, "division-unknown", $"没有行政区划代码“{Short(text)}”，请填现行的 6 位县级、9 位乡镇或 12 位村代码。",
            $"There is no division '{Short(text)}'. Use a code of today: 6 digits for a county, 9 for a town, 12 for a village.");
        return "";
    }

    public static string UnknownWord(Checks checks, string field, string? text, IReadOnlyList<string> known)
    {
        checks.Add(field, "unknown-value", $"不能识别“{Short(text)}”，可填：{string.Join("、", known)}。", $"'{Short(text)}' is not one of {string.Join(", ", known)}.");
        return "";
    }

    // What was sent comes back in the message, but never so much of it that an ID sent to the wrong field is repeated.
    private static string Short(string? text) => text is null ? "" : text.Length <= 12 ? text : text[..6] + "…";
}

/// <summary>Reads the JSON columns.</summary>
internal static class Stored
{
    public static Wishes? Wishes(WorkerRow row) => row.Wishes is null ? null : Read<Wishes>(row.Wishes);

    public static IReadOnlyList<Skill> Skills(WorkerRow row) => Read<List<Skill>>(row.Skills);

    public static IReadOnlyList<string> Certificates(WorkerRow row) => Read<List<string>>(row.Certificates);

    public static IReadOnlyList<string> Groups(WorkerRow row) => Read<List<string>>(row.SelfGroups);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonText.Options) ?? throw new JsonException("A stored value is null.");

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, JsonText.Options);
}

/// <summary>A trade mastered, with its grade.</summary>
internal sealed record Skill(string Trade, string Grade);
