using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// Whose workers a caller sees (domain.md 8): stations and officials by home or workplace, collectors what they entered, firms those
/// who consented to disclosure to them. One condition for all; what does not apply to a role holds a value that nothing equals.
/// </summary>
internal static class Sight
{
    public static readonly string Where = $"""
        ({ScopeRanges.Where("w.home_division")} OR {ScopeRanges.Where("w.workplace_division")} OR w.entered_by = @SeesEnteredBy
        OR EXISTS (SELECT 1 FROM consents c WHERE c.receiver = @SeesAsReceiver AND c.worker_id = w.id AND c.withdrawn_at IS NULL AND w.out_reason IS NULL))
        """;

    public static IReadOnlyDictionary<string, object?> Args(Caller caller, object? own = null) =>
        new Dictionary<string, object?>(ServiceDefaults.Args.With(ByDivision(caller) ? caller.Scope : ScopeRanges.Of([]), own))
        {
            ["SeesEnteredBy"] = caller.Role == Role.Collector ? caller.Subject : "-",
            ["SeesAsReceiver"] = caller.Role == Role.Employer ? caller.Employer ?? Guid.Empty : Guid.Empty,
        };

    /// <summary>Whether a station, official or collector sees the worker.</summary>
    public static bool Sees(Caller caller, WorkerRow row) => ByDivision(caller)
        ? caller.Covers(row.HomeDivision) || caller.Covers(row.WorkplaceDivision)
        : caller.Role == Role.Collector && row.EnteredBy == caller.Subject;

    /// <summary>Whether the caller may change the worker: the home's side, never the workplace's.</summary>
    public static bool Changes(Caller caller, WorkerRow row) => caller.Role == Role.Collector ? row.EnteredBy == caller.Subject : caller.Covers(row.HomeDivision);

    /// <summary>Whether the caller is shown names.</summary>
    public static bool SeesNames(Caller caller) => caller.Role is Role.Station or Role.Official or Role.Collector or Role.System;

    private static bool ByDivision(Caller caller) => caller.Role is Role.Station or Role.Official or Role.Admin or Role.System;
}
