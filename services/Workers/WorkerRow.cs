namespace LaborBridge.Workers;

/// <summary>A worker as stored. Personal data are ciphertext; codes are the HTTP contract's words; lists are JSON.</summary>
internal sealed record WorkerRow
{
    public required Guid Id { get; init; }
    public required long Version { get; init; }
    public required string IdHash { get; init; }
    public required string NameHash { get; init; }
    public required string TailHash { get; init; }

    /// <summary>Keyed hash of the name's first two characters; empty after erasure, and until <see cref="IndexWorkers"/> has been there.</summary>
    public string StartHash { get; init; } = "";
    public byte[]? Name { get; init; }
    public byte[]? ResidentId { get; init; }
    public byte[]? Phones { get; init; }
    public byte[]? AddressText { get; init; }
    public byte[]? Health { get; init; }
    public byte[]? EthnicGroup { get; init; }
    public required string Sex { get; init; }
    public required int BirthYear { get; init; }
    public required string Hukou { get; init; }
    public string? AddressDivision { get; init; }
    public required string HomeDivision { get; init; }
    public Guid? StationId { get; init; }
    public string? HouseholdNumber { get; init; }
    public string? PersonNumber { get; init; }
    public string? RelationToHead { get; init; }
    public string? Education { get; init; }
    public string? LabourCapacity { get; init; }
    public required string Skills { get; init; }
    public required string Certificates { get; init; }
    public required string SelfGroups { get; init; }
    public string? Wishes { get; init; }

    /// <summary>The day from which somebody with wishes is free; the first of all days when he named none.</summary>
    public DateOnly? AvailableFrom { get; init; }
    public required bool Consented { get; init; }

    /// <summary>Whether Matching was told last that the worker is willing.</summary>
    public required bool Proposed { get; init; }
    public string? OutReason { get; init; }

    /// <summary>The status when no spell of work is running.</summary>
    public required string RestingStatus { get; init; }
    public required string Status { get; init; }
    public string? WorkplaceDivision { get; init; }
    public required string EnteredBy { get; init; }
    public required DateTimeOffset EnteredAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    public bool Erased => Name is null;

    /// <summary>The county of the home, by which lists are driven.</summary>
    public string County => CountyOf(HomeDivision)!;

    /// <summary>The county of the workplace, or what is known of it.</summary>
    public string? WorkplaceCounty => CountyOf(WorkplaceDivision);

    /// <summary>A division's county, or the division itself where it is coarser.</summary>
    public static string? CountyOf(string? division) => division is { Length: > 6 } ? division[..6] : division;
}

/// <summary>
/// What a worker is found by: the keyed hashes of a phone, its last four digits and then the whole (<c>phone</c>); <c>with</c>, the id that those share or name who travel together.
/// </summary>
internal sealed record TermRow(Guid WorkerId, string Kind, string Term);

/// <summary>A trade that a worker has or wishes, under the county of the home.</summary>
internal sealed record TradeRow(string County, string Trade, Guid WorkerId);

internal sealed record ConsentRow
{
    public required Guid Id { get; init; }
    public required Guid WorkerId { get; init; }
    public required string Purpose { get; init; }
    public Guid? Receiver { get; init; }
    public required string Form { get; init; }
    public required DateOnly GivenOn { get; init; }
    public required string RecordedBy { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required long Version { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }
}

/// <summary>A line of a worker's timeline; <see cref="Detail"/> holds codes, never personal data.</summary>
internal sealed record StepRow
{
    public required Guid Id { get; init; }
    public required Guid WorkerId { get; init; }
    public required string Kind { get; init; }
    public required DateOnly HappenedOn { get; init; }
    public required DateTimeOffset KnownAt { get; init; }

    /// <summary>Order among steps that became known in the same microsecond: the event's position, or a count of this process.</summary>
    public required long Ordinal { get; init; }
    public string? Actor { get; init; }
    public string? Detail { get; init; }
    public required string Source { get; init; }
}

internal sealed record HouseholdRow
{
    public required string HouseholdNumber { get; init; }
    public required string Division { get; init; }
    public required string Statuses { get; init; }
    public string? CurrentStatus { get; init; }
}
