using LaborBridge.Domain;
using LaborBridge.Portal.Tags;

namespace LaborBridge.Portal;

/// <summary>The lists that forms choose from, in the visitor's language.</summary>
internal static class Choices
{
    public static readonly string[] Educations = ["none", "primary", "junior-middle", "senior-middle", "secondary-vocational", "college", "bachelor"];
    public static readonly string[] Capacities = ["ordinary", "skilled", "weak", "lost", "none"];
    public static readonly string[] Grades = ["none", "junior", "intermediate", "senior", "technician", "senior-technician"];
    public static readonly string[] SiteKinds = ["factory", "labour-base", "stable-employment-base", "aid-workshop", "disability-workshop", "e-commerce-room", "other"];
    public static readonly string[] FirmStates = ["registered", "returned", "approved", "suspended"];
    public static readonly string[] WorkerStatuses = ["registered", "willing", "not-now", "hired", "travelling", "on-post", "out"];

    /// <summary>The codes with the words of a vocabulary of the resource files.</summary>
    public static IEnumerable<Choice> Of(Texts texts, string vocabulary, params IEnumerable<string> codes) => codes.Select(code => new Choice(code, texts.Word(vocabulary, code)));

    public static IEnumerable<Choice> Trades(Texts texts) =>
        from trade in Domain.Trades.All
        let of = Domain.Trades.Groups.First(one => one.Code == trade.Group)
        select new Choice(trade.Code, texts.Pick(trade.Chinese, trade.English), texts.Pick(of.Chinese, of.English));

    public static IEnumerable<Choice> Languages(Texts texts) => Enum.GetValues<SpokenLanguage>().Select(language => new Choice(Kebab.Of(language), texts.SpokenLanguage(Kebab.Of(language))));

    public static IEnumerable<Choice> Channels(Texts texts, DateOnly day) => Domain.Channels.On(day).Select(channel => new Choice(channel.Code, texts.Pick(channel.Chinese, channel.English)));

    public static IEnumerable<Choice> HouseholdStatuses(Texts texts, DateOnly day) =>
        Domain.HouseholdStatuses.On(day).Select(status => new Choice(status.Code, texts.Pick(status.Chinese, status.English)));

    /// <summary>The counties of a province by prefecture.</summary>
    public static IEnumerable<Choice> Counties(string province) =>
        from prefecture in Divisions.Below(DivisionCode.Parse(province))
        from county in Divisions.Below(prefecture.Code)
        select new Choice(county.Code.ToString(), county.Name, prefecture.Name);

    /// <summary>The towns of a county.</summary>
    public static IEnumerable<Choice> Towns(string? county) => DivisionCode.TryParse(county, out var code) && code.Level == DivisionLevel.County
        ? Divisions.Below(code).Select(town => new Choice(town.Code.ToString(), town.Name))
        : [];

    /// <summary>Where somebody may want to work: the prefectures of Fujian, then of Ningxia.</summary>
    public static IEnumerable<Choice> Places() =>
        from province in new[] { "35", "64" }
        from prefecture in Divisions.Below(DivisionCode.Parse(province))
        select new Choice(prefecture.Code.ToString(), prefecture.Name, Divisions.Name(DivisionCode.Parse(province)));

    /// <summary>Both provinces.</summary>
    public static IEnumerable<Choice> Provinces() => new[] { "64", "35" }.Select(code => new Choice(code, Divisions.Name(DivisionCode.Parse(code)) ?? code));

    /// <summary>Prefectures and counties within somebody's divisions.</summary>
    public static IEnumerable<Choice> PlacesWithin(IReadOnlyList<string> divisions) =>
        BoardPlaces().Where(place => divisions.Any(own => own.Length > 0 && place.Value.StartsWith(own, StringComparison.Ordinal)));

    /// <summary>The places of the board: prefectures and counties of Fujian and Ningxia.</summary>
    public static IEnumerable<Choice> BoardPlaces() =>
        from province in new[] { "35", "64" }
        from prefecture in Divisions.Below(DivisionCode.Parse(province))
        from choice in new[] { new Choice(prefecture.Code.ToString(), prefecture.Name, prefecture.Name) }
            .Concat(Divisions.Below(prefecture.Code).Select(county => new Choice(county.Code.ToString(), $"{prefecture.Name} {county.Name}", prefecture.Name)))
        select choice;
}
