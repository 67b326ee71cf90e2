namespace LaborBridge.Portal.Clients;

/// <summary>Somebody who travels with a worker, masked.</summary>
internal sealed record Companion(Guid Id, string Name);

/// <summary>A training that a worker finished.</summary>
internal sealed record Training(Guid Id, string Trade, string Title, string? Provider, int? Hours, DateOnly On);

internal sealed record TrainingForm
{
    public string? Trade { get; set; }
    public DateOnly? On { get; set; }
    public string? Title { get; set; }
    public string? Provider { get; set; }
    public int? Hours { get; set; }
}

/// <summary>A household: its statuses by date with who said so, and its registered members.</summary>
internal sealed record ShownHousehold(string Number, string Division, IReadOnlyList<SourcedStatus> Statuses, IReadOnlyList<Member> Members);

/// <param name="Code">The status.</param>
/// <param name="From">Its first day; null means since ever.</param>
/// <param name="To">The first day on which it no longer holds.</param>
/// <param name="Source">Who said so: <c>monitoring-system</c>, <c>station</c>, <c>village</c>.</param>
/// <param name="By">Who entered it.</param>
/// <param name="On">When.</param>
internal sealed record SourcedStatus(string Code, DateOnly? From, DateOnly? To, string? Source, string? By, DateOnly? On);

internal sealed record Member(Guid WorkerId, string Name, string? RelationToHead, int? Age, string Status);

internal sealed record StatusForm
{
    public string? Code { get; set; }
    public DateOnly? From { get; set; }
    public string? Source { get; set; }
}
