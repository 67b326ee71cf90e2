namespace LaborBridge.Matching.Engine;

/// <summary>Pairings of home and workplace divisions (结对), of any level: a pair holds for everything below both codes.</summary>
internal sealed class PairedPlaces
{
    readonly Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> places;

    public PairedPlaces(IEnumerable<(string Home, string Place)> pairs) =>
        places = pairs
            .GroupBy(pair => pair.Home, pair => pair.Place, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    public static PairedPlaces None { get; } = new([]);

    static bool AnyCovers(string[] divisions, string site)
    {
        foreach (var division in divisions)
            if (DivisionPrefix.Covers(division, site))
                return true;
        return false;
    }

    public bool Hold(string home, string site)
    {
        foreach (var length in DivisionPrefix.Lengths)
            if (length <= home.Length && places.TryGetValue(home.AsSpan(0, length), out var paired) && AnyCovers(paired, site))
                return true;
        return false;
    }
}
