using LaborBridge.Domain;

namespace LaborBridge.Placements;

/// <summary>Farm work is no transfer (转移就业 is non-farm): known by the trade, or by the roster's 产业分类.</summary>
internal static class FarmWork
{
    static readonly string[] Words = ["第一产业", "农林牧渔", "种植", "养殖"];

    public static bool Is(string? trade, string? industry) =>
        Trades.Find(trade)?.Group == "agriculture" || (industry is not null && (industry.Trim() == "农业" || Words.Any(word => industry.Contains(word, StringComparison.Ordinal))));
}
