using LaborBridge.ServiceDefaults;


namespace LaborBridge.Placements;

/// <summary>Settings of the service, section <c>LaborBridge:Placements</c>.</summary>
internal sealed record PlacementsOptions
{
    /// <summary>How many days ahead of today a step may be dated, 0–1000. In an office: 0. A rehearsal plays a course of months in a minute and needs more.</summary>
    public int DaysAhead { get; init; }

    /// <summary>The longest leave, in days, that is neither a return nor a break of the spell.</summary>
    public int LongestLeave { get; init; } = 60;

    /// <summary>Whether the data are invented: each export carries 演示数据.</summary>
    public bool Demo { get; init; }

    /// <summary>The last day that a step may carry.</summary>
    public DateOnly LastDayToRecord(TimeProvider time) => ChinaTime.Today(time).AddDays(DaysAhead);

    public static PlacementsOptions From(IConfiguration configuration)
    {
        var options = configuration.GetSection("LaborBridge:Placements").Get<PlacementsOptions>() ?? new PlacementsOptions();
        if (options.DaysAhead is < 0 or > 1000)
            throw new InvalidOperationException("LaborBridge:Placements:DaysAhead is a number of days from 0 to 1000.");
        if (options.LongestLeave is < 1 or > 365)
            throw new InvalidOperationException("LaborBridge:Placements:LongestLeave is a number of days from 1 to 365.");
        return options with { Demo = configuration.GetValue<bool>("LaborBridge:Demo") };
    }
}
