using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>The sites of a firm beside its first. Each waits for an official of its own county (domain.md 8): a posting goes on the board where a verified site of the firm is.</summary>
internal static class EmployerSites
{
    internal sealed record Request(string? Division, string? Text, string? Kind);

    private static readonly Sql Insert = Sql.Insert("employer_sites", SiteRow.Columns);

    private static readonly Sql One = Sql.Text($"SELECT {SiteRow.Columns} FROM employer_sites WHERE id = @Id AND employer_id = @EmployerId");

    private static readonly Sql OfFirm = Sql.Text($"SELECT {SiteRow.Columns} FROM employer_sites WHERE employer_id = @EmployerId ORDER BY id");

    private static readonly Sql Queue = Sql.Text($$"""
        SELECT s.id, s.version, s.employer_id, s.division, s.text, s.kind, s.state, s.decision_reason, s.added_at, e.name AS employer_name
        FROM employer_sites s JOIN employers e ON e.id = s.employer_id
        WHERE s.id > @After AND s.state = @State AND {{ScopeRanges.Where("s.division")}}
        ORDER BY s.id {first:@Limit}
        """);

    private static readonly Sql Decide = Sql.Text("UPDATE employer_sites SET version = version + 1, state = @State, decision_reason = @Reason WHERE id = @Id AND version = @Version");

    private static readonly Sql Update = Sql.Text("""
        UPDATE employer_sites SET version = version + 1, division = @Division, text = @Text, kind = @Kind, state = @State WHERE id = @Id AND version = @Expected
        """);

    private static readonly Sql Verified = Sql.Text("""
        SELECT id FROM employer_sites WHERE employer_id = @EmployerId AND state = 'approved' AND division >= @Lo AND division < @Hi ORDER BY id {first:@Limit}
        """);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/employers/{id:guid}/sites", (Guid id, Request request, HttpContext http, Requests<EmployersService> requests, TimeProvider time) =>
                requests.Write(http, request, (tx, caller) => Add(tx, caller, id, request, time.GetUtcNow())))
            .Allow(Role.Employer, Role.Station, Role.Official, Role.Admin)
            .WithName("AddEmployerSite");
        app.MapPut("/api/employers/{id:guid}/sites/{site:guid}", (Guid id, Guid site, Request request, HttpContext http, Requests<EmployersService> requests, TimeProvider time) =>
            {
                var expected = http.IfMatch();
                return requests.Write(http, request, (tx, caller) => Change(tx, caller, id, site, expected, request, time.GetUtcNow()));
            })
            .Allow(Role.Employer, Role.Station, Role.Official, Role.Admin)
            .WithName("ChangeEmployerSite");
        app.MapGet("/api/employers/{id:guid}/sites", (Guid id, HttpContext http, Requests<EmployersService> requests) =>
                requests.Read(http, async (tx, caller) => await FindEmployers.Get(tx, id) is { } employer && FindEmployers.MaySee(caller, employer)
                    ? Reply.Ok(new { items = (await tx.Query<SiteRow>(OfFirm, new { EmployerId = id })).Select(row => row.View()), next = (string?)null })
                    : Problem.NotFound()))
            .Allow(Role.Employer, Role.Collector, Role.Station, Role.Official, Role.Admin)
            .WithName("FindEmployerSites");
        app.MapGet("/api/employers/sites", (HttpContext http, string? state, Requests<EmployersService> requests) =>
                requests.Read(http, async (tx, caller) =>
                {
                    var page = PageRequest.From(http);
                    var rows = await tx.Query<SiteRow>(Queue, Args.With(caller.Scope, new { After = page.After ?? "", State = state ?? Employer.Registered, Limit = page.Take }));
                    return Reply.Ok(Paged.From(page, rows, row => row.Id.ToString(), row => row.View()));
                }))
            .Allow(Role.Station, Role.Official, Role.Admin)
            .WithName("FindWaitingSites");
        app.MapPost("/api/employers/{id:guid}/sites/{site:guid}/verification", (Guid id, Guid site, VerifyEmployer.Request request, HttpContext http, Requests<EmployersService> requests, TimeProvider time) =>
                requests.Write(http, request, (tx, caller) => Verify(tx, caller, id, site, request, time.GetUtcNow())))
            .Allow(Role.Official, Role.Admin)
            .WithName("VerifyEmployerSite");
    }

    /// <summary>Whether an official of the county verified a site of the firm there, its first or another.</summary>
    internal static async Task<bool> IsVerified(Tx tx, EmployerRow employer, string division)
    {
        var county = DivisionCode.Parse(division).County?.ToString() ?? division;
        return employer.SiteDivision.StartsWith(county, StringComparison.Ordinal)
            || await tx.Scalar<string>(Verified, new { EmployerId = employer.Id, Lo = county, Hi = county + "~", Limit = 1 }) is not null;
    }

    private static async Task<Reply> Add(Tx tx, Caller caller, Guid id, Request request, DateTimeOffset now)
    {
        if (await FindEmployers.Get(tx, id) is not { } employer || !FindEmployers.MayWorkWith(caller, employer))
        {
            return Problem.NotFound();
        }

        if (Refusal(employer, request) is { } problem)
        {
            return problem;
        }

        var row = new SiteRow
        {
            Id = Guid.CreateVersion7(now), Version = 1, EmployerId = id, Division = request.Division!, Text = request.Text?.Trim() ?? "", Kind = request.Kind!, State = Employer.Registered, AddedAt = now,
        };
        await tx.Execute(Insert, row);
        return Reply.Created($"/api/employers/{id}/sites/{row.Id}", row.View(), row.Version);
    }

    // A county or a kind was verified for what it was; a returned site waits again once it is mended.
    private static async Task<Reply> Change(Tx tx, Caller caller, Guid id, Guid site, long expected, Request request, DateTimeOffset now)
    {
        if (await FindEmployers.Get(tx, id) is not { } employer || !FindEmployers.MayWorkWith(caller, employer)
            || await tx.First<SiteRow>(One, new { Id = site, EmployerId = id }) is not { } row)
        {
            return Problem.NotFound();
        }

        if (Refusal(employer, request) is { } problem)
        {
            return problem;
        }

        var moved = request.Division != row.Division || request.Kind != row.Kind;
        var state = row.State == Employer.Returned || (moved && row.State == Employer.Approved) ? Employer.Registered : row.State;
        if (await tx.Execute(Update, new { request.Division, Text = request.Text?.Trim() ?? "", request.Kind, State = state, Id = site, Expected = expected }) == 0)
        {
            return Problem.StaleVersion();
        }

        await VerifyEmployer.MovePostings(tx, employer, now);
        var changed = (await tx.First<SiteRow>(One, new { Id = site, EmployerId = id }))!;
        return Reply.Ok(changed.View(), changed.Version);
    }

    private static Problem? Refusal(EmployerRow employer, Request request)
    {
        var checks = new Checks();
        Employer.CheckSite(checks, new EmployerSite(request.Division, request.Text, request.Kind), "");
        checks.That(employer.SocialCreditCode is not null || Employer.MayLackCode(request.Kind), "kind", "code-missing", "没有统一社会信用代码的，只能登记帮扶车间、助残车间、电商车间等。", "Without a social credit code only workshops can be entered.");
        return checks.Problem;
    }

    private static async Task<Reply> Verify(Tx tx, Caller caller, Guid id, Guid site, VerifyEmployer.Request request, DateTimeOffset now)
    {
        var row = await tx.First<SiteRow>(One, new { Id = site, EmployerId = id });
        var employer = row is null ? null : await FindEmployers.Get(tx, id);
        if (row is null || employer is null)
        {
            return Problem.NotFound();
        }

        if (!caller.Covers(row.Division))
        {
            return Problem.Forbidden(new Text("该用工地点不在您的辖区，由所在县（市、区）主管部门审核。", "The county of the site verifies it."));
        }

        if ((Employer.CheckDecision(row.State, request.Decision, request.Reason) ?? VerifyEmployer.CheckEvidence(request)) is { } refused)
        {
            return refused;
        }

        if (await tx.Execute(Decide, new { State = request.Decision, request.Reason, row.Id, row.Version }) == 0)
        {
            return Problem.StaleVersion();
        }

        await VerifyEmployer.Note(tx, caller, id, site, request, now);
        await VerifyEmployer.MovePostings(tx, (await FindEmployers.Get(tx, id))!, now);
        var decided = (await tx.First<SiteRow>(One, new { Id = site, EmployerId = id }))!;
        return Reply.Ok(decided.View(), decided.Version);
    }
}

internal sealed class SiteRow
{
    public required Guid Id { get; init; }
    public required long Version { get; init; }
    public required Guid EmployerId { get; init; }
    public required string Division { get; init; }
    public required string Text { get; init; }
    public required string Kind { get; init; }
    public required string State { get; init; }
    public string? DecisionReason { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public string? EmployerName { get; init; }

    public const string Columns = "id, version, employer_id, division, text, kind, state, decision_reason, added_at";

    public object View() => new { Id, Version, EmployerId, EmployerName, Division, divisionName = Divisions.FullName(DivisionCode.Parse(Division)), Text, Kind, State, DecisionReason, AddedAt };
}
