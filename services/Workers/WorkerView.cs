using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>A worker as stations, collectors and officials are answered: ID and phones masked, the name to those entitled.</summary>
internal sealed record WorkerView(
    Guid Id, long Version, string Name, string ResidentId, IReadOnlyList<string> Phones, string Sex, int BirthYear, int? Age, bool? OverRetirementAge, DateOnly? Turns18On,
    string Status, string? OutReason, string Hukou, string Home, AddressBody Address, HouseholdView? Household, string? PersonNumber, string? RelationToHead,
    string? Education, string? LabourCapacity, IReadOnlyList<Skill> Skills, IReadOnlyList<string> Certificates, IReadOnlyList<string> Groups, WishesBody? Wishes,
    IReadOnlyList<ConsentView>? Consents, Guid? Station, string? Workplace, bool Erased, DateTimeOffset EnteredAt)
{
    private const string Gone = "已删除";

    /// <summary>The record that this one was merged into.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>Nothing of it: it may reach a log.</summary>
    public override string ToString() => nameof(WorkerView);

    public static WorkerView Of(Caller caller, WorkerRow row, Person? person, IReadOnlyList<DatedStatus> statuses, IEnumerable<ConsentRow>? consents, DateOnly today)
    {
        var named = Sight.SeesNames(caller);
        var id = person?.ResidentId;
        return new WorkerView(
            row.Id, row.Version, person is null ? Gone : named ? person.Name : person.MaskedName, id?.ToString() ?? "",
            [.. (person?.Phones ?? []).Select(phone => phone.ToString())], row.Sex, row.BirthYear, id?.AgeOn(today),
            id is { } known ? LegalAge.OverRetirementAge(known.Sex, known.BirthDate, today) : null,
            id?.Turns18On is { } day && day > today ? day : null,
            row.Status, row.OutReason, row.Hukou, row.HomeDivision, new AddressBody(row.AddressDivision, named ? person?.AddressText : null),
            row.HouseholdNumber is { } number ? new HouseholdView(number, statuses) : null, row.PersonNumber, row.RelationToHead, row.Education, row.LabourCapacity,
            Stored.Skills(row), Stored.Certificates(row), Stored.Groups(row), Stored.Wishes(row) is { } wishes ? WishesBody.Of(wishes) : null,
            consents is null ? null : [.. consents.Select(ConsentView.Of)], row.StationId, row.WorkplaceDivision, row.Erased, row.EnteredAt);
    }
}

/// <summary>A household's number and dated statuses.</summary>
internal sealed record HouseholdView(string Number, IReadOnlyList<DatedStatus> Statuses);

/// <summary>What a firm is answered of somebody who consented to disclosure to it: name and phones, nothing that a condition on sex, age or origin could be made of.</summary>
internal sealed record DisclosedWorker(Guid Id, string Name, IReadOnlyList<string> Phones)
{
    /// <summary>Nothing of it: it may reach a log.</summary>
    public override string ToString() => nameof(DisclosedWorker);

    public static DisclosedWorker? Of(WorkerRow row, Person? person) => person is null ? null : new(row.Id, person.Name, [.. person.Phones.Select(phone => phone.Reveal())]);
}
