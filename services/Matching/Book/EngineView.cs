using System.Text.Json;
using LaborBridge.Domain;
using LaborBridge.Matching.Engine;

namespace LaborBridge.Matching.Books;

/// <summary>
/// From what another service told to what the engine takes. What the engine would refuse is left out with the reason, so that one bad entry keeps
/// nothing from the others.
/// </summary>
internal static class EngineView
{
    private static readonly string[] Grades = ["none", "junior", "intermediate", "senior", "technician", "senior-technician"];

    /// <param name="map">Makes the entry; null when nothing was told.</param>
    /// <param name="check">The engine's own check.</param>
    /// <param name="broken">Why there is no entry although something was told.</param>
    public static T? Of<T>(Func<T?> map, Action<T> check, out string? broken) where T : class
    {
        broken = null;
        try
        {
            var entry = map();
            if (entry is not null)
            {
                check(entry);
            }

            return entry;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or JsonException)
        {
            broken = wrong.Message;
            return null;
        }
    }

    public static void Check(WorkerEntry worker) => Input.Check(worker);

    public static void Check(PostingEntry posting) => Input.Check(posting);

    /// <summary>The values without repetitions, in order.</summary>
    public static string[] Once(IReadOnlyList<string>? values) => values is null ? [] : [.. values.Distinct(StringComparer.Ordinal)];

    public static string Division(string code) => DivisionCode.Parse(code).ToString();

    public static int Grade(string grade) => Array.IndexOf(Grades, grade) is >= 0 and var found ? found : throw new FormatException($"'{grade}' is no grade.");
}
