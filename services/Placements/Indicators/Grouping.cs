using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Indicators;

/// <summary>What rows stand for.</summary>
internal enum By
{
    None,
    County,
    Town,
    Pairing,
    City,
    Firm,
    Trade,
    Month,
    Sex,
    AgeBand,
    HouseholdStatus,
}

/// <summary>Whose side a figure is seen from.</summary>
internal enum Side
{
    Sending,
    Receiving,
}

/// <summary>Key and label of the row in which a spell, or a training, counts. County and town are the home's, or the workplace's on the receiving side; city and firm always the workplace's.</summary>
internal static class Grouping
{
    public const string Unknown = "unknown";

    public static string KeyOf(Spell spell, By by, Side? side) => by switch
    {
        By.None or By.Month => "all",
        By.County => Division(side == Side.Receiving ? spell.Opening.Workplace : spell.Home, DivisionLevel.County),
        By.Town => Division(side == Side.Receiving ? spell.Opening.Workplace : spell.Home, DivisionLevel.Town),
        By.City => Division(spell.Opening.Workplace, DivisionLevel.Prefecture),
        By.Pairing => spell.Pairing?.Key ?? "none",
        By.Firm => spell.Opening.Employer?.ToString("D") ?? spell.Opening.EmployerName ?? Unknown,
        By.Trade => spell.Opening.Trade is { Length: > 0 } trade ? trade : Unknown,
        By.Sex => spell.Sex ?? Unknown,
        By.AgeBand => AgeBand(spell.Age),
        By.HouseholdStatus => spell.Status?.Code ?? "none",
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "Not a grouping."),
    };

    /// <summary>The row of a training; null where it has no place in such rows.</summary>
    public static string? KeyOfTraining(Person? person, string? home, string trade, DateOnly on, By by, Side? side) => by switch
    {
        _ when side == Side.Receiving => null,
        By.None or By.Month => "all",
        By.County => Division(home, DivisionLevel.County),
        By.Town => Division(home, DivisionLevel.Town),
        By.Pairing or By.City or By.Firm => null,
        By.Trade => trade is { Length: > 0 } ? trade : Unknown,
        By.Sex => person?.Sex ?? Unknown,
        By.AgeBand => AgeBand(person?.BirthYear is { } birth ? on.Year - birth : null),
        By.HouseholdStatus => person?.Statuses.FirstOrDefault(status => (status.From is null || status.From <= on) && (status.To is null || on < status.To))?.Code ?? "none",
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "Not a grouping."),
    };

    public static string LabelOf(string key, By by, Snapshot known, Language language) => (key, by) switch
    {
        ("all", _) => new Text("合计", "Total").In(language),
        (Unknown, _) => new Text("不详", "Unknown").In(language),
        ("none", By.Pairing) => new Text("未结对", "Not paired").In(language),
        ("none", By.HouseholdStatus) => new Text("无记录", "Not recorded").In(language),
        (_, By.County or By.Town or By.City) => DivisionCode.TryParse(key, out var code) ? Divisions.Name(code) ?? key : key,
        (_, By.Pairing) => Pairings.All.FirstOrDefault(pairing => pairing.Key == key)?.Label ?? key,
        (_, By.Firm) => Guid.TryParse(key, out var id) ? known.Facts.FirmOf(id, known.Position)?.Name ?? key : key,
        (_, By.Trade) => Trades.Find(key) is { } trade ? new Text(trade.Chinese, trade.English).In(language) : key,
        (_, By.Sex) => Kebab.TryParse<Sex>(key, out var sex) ? new Text(Words.Chinese(sex), Words.English(sex)).In(language) : key,
        (_, By.HouseholdStatus) => HouseholdStatuses.Find(key) is { } status ? new Text(status.Chinese, status.English).In(language) : key,
        _ => key,
    };

    /// <summary>The channel of local employment: 公益性岗位 before 帮扶车间 before 闽资企业.</summary>
    public static string LocalChannel(Spell spell, Snapshot known)
    {
        if (!spell.Local)
            return "other";
        if (spell.Opening.Channel == "public-welfare")
            return "public-welfare";
        var firm = spell.Opening.Employer is { } employer ? known.Facts.FirmOf(employer, known.Position) : null;
        if (spell.Opening.Channel == "aid-workshop" || firm?.SiteKind == "aid-workshop")
            return "aid-workshop";
        return firm?.FujianInvested == true ? "fujian-invested" : "other";
    }

    /// <summary>16–19, then ten years each, 60 and over.</summary>
    public static string AgeBand(int? age) => age switch
    {
        null => Unknown,
        < 20 => "16-19",
        >= 60 => "60+",
        { } years => $"{years / 10 * 10}-{(years / 10 * 10) + 9}",
    };

    /// <summary>The division of a level; a coarser code stays as it is.</summary>
    static string Division(string? code, DivisionLevel level) =>
        !DivisionCode.TryParse(code, out var division) ? Unknown : (Divisions.Current(division).At(level) ?? Divisions.Current(division)).ToString();
}
