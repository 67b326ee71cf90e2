namespace LaborBridge.Domain;

/// <summary>A pairing of a division of Ningxia with one of Fujian (结对). Several may hold for one division at a time.</summary>
/// <param name="Ningxia">The division of Ningxia: a county, or 闽宁镇.</param>
/// <param name="NingxiaName">Its name.</param>
/// <param name="Fujian">The division of Fujian: a county or a city.</param>
/// <param name="FujianName">Its name.</param>
/// <param name="Role"><c>lead</c> or <c>joint</c>.</param>
/// <param name="Validity">The days it holds, as far as sources state them.</param>
/// <param name="Certainty">How sure the source is; <see cref="PairingCertainty.LinkOnly"/> is no pairing yet.</param>
/// <param name="Source">Where it is printed.</param>
public sealed record Pairing(
    DivisionCode Ningxia, string NingxiaName, DivisionCode Fujian, string FujianName, string Role, Period Validity, PairingCertainty Certainty, string Source)
{
    /// <summary>A stable key: <c>640424-350205</c>.</summary>
    public string Key => $"{Ningxia}-{Fujian}";

    /// <summary>For people: 泾源县—海沧区.</summary>
    public string Label => $"{NingxiaName}—{FujianName}";
}

/// <summary>How sure the source of a pairing is.</summary>
public enum PairingCertainty
{
    /// <summary>The pairing and its start are stated.</summary>
    Stated,

    /// <summary>The pairing is stated, its start is not.</summary>
    Undated,

    /// <summary>A link between the two places that no source calls a pairing.</summary>
    LinkOnly,
}

/// <summary>The pairings known from the press (embedded <c>pairings.csv</c>).</summary>
public static class Pairings
{
    /// <summary>Every row of the table, past ones and mere links too.</summary>
    public static IReadOnlyList<Pairing> All { get; } =
        [.. EmbeddedCsv.Read("pairings").Select(row => new Pairing(
            DivisionCode.Parse(row["ningxia_code"]), row["ningxia_name"], DivisionCode.Parse(row["fujian_code"]), row["fujian_name"],
            row["role"], row.Validity(), Kebab.Parse<PairingCertainty>(row["certainty"]), row["source"]))];

    /// <summary>The pairings in force on a day; mere links are left out.</summary>
    public static IReadOnlyList<Pairing> On(DateOnly day) => [.. All.Where(p => p.Certainty != PairingCertainty.LinkOnly && p.Validity.Contains(day))];

    /// <summary>
    /// The pairing to which a placement belongs: home lies in its Ningxia unit and the workplace in its Fujian unit on the day, the first on post.
    /// The finest one if several hold (闽宁镇 before 永宁县); null if none does. Abolished codes count as their successors.
    /// </summary>
    public static Pairing? For(DivisionCode home, DivisionCode workplace, DateOnly day)
    {
        var (from, to) = (Divisions.Current(home), Divisions.Current(workplace));
        return On(day).Where(p => p.Ningxia.Covers(from) && p.Fujian.Covers(to))
            .OrderByDescending(p => p.Ningxia.Level).ThenByDescending(p => p.Fujian.Level)
            .FirstOrDefault();
    }
}
