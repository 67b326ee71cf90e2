using System.Text.Json;
using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>
/// A plant's ramp-up (用工项目): posts planned by day and group, beside what the firm's postings of that name offer and how many were accepted. A plan's figures are totals of
/// the day, not additions.
/// </summary>
internal static class Projects
{
    internal sealed record Request(string? Name, EmployerSite? Site, IReadOnlyList<Plan>? Planned);

    /// <param name="By">The day by which so many posts shall be there.</param>
    /// <param name="Group">Whose posts, such as 缝纫一线; all of them without.</param>
    /// <param name="Posts">How many.</param>
    internal sealed record Plan(DateOnly? By, string? Group, int? Posts);

    private static readonly Sql Insert = Sql.Insert("projects", "id, version, employer_id, name, site_division, site_text, planned, created_at");

    private static readonly Sql Update = Sql.Text("""
        UPDATE projects SET version = version + 1, name = @Name, site_division = @SiteDivision, site_text = @SiteText, planned = @Planned WHERE id = @Id AND version = @Expected
        """);

    private static readonly Sql SameName = Sql.Text("SELECT id FROM projects WHERE employer_id = @EmployerId AND name = @Name AND id <> @Id");

    private const string Counted = """
        SELECT j.id, j.version, j.employer_id, j.name, j.site_division, j.site_text, j.planned, COUNT(p.id) AS postings, COALESCE(SUM(p.headcount), 0) AS offered, COALESCE(SUM(p.accepted), 0) AS accepted
        FROM projects j LEFT JOIN postings p ON p.employer_id = j.employer_id AND p.project = j.name AND p.published_at IS NOT NULL
        """;

    private const string Grouped = "GROUP BY j.id, j.version, j.employer_id, j.name, j.site_division, j.site_text, j.planned";

    private static readonly Sql One = Sql.Text($"{Counted} WHERE j.id = @Id {Grouped}");

    private static readonly Sql OfFirm = Sql.Text($$"""{{Counted}} WHERE j.employer_id = @EmployerId AND j.id < @Before {{Grouped}} ORDER BY j.id DESC {first:@Limit}""");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/employers/{id:guid}/projects", (Guid id, Request request, HttpContext http, Requests<EmployersService> requests, TimeProvider time) =>
                requests.Write(http, request, (tx, caller) => Add(tx, caller, id, request, time.GetUtcNow())))
            .Allow(Role.Employer, Role.Station, Role.Official)
            .WithName("AddProject");
        app.MapGet("/api/employers/{id:guid}/projects", (Guid id, HttpContext http, Requests<EmployersService> requests) =>
                requests.Read(http, async (tx, caller) =>
                {
                    if (await FindEmployers.Get(tx, id) is not { } employer || !FindEmployers.MayWorkWith(caller, employer))
                    {
                        return Problem.NotFound();
                    }

                    var page = PageRequest.From(http);
                    var rows = await tx.Query<ProjectRow>(OfFirm, new { EmployerId = id, Before = page.After ?? "~", Limit = page.Take });
                    return Reply.Ok(Paged.From(page, rows, row => row.Id.ToString(), row => row.View()));
                }))
            .Allow(Role.Employer, Role.Station, Role.Official, Role.Admin)
            .WithName("FindProjects");
        app.MapPut("/api/projects/{id:guid}", (Guid id, Request request, HttpContext http, Requests<EmployersService> requests) =>
            {
                var expected = http.IfMatch();
                return requests.Write(http, request, (tx, caller) => Change(tx, caller, id, expected, request));
            })
            .Allow(Role.Employer, Role.Station, Role.Official)
            .WithName("ChangeProject");
    }

    private static async Task<Reply> Add(Tx tx, Caller caller, Guid employer, Request request, DateTimeOffset now)
    {
        if (await FindEmployers.Get(tx, employer) is not { } firm || !FindEmployers.MayWorkWith(caller, firm))
        {
            return Problem.NotFound();
        }

        var id = Guid.CreateVersion7(now);
        if (await Refusal(tx, id, firm, request) is { } refused)
        {
            return refused;
        }

        var site = request.Site ?? new EmployerSite(firm.SiteDivision, firm.SiteText, firm.SiteKind);
        await tx.Execute(Insert, new
        {
            Id = id, Version = 1L, EmployerId = employer, Name = request.Name!.Trim(), SiteDivision = site.Division, SiteText = site.Text?.Trim() ?? "", Planned = Write(request), CreatedAt = now,
        });
        var row = (await tx.First<ProjectRow>(One, new { Id = id }))!;
        return Reply.Created($"/api/projects/{id}", row.View(), row.Version);
    }

    private static async Task<Reply> Change(Tx tx, Caller caller, Guid id, long expected, Request request)
    {
        var row = await tx.First<ProjectRow>(One, new { Id = id });
        if (row is null || await FindEmployers.Get(tx, row.EmployerId) is not { } firm || !FindEmployers.MayWorkWith(caller, firm))
        {
            return Problem.NotFound();
        }

        if (await Refusal(tx, id, firm, request) is { } refused)
        {
            return refused;
        }

        var touched = await tx.Execute(Update, new
        {
            Id = id, Expected = expected, Name = request.Name!.Trim(), SiteDivision = request.Site?.Division ?? row.SiteDivision, SiteText = request.Site?.Text?.Trim() ?? row.SiteText, Planned = Write(request),
        });
        if (touched == 0)
        {
            return Problem.StaleVersion();
        }

        var changed = (await tx.First<ProjectRow>(One, new { Id = id }))!;
        return Reply.Ok(changed.View(), changed.Version);
    }

    private static async Task<Problem?> Refusal(Tx tx, Guid id, EmployerRow firm, Request request)
    {
        var checks = new Checks();
        var name = checks.Require("name", request.Name, 100);
        checks.That(request.Site is null || Employer.IsCounty(request.Site.Division), "site.division", "division-unknown", "用工地点须选到县（市、区）。", "Choose the county of the site.");
        checks.That(request.Planned is { Count: > 0 and <= 200 }, "planned", "required", "请至少填写一行计划：截止日期和岗位数。", "Give at least one line of the plan: a day and a number of posts.");
        var lines = request.Planned ?? [];
        for (var i = 0; i < lines.Count; i++)
        {
            checks.Require($"planned[{i}].by", lines[i].By);
            checks.That(lines[i].Posts is >= 1 and <= 100_000, $"planned[{i}].posts", "out-of-range", "岗位数应为1到100000。", "1 to 100,000 posts.");
            checks.Longest($"planned[{i}].group", lines[i].Group, 40);
        }

        checks.That(lines.DistinctBy(line => (line.By, line.Group?.Trim() ?? "")).Count() == lines.Count, "planned", "duplicate", "同一日期、同一分组只能有一行。", "One line for a day and group.");
        return checks.Problem ?? (await tx.Scalar<string>(SameName, new { EmployerId = firm.Id, Name = name, Id = id }) is null
            ? null
            : Problem.Conflict("already-registered", new Text("本单位已有同名项目。", "The firm has a project of this name.")));
    }

    private static string Write(Request request) => JsonSerializer.Serialize(
        request.Planned!.Select(line => line with { Group = string.IsNullOrWhiteSpace(line.Group) ? null : line.Group.Trim() }).OrderBy(line => line.By).ThenBy(line => line.Group, StringComparer.Ordinal), JsonText.Options);

    private sealed class ProjectRow
    {
        public required Guid Id { get; init; }
        public required long Version { get; init; }
        public required Guid EmployerId { get; init; }
        public required string Name { get; init; }
        public required string SiteDivision { get; init; }
        public required string SiteText { get; init; }
        public required string Planned { get; init; }
        public long Postings { get; init; }
        public long Offered { get; init; }
        public long Accepted { get; init; }

        public object View() => new
        {
            Id,
            Version,
            EmployerId,
            Name,
            site = new { division = SiteDivision, divisionName = Divisions.FullName(DivisionCode.Parse(SiteDivision)), text = SiteText },
            planned = JsonSerializer.Deserialize<Plan[]>(Planned, JsonText.Options),
            Postings,
            Offered,
            Accepted,
        };
    }
}
