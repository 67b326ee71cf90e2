namespace LaborBridge.Employers;

/// <summary>Patterns for LIKE … ESCAPE '!'.</summary>
internal static class Like
{
    /// <summary>Matches texts that contain what was typed; null for nothing typed.</summary>
    public static string? Contains(string? typed) => string.IsNullOrWhiteSpace(typed)
        ? null
        : $"%{typed.Trim().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal).Replace("[", "![", StringComparison.Ordinal)}%";
}
