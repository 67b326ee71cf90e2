namespace LaborBridge.Portal.Clients;

/// <summary>A firm's site beside its first, with where its verification stands.</summary>
internal sealed record Site(
    Guid Id, long Version, Guid EmployerId, string? EmployerName, string Division, string? DivisionName, string? Text, string Kind, string State, string? DecisionReason, DateTimeOffset? AddedAt);

internal sealed record SiteForm
{
    public string? Division { get; set; }
    public string? Text { get; set; }
    public string? Kind { get; set; }

    public static SiteForm Of(Site site) => new() { Division = site.Division, Text = site.Text, Kind = site.Kind };
}

/// <summary>What an official decided about a firm or one of its sites, and what he looked at.</summary>
internal sealed record Verification(Guid? SiteId, string Decision, string? Reason, IReadOnlyList<Evidence>? Evidence, DateTimeOffset DecidedAt);
