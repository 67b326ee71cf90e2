namespace LaborBridge.Portal.Clients;

/// <summary>A minimum wage that officials entered.</summary>
internal sealed record MinimumWage(Guid Id, long Version, string Division, string? DivisionName, DateOnly From, decimal Monthly, decimal? Hourly, string Source);

/// <summary>What a posting's pay was compared with, in words; also when nothing is known.</summary>
internal sealed record WageChecked(bool Known, string? Sentence);

internal sealed record MinimumWageForm
{
    public string? Division { get; set; }
    public DateOnly? From { get; set; }
    public decimal? Monthly { get; set; }
    public decimal? Hourly { get; set; }
    public string? Source { get; set; }
}
