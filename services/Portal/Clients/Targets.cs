namespace LaborBridge.Portal.Clients;

/// <summary>A target of a division for a year, with its source, beside our figure. Rates are fractions of 1.</summary>
internal sealed record Target(
    string Division, string? Name, int Year, string Indicator, string? Unit, decimal Value, DateOnly DueOn, string? Source, decimal? Ours, decimal? Reached, long Version);

internal sealed record TargetForm
{
    public string? Division { get; set; }
    public int? ForYear { get; set; }
    public string? Indicator { get; set; }
    public decimal? Value { get; set; }
    public DateOnly? DueOn { get; set; }
    public string? Source { get; set; }

    /// <summary>The version that is changed; 0 sets a new one.</summary>
    public long Version { get; set; }
}

/// <summary>Somebody to ask: the latest month of service that is due, and all without evidence.</summary>
internal sealed record FollowUp(Placement Placement, int Month, DateOnly DueOn, int DaysOverdue, IReadOnlyList<int> Missing);
