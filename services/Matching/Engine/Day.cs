namespace LaborBridge.Matching.Engine;

/// <summary>Days as 16-bit numbers from 1 January 2000; what lies further away than 2087 or before 1912 counts as that.</summary>
internal static class Day
{
    /// <summary>Earlier than every day: a posting valid until then is never valid.</summary>
    public const short Never = short.MinValue;

    /// <summary>Later than every day.</summary>
    public const short Always = short.MaxValue;

    const short Furthest = 32_000;

    static readonly int Zero = new DateOnly(2000, 1, 1).DayNumber;

    public static short Of(DateOnly day) => (short)Math.Clamp(day.DayNumber - Zero, -Furthest, Furthest);
}
