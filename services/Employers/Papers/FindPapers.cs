using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers.Papers;

/// <summary>The papers of one firm, and those of several at once for who goes through a queue of firms.</summary>
internal static class FindPapers
{
    private const int MostFirms = 100;

    private static readonly Sql OfFirms = Sql.Text($"SELECT {PaperRow.Columns} FROM papers WHERE employer_id IN @Employers AND {PaperSight.Where("papers.employer_id")} ORDER BY id");

    private static readonly Sql OfFirm = Sql.Text($"SELECT {PaperRow.Columns} FROM papers WHERE employer_id = @EmployerId ORDER BY id");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/employers/{id:guid}/papers", (Guid id, HttpContext http, Requests<EmployersService> requests, KeyRing keys) =>
                requests.Read(http, async (tx, caller) => await PaperSight.Sees(tx, caller, id) ? List(await Of(tx, id), keys) : Problem.NotFound()))
            .Allow(Role.Employer, Role.Station, Role.Official)
            .WithName("FindPapers");
        app.MapGet("/api/employers/papers", (HttpContext http, string? employers, Requests<EmployersService> requests, KeyRing keys) =>
                requests.Read(http, async (tx, caller) => List(await tx.Query<PaperRow>(OfFirms, PaperSight.With(caller, new { Employers = Ids(employers) })), keys)))
            .Allow(Role.Station, Role.Official)
            .WithName("FindPapersOfFirms");
    }

    /// <summary>All papers of a firm, for who has looked already whether they may be seen.</summary>
    internal static Task<List<PaperRow>> Of(Tx tx, Guid employer) => tx.Query<PaperRow>(OfFirm, new { EmployerId = employer });

    private static Reply List(List<PaperRow> rows, KeyRing keys) => Reply.Ok(new { items = rows.Select(row => row.View(keys)), next = (string?)null });

    private static List<Guid> Ids(string? given)
    {
        var ids = new List<Guid>();
        foreach (var text in (given ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            ids.Add(Guid.TryParse(text, out var id) && ids.Count < MostFirms ? id : throw new ProblemException(Problem.Validation("employers", "invalid-value",
                $"employers 应为逗号隔开的单位编号，最多 {MostFirms} 个。", $"employers is up to {MostFirms} ids of firms with commas between them.")));
        }

        return ids;
    }
}
