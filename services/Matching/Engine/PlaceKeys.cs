namespace LaborBridge.Matching.Engine;

/// <summary>The places under which the indexes keep their entries: everywhere, province, city.</summary>
internal static class PlaceKeys
{
    public const string Everywhere = "";

    /// <summary>The three keys above a site.</summary>
    public static string[] OfSite(string site) =>
        [Everywhere, DivisionPrefix.Head(site, DivisionPrefix.Province), DivisionPrefix.Head(site, DivisionPrefix.City)];

    /// <summary>The fewest keys that cover all wishes: none of them lies within another, so at most one is above any site.</summary>
    public static IReadOnlyList<string> OfWishes(IReadOnlyList<string> wishes)
    {
        if (wishes.Count == 0)
            return [Everywhere];
        var heads = wishes.Select(wish => DivisionPrefix.Head(wish, DivisionPrefix.City)).Distinct().ToArray();
        return heads.Length == 1 ? heads : [.. heads.Where(head => !Array.Exists(heads, other => other != head && DivisionPrefix.Covers(other, head)))];
    }
}
