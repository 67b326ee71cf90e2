namespace LaborBridge.Workers.Duplicates;

/// <summary>When two records with different IDs are probably one person: the same name, and two of birth date, town and a phone. A person decides.</summary>
internal static class Likeness
{
    public const string BirthDate = "birth-date", Town = "town", Phone = "phone";

    private const int TownDigits = 9;

    /// <summary>What agrees beside the name; null when it is too little.</summary>
    public static IReadOnlyList<string>? Of(WorkerRow a, Person one, WorkerRow b, Person other)
    {
        if (a.NameHash != b.NameHash)
        {
            return null;
        }

        List<string> agree = [];
        if (one.ResidentId.BirthDate == other.ResidentId.BirthDate)
        {
            agree.Add(BirthDate);
        }

        if (TownOf(a) is { } town && town == TownOf(b))
        {
            agree.Add(Town);
        }

        if (one.Phones.Intersect(other.Phones).Any())
        {
            agree.Add(Phone);
        }

        return agree.Count >= 2 ? agree : null;
    }

    private static string? TownOf(WorkerRow row) => row.HomeDivision.Length >= TownDigits ? row.HomeDivision[..TownDigits] : null;
}
