namespace LaborBridge.Portal.Clients;

/// <summary>A plant's ramp-up: posts planned by day and group, beside what the postings of that name offer.</summary>
internal sealed record Project(Guid Id, long Version, string Name, PostingSite? Site, IReadOnlyList<PlanLine>? Planned, long Postings, long Offered, long Accepted);

internal sealed record PlanLine
{
    public DateOnly? By { get; set; }
    public string? Group { get; set; }
    public int? Posts { get; set; }

    public bool Blank => By is null && Posts is null && string.IsNullOrWhiteSpace(Group);
}

internal sealed record ProjectForm
{
    public string? Name { get; set; }
    public FirmSite? Site { get; set; }
    public IReadOnlyList<PlanLine>? Planned { get; set; }

    public static ProjectForm Of(Project project) => new() { Name = project.Name, Site = new FirmSite(project.Site?.Division, project.Site?.Text, Kind: null), Planned = project.Planned };
}
