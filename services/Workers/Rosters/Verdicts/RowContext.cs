using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters.Verdicts;

/// <summary>What all rows of a roster share: the day, and who imports it.</summary>
internal sealed class RowContext(DateOnly today, Caller caller)
{
    private readonly Dictionary<(string?, string?, string?, string?), DivisionCode?> places = [];
    private readonly Dictionary<string, DivisionCode?> texts = new(StringComparer.Ordinal);

    /// <summary>Today in China.</summary>
    public DateOnly Today { get; } = today;

    /// <summary>Who imports.</summary>
    public Caller Caller { get; } = caller;

    /// <summary>
    /// The home named by a row's columns. A sheet of one county's office may leave the county out: then it is the importer's own.
    /// </summary>
    public DivisionCode? Home(string? province, string? prefecture, string? county, string? town)
    {
        var key = (province, prefecture, county, town);
        if (!places.TryGetValue(key, out var found))
        {
            var own = county is null && Caller.Divisions is [{ Length: >= 6 } only] ? only[..6] : null;
            places[key] = found = Divisions.FindByName(province, prefecture, county ?? own, town);
        }

        return found;
    }

    /// <summary>The division that a workplace's text begins with.</summary>
    public DivisionCode? Place(string text)
    {
        if (!texts.TryGetValue(text, out var found))
        {
            found = Divisions.FindInText(text);
            // Free text may differ in every row: the memory of it is bounded.
            if (texts.Count < 10_000)
            {
                texts[text] = found;
            }
        }

        return found;
    }
}
