namespace LaborBridge.Workers.Duplicates;

/// <summary>What a merger added to the kept record; phones by their place among the absorbed record's. Nothing personal, so that it can lie beside the pair.</summary>
internal sealed record Filled(
    IReadOnlyList<string> Fields, IReadOnlyList<int> Phones, IReadOnlyList<string> Trades, IReadOnlyList<string> Certificates, IReadOnlyList<string> Groups,
    IReadOnlyList<FilledConsent> Consents);

/// <summary>A consent that was in force on the absorbed record and was carried over.</summary>
internal sealed record FilledConsent(string Purpose, Guid? Receiver);

/// <summary>
/// Joins what two records of one person say: the kept one has the last word, the other fills its blanks and adds to its lists; and takes that apart
/// again, leaving what somebody changed meanwhile.
/// </summary>
internal static class Joining
{
    private const string Household = "household", Education = "education", Capacity = "labour-capacity", Health = "health", EthnicGroup = "ethnic-group", Wishes = "wishes";

    private const int MostPhones = 5;

    public static (WorkerFacts Facts, Filled Filled) Fill(WorkerFacts kept, WorkerFacts absorbed, IEnumerable<FilledConsent> consents)
    {
        string[] blank =
        [
            .. Blank(Household, kept.HouseholdNumber, absorbed.HouseholdNumber), .. Blank(Education, kept.Education, absorbed.Education),
            .. Blank(Capacity, kept.LabourCapacity, absorbed.LabourCapacity), .. Blank(Health, kept.Person.Health, absorbed.Person.Health),
            .. Blank(EthnicGroup, kept.Person.EthnicGroup, absorbed.Person.EthnicGroup), .. Blank(Wishes, kept.Wishes, absorbed.Wishes),
        ];
        var room = MostPhones - kept.Person.Phones.Count;
        var filled = new Filled(
            blank,
            [.. Enumerable.Range(0, absorbed.Person.Phones.Count).Where(i => !kept.Person.Phones.Contains(absorbed.Person.Phones[i])).Take(Math.Max(0, room))],
            [.. absorbed.Skills.Select(skill => skill.Trade).Where(trade => kept.Skills.All(skill => skill.Trade != trade)).Distinct(StringComparer.Ordinal)],
            [.. absorbed.Certificates.Except(kept.Certificates, StringComparer.Ordinal)],
            [.. absorbed.Groups.Except(kept.Groups, StringComparer.Ordinal)],
            [.. consents]);
        return (With(kept, absorbed, filled), filled);
    }

    /// <summary>The kept record's facts without what the merger added to them.</summary>
    public static WorkerFacts Unfill(WorkerFacts now, WorkerFacts absorbed, Filled filled)
    {
        var phones = filled.Phones.Select(i => absorbed.Person.Phones[i]).ToHashSet();
        return now with
        {
            Person = now.Person with
            {
                Phones = [.. now.Person.Phones.Where(phone => !phones.Contains(phone))],
                Health = Without(Health, now.Person.Health, absorbed.Person.Health),
                EthnicGroup = Without(EthnicGroup, now.Person.EthnicGroup, absorbed.Person.EthnicGroup),
            },
            HouseholdNumber = Without(Household, now.HouseholdNumber, absorbed.HouseholdNumber),
            PersonNumber = Without(Household, now.PersonNumber, absorbed.PersonNumber),
            RelationToHead = Without(Household, now.RelationToHead, absorbed.RelationToHead),
            Education = Without(Education, now.Education, absorbed.Education),
            LabourCapacity = Without(Capacity, now.LabourCapacity, absorbed.LabourCapacity),
            Skills = [.. now.Skills.Where(skill => !filled.Trades.Contains(skill.Trade) || !absorbed.Skills.Contains(skill))],
            Certificates = [.. now.Certificates.Except(filled.Certificates, StringComparer.Ordinal)],
            Groups = [.. now.Groups.Except(filled.Groups, StringComparer.Ordinal)],
            Wishes = filled.Fields.Contains(Wishes) && Stored.Write(now.Wishes) == Stored.Write(absorbed.Wishes) ? null : now.Wishes,
        };

        string? Without(string field, string? value, string? added) => filled.Fields.Contains(field) && value == added ? null : value;
    }

    private static WorkerFacts With(WorkerFacts kept, WorkerFacts absorbed, Filled filled)
    {
        return kept with
        {
            Person = kept.Person with
            {
                Phones = [.. kept.Person.Phones, .. filled.Phones.Select(i => absorbed.Person.Phones[i])],
                Health = Of(Health, kept.Person.Health, absorbed.Person.Health),
                EthnicGroup = Of(EthnicGroup, kept.Person.EthnicGroup, absorbed.Person.EthnicGroup),
            },
            HouseholdNumber = Of(Household, kept.HouseholdNumber, absorbed.HouseholdNumber),
            PersonNumber = Of(Household, kept.PersonNumber, absorbed.PersonNumber),
            RelationToHead = Of(Household, kept.RelationToHead, absorbed.RelationToHead),
            Education = Of(Education, kept.Education, absorbed.Education),
            LabourCapacity = Of(Capacity, kept.LabourCapacity, absorbed.LabourCapacity),
            Skills = [.. kept.Skills, .. absorbed.Skills.Where(skill => filled.Trades.Contains(skill.Trade))],
            Certificates = [.. kept.Certificates, .. filled.Certificates],
            Groups = [.. kept.Groups, .. filled.Groups],
            Wishes = filled.Fields.Contains(Wishes) ? absorbed.Wishes : kept.Wishes,
        };

        string? Of(string field, string? own, string? other) => filled.Fields.Contains(field) ? other : own;
    }

    private static string[] Blank(string field, object? own, object? other) => own is null && other is not null ? [field] : [];
}
