using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Reading;

namespace LaborBridge.Workers.Rosters.Verdicts;

/// <summary>Decides on a row of the household export. A blank cell never erases; what others registered is never touched.</summary>
internal static class HouseholdDecision
{
    /// <param name="entry">The row.</param>
    /// <param name="findings">What was found when it was read.</param>
    /// <param name="known">The person as registered, whoever did; null when nobody did.</param>
    /// <param name="statuses">The household's statuses as known.</param>
    /// <param name="caller">Who imports.</param>
    /// <param name="roster">The roster.</param>
    /// <param name="worker">The id of the worker, registered or about to be.</param>
    public static Decision Of(HouseholdEntry entry, IReadOnlyList<Finding> findings, Known? known, IReadOnlyList<DatedStatus> statuses, Caller caller, Guid roster, Guid worker)
    {
        if (known is not null && !Sight.Changes(caller, known.Row))
        {
            return Decision.Refuse([.. findings, new Finding(FindingCode.DuplicateElsewhere, Column.ResidentId)]);
        }

        if (known is { Row.OutReason: not null })
        {
            return Decision.Refuse([.. findings, new Finding(FindingCode.OutOfProgramme, Column.ResidentId)]);
        }

        var all = findings.ToList();
        if (known is not null && Cells.Word(known.Facts.Person.Name) != entry.Name)
        {
            all.Add(new Finding(FindingCode.NameDiffers, Column.Name));
        }

        IReadOnlyList<SpellChange> spells = [];
        if (entry.Work is { } work)
        {
            var changes = Spells.Changes(worker, work, known?.Spells ?? [], roster);
            if (changes is null)
            {
                all.Add(new Finding(FindingCode.SpellOverlap, Column.Workplace));
            }

            spells = changes ?? [];
        }

        var facts = Merge(entry, known?.Facts);
        if (known is null)
        {
            return new Decision(Verdict.New, all, facts, spells);
        }

        var isSame = Facts.Same(known.Facts, facts)
            && (facts.SeenStatus is not { } seen || (facts.HouseholdNumber == known.Facts.HouseholdNumber && Household.Observed(statuses, seen.Code, seen.On).SequenceEqual(statuses)));
        return new Decision(isSame && spells.Count == 0 ? Verdict.Unchanged : Verdict.Updated, all, isSame ? null : facts, spells);
    }

    private static WorkerFacts Merge(HouseholdEntry entry, WorkerFacts? before)
    {
        var person = new Person(
            before?.Person.Name ?? entry.Name,
            before?.Person.ResidentId ?? entry.Id,
            Facts.With(before?.Person.Phones, entry.Phones),
            entry.AddressText ?? before?.Person.AddressText,
            entry.Health ?? before?.Person.Health,
            before?.Person.EthnicGroup);
        var number = entry.HouseholdNumber ?? before?.HouseholdNumber;
        var facts = before ?? new WorkerFacts(person, entry.Home, AddressDivision: null, null, null, null, null, null, [], [], [], Wishes: null, [], HouseholdStatuses: null);
        return facts with
        {
            Person = person,
            // A sheet that names the county only does not take away the town that is known.
            Hukou = before is not null && entry.Home.Covers(before.Hukou) ? before.Hukou : entry.Home,
            HouseholdNumber = number,
            PersonNumber = entry.PersonNumber ?? before?.PersonNumber,
            RelationToHead = entry.Relation ?? before?.RelationToHead,
            Education = entry.Education ?? before?.Education,
            LabourCapacity = entry.LabourCapacity ?? before?.LabourCapacity,
            SeenStatus = entry.Status is { } status && number is not null ? new SeenStatus(status, entry.StatusOn) : null,
        };
    }
}

/// <summary>Comparing and joining facts.</summary>
internal static class Facts
{
    private const int MostPhones = 5;

    /// <summary>Whether nothing of what a sheet can change differs.</summary>
    public static bool Same(WorkerFacts a, WorkerFacts b) =>
        (a.Person.Name, a.Person.AddressText, a.Person.Health, a.Hukou, a.AddressDivision, a.HouseholdNumber, a.PersonNumber)
            == (b.Person.Name, b.Person.AddressText, b.Person.Health, b.Hukou, b.AddressDivision, b.HouseholdNumber, b.PersonNumber)
        && (a.RelationToHead, a.Education, a.LabourCapacity) == (b.RelationToHead, b.Education, b.LabourCapacity)
        && a.Person.Phones.SequenceEqual(b.Person.Phones)
        && a.Certificates.SequenceEqual(b.Certificates, StringComparer.Ordinal)
        && (ReferenceEquals(a.Wishes, b.Wishes) || Stored.Write(a.Wishes) == Stored.Write(b.Wishes));

    /// <summary>The phones known, followed by those that are new.</summary>
    public static IReadOnlyList<Phone> With(IReadOnlyList<Phone>? known, IReadOnlyList<Phone> seen) =>
        known is null ? [.. seen.Take(MostPhones)] : seen.All(known.Contains) ? known : [.. known.Concat(seen).Distinct().Take(MostPhones)];
}
