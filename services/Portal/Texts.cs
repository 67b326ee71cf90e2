using System.Globalization;
using System.Resources;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;
using Microsoft.Extensions.Localization;

namespace LaborBridge.Portal;

/// <summary>The words of the pages in the visitor's language, from <c>Resources/*.resx</c>. Independent of the process's culture, which is invariant.</summary>
internal sealed class Texts(IHttpContextAccessor accessor) : IStringLocalizer
{
    public static readonly ResourceManager Chinese = new("LaborBridge.Portal.Resources.Chinese", typeof(Texts).Assembly);
    public static readonly ResourceManager English = new("LaborBridge.Portal.Resources.English", typeof(Texts).Assembly);

    public Language Language => accessor.HttpContext is { } http ? Reading.Of(http) : Language.Zh;

    public string Code => Language == Language.En ? "en" : "zh-CN";

    private ResourceManager Resources => Language == Language.En ? English : Chinese;

    public LocalizedString this[string name] => Find(name) is { } text ? new LocalizedString(name, text) : new LocalizedString(name, name, resourceNotFound: true);

    public LocalizedString this[string name, params object[] arguments] =>
        Find(name) is { } text ? new LocalizedString(name, string.Format(CultureInfo.InvariantCulture, text, arguments)) : new LocalizedString(name, name, resourceNotFound: true);

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
        Resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!
            .Cast<System.Collections.DictionaryEntry>().Select(entry => new LocalizedString((string)entry.Key, (string)entry.Value!));

    /// <summary>The word for a code of the contract: <c>Word("worker-status", "on-post")</c>. A code that the pages do not know yet is shown as it is.</summary>
    public string Word(string vocabulary, string? code) => code is null or "" ? "" : Find($"{vocabulary}.{code}") ?? code;

    public string Trade(string? code) => Trades.Find(code) is { } trade ? Pick(trade.Chinese, trade.English) : code ?? "";

    public string Channel(string? code) => Channels.Find(code) is { } channel ? Pick(channel.Chinese, channel.English) : code ?? "";

    public string SpokenLanguage(string? code) => Kebab.TryParse<SpokenLanguage>(code, out var language) ? Pick(Words.Chinese(language), Words.English(language)) : code ?? "";

    public string HouseholdStatus(string? code) => HouseholdStatuses.Find(code) is { } status ? Pick(status.Chinese, status.English) : code ?? "";

    /// <summary>The full name of a division; names of places stay Chinese.</summary>
    public string Place(string? code) => DivisionCode.TryParse(code, out var division) ? Divisions.FullName(division) ?? code! : code ?? "";

    /// <summary>The short name of a division.</summary>
    public string ShortPlace(string? code) => DivisionCode.TryParse(code, out var division) ? Divisions.Name(division) ?? code! : code ?? "";

    /// <summary>The parts that there are, with dots between them.</summary>
    public static string Joined(params IEnumerable<string?> parts) => string.Join(" · ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));

    public string YesNo(bool? value) => value is { } known ? this[known ? "yes" : "no"] : "";

    public string Yuan(decimal? amount) => amount is { } known ? $"¥{known.ToString("#,0.##", CultureInfo.InvariantCulture)}" : "";

    /// <summary>An amount in 万元, half up to one decimal.</summary>
    public string TenThousand(decimal amount) => Math.Round(amount / 10_000, 1, MidpointRounding.AwayFromZero).ToString("#,0.0", CultureInfo.InvariantCulture);

    public string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A fraction of 1 as a percentage, half up to one decimal.</summary>
    public string Percent(decimal? rate) => rate is { } known ? $"{Math.Round(known * 100, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture)}%" : "–";

    public string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>An instant in China's time.</summary>
    public string Moment(DateTimeOffset? instant) => instant?.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    public string Pick(string chinese, string english) => Language == Language.En ? english : chinese;

    private string? Find(string name) => Resources.GetString(name, CultureInfo.InvariantCulture);
}
