using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements;

/// <summary>Scope of sight (domain.md 8): the sending side sees by the worker's home, the receiving side by the workplace, a firm its own people.</summary>
internal static class Sight
{
    /// <summary>Whether the caller sees a placement.</summary>
    public static bool Sees(Caller caller, PlacementRow placement) => caller.Role == Role.Employer
        ? placement.EmployerId is { } employer && employer == caller.Employer
        : caller.Covers(placement.HomeDivision) || caller.Covers(placement.WorkplaceDivision);

    /// <summary>The same as a condition of SQL over <see cref="PlacementRow.From"/>; arguments by <see cref="Arguments"/>.</summary>
    public static readonly string Where =
        $"((@Firm <> '' AND p.employer_id = @Firm) OR (@Firm = '' AND ({ScopeRanges.Where("w.home_division")} OR {ScopeRanges.Where("p.workplace_division")})))";

    /// <summary>Arguments of <see cref="Where"/> and others.</summary>
    public static IReadOnlyDictionary<string, object?> Arguments(Caller caller, object? own = null)
    {
        var all = new Dictionary<string, object?>(Args.With(caller.Scope, own))
        {
            ["Firm"] = caller.Role != Role.Employer ? "" : caller.Employer?.ToString("D") ?? "none",
        };
        return all;
    }

    /// <summary>Finds a placement that the caller sees.</summary>
    /// <exception cref="ProblemException">404: it does not exist, or elsewhere.</exception>
    public static async Task<PlacementRow> Find(Tx tx, Caller caller, Guid id) =>
        await PlacementRow.Find(tx, id) is { } row && Sees(caller, row) ? row : throw new ProblemException(Problem.NotFound());

    /// <summary>The recorder of what a caller tells, as the ledger has it.</summary>
    public static string Recorder(Caller caller) => Domain.Kebab.Of(caller.Role);
}
