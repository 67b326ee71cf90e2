namespace LaborBridge.Matching.Engine;

/// <summary>Division codes as the engine uses them: a code covers every code that it begins.</summary>
internal static class DivisionPrefix
{
    public const int Province = 2;
    public const int City = 4;
    public const int County = 6;

    /// <summary>Province, city, county, town, village.</summary>
    public static ReadOnlySpan<int> Lengths => [Province, City, County, 9, 12];

    public static bool Covers(string division, string place) => place.StartsWith(division, StringComparison.Ordinal);

    /// <summary>Whether both lie in the same division of the level given by its code length.</summary>
    public static bool Share(string a, string b, int length) =>
        a.Length >= length && b.Length >= length && a.AsSpan(0, length).SequenceEqual(b.AsSpan(0, length));

    /// <summary>The first digits of a code, or all of a shorter one.</summary>
    public static string Head(string code, int length) => code.Length <= length ? code : code[..length];
}
