using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers.Papers;

/// <summary>Who sees a firm's papers: the firm itself, and stations and officials in whose divisions one of its sites lies (domain.md 8). Nobody else, administrators included.</summary>
internal static class PaperSight
{
    private static readonly Sql Firm = Sql.Text($"SELECT f.id FROM employers f WHERE f.id = @EmployerId AND {Where("f.id")}");

    private static readonly Sql One = Sql.Text($"SELECT {PaperRow.Columns} FROM papers WHERE id = @Id AND employer_id = @EmployerId AND {Where("papers.employer_id")}");

    /// <summary>The condition on a firm's id, to be spliced into a statement; <see cref="With"/> has its arguments.</summary>
    public static string Where(string employer) => $"""
        ({employer} = @Own OR EXISTS (SELECT 1 FROM employers e WHERE e.id = {employer} AND {ScopeRanges.Where("e.site_division")})
            OR EXISTS (SELECT 1 FROM employer_sites s WHERE s.employer_id = {employer} AND {ScopeRanges.Where("s.division")}))
        """;

    public static IReadOnlyDictionary<string, object?> With(Caller caller, object arguments)
    {
        var firm = caller.Role == Role.Employer;
        return new Dictionary<string, object?>(Args.With(firm ? ScopeRanges.Of([]) : caller.Scope, arguments)) { ["Own"] = firm ? caller.Employer ?? Guid.Empty : Guid.Empty };
    }

    public static async Task<bool> Sees(Tx tx, Caller caller, Guid employer) => await tx.Scalar<string>(Firm, With(caller, new { EmployerId = employer })) is not null;

    public static Task<PaperRow?> Find(Tx tx, Caller caller, Guid employer, Guid paper) => tx.First<PaperRow>(One, With(caller, new { Id = paper, EmployerId = employer }));
}
