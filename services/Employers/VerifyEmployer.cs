using System.Text.Json;
using LaborBridge.Employers.Papers;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>
/// An official of the site's county approves, returns or suspends a firm, and notes what he looked at. Approval puts its reviewed postings on the board, as they stand up to
/// a review of the day; suspension takes its live ones off, back to review, so that they return when the firm does. Every decision is kept.
/// </summary>
internal static class VerifyEmployer
{
    internal sealed record Request(string? Decision, string? Reason, IReadOnlyList<Evidence>? Evidence = null);

    /// <param name="Kind">What was looked at: <c>licence</c>, <c>register</c>, <c>visit</c>, <c>phone</c>, <c>document</c>.</param>
    /// <param name="Text">Number, name or what was seen; may be blank where a paper is named.</param>
    /// <param name="Paper">A paper of the firm that was uploaded; from now on it stays.</param>
    internal sealed record Evidence(string? Kind, string? Text, Guid? Paper = null);

    private static readonly string[] Kinds = ["licence", "register", "visit", "phone", "document"];

    private static readonly Sql Decide = Sql.Text("""
        UPDATE employers SET version = version + 1, state = @State, decision_reason = @Reason, decided_by = @By, decided_at = @At WHERE id = @Id AND version = @Version
        """);

    private static readonly Sql PostingsOf = Sql.Text($"SELECT {PostingRow.Columns} FROM postings WHERE employer_id = @Id AND state = @State ORDER BY id");

    private static readonly Sql Keep = Sql.Insert("verifications", "id, employer_id, site_id, decision, reason, evidence, decided_by, decided_at");

    private static readonly Sql Kept = Sql.Text("SELECT site_id, decision, reason, evidence, decided_by, decided_at FROM verifications WHERE employer_id = @Id ORDER BY id DESC");

    private static readonly Sql NamePaper = Sql.Text("UPDATE papers SET version = version + 1, decisions = decisions + 1 WHERE id = @Id AND employer_id = @EmployerId");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/employers/{id:guid}/verification", (Guid id, Request request, HttpContext http, Requests<EmployersService> requests, KeyRing keys, TimeProvider time) =>
                requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request, keys, time)))
            .Allow(Role.Official, Role.Admin)
            .WithName("VerifyEmployer");
        app.MapGet("/api/employers/{id:guid}/verifications", (Guid id, HttpContext http, Requests<EmployersService> requests, KeyRing keys) =>
                requests.Read(http, async (tx, caller) => await FindEmployers.Get(tx, id) is { } row && FindEmployers.MayWorkWith(caller, row) ? await Past(tx, id, keys) : Problem.NotFound()))
            .Allow(Role.Employer, Role.Station, Role.Official, Role.Admin)
            .WithName("FindVerifications");
    }

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Request request, KeyRing keys, TimeProvider time)
    {
        var row = await FindEmployers.Get(tx, id);
        if (row is null)
        {
            return Problem.NotFound();
        }

        if (!caller.Covers(row.SiteDivision))
        {
            return Problem.Forbidden(new Text("该单位不在您的辖区，由用工地点所在县（市、区）主管部门审核。", "The county of the firm's site verifies it."));
        }

        if ((Employer.CheckDecision(row.State, request.Decision, request.Reason) ?? CheckEvidence(request)) is { } refused)
        {
            return refused;
        }

        var now = time.GetUtcNow();
        if (await tx.Execute(Decide, new { State = request.Decision, request.Reason, By = caller.Subject, At = now, Id = id, row.Version }) == 0)
        {
            return Problem.StaleVersion();
        }

        await Note(tx, caller, id, site: null, request, now);
        var decided = await FindEmployers.Get(tx, id) ?? throw new InvalidOperationException($"Employer {id} vanished.");
        RegisterEmployer.Announce(tx, decided);
        await MovePostings(tx, decided, now);
        return Reply.Ok(decided.View(keys, withContact: true), decided.Version);
    }

    /// <summary>Keeps a decision with its evidence. The papers among it are locked one after the other by id and cannot be removed any more.</summary>
    internal static async Task Note(Tx tx, Caller caller, Guid employer, Guid? site, Request request, DateTimeOffset now)
    {
        await tx.Execute(Keep, new
        {
            Id = Guid.CreateVersion7(now), EmployerId = employer, SiteId = site, request.Decision, request.Reason,
            Evidence = JsonSerializer.Serialize(request.Evidence ?? [], JsonText.Options), DecidedBy = caller.Subject, DecidedAt = now,
        });
        foreach (var (i, one) in (request.Evidence ?? []).Index().Where(one => one.Item.Paper is not null).DistinctBy(one => one.Item.Paper).OrderBy(one => one.Item.Paper))
        {
            if (await tx.Execute(NamePaper, new { Id = one.Paper, EmployerId = employer }) == 0)
            {
                throw new ProblemException(Problem.Validation($"evidence[{i}].paper", "unknown-value", "该单位没有这份材料，可能已被删除，请刷新后重新勾选。", "The firm has no such paper; it may have been removed. Load the page again."));
            }
        }
    }

    private static async Task<Reply> Past(Tx tx, Guid employer, KeyRing keys)
    {
        var names = (await FindPapers.Of(tx, employer)).ToDictionary(paper => paper.Id, paper => paper.Name(keys));
        return Reply.Ok(new { items = (await tx.Query<VerificationRow>(Kept, new { Id = employer })).Select(one => one.View(names)), next = (string?)null });
    }

    /// <summary>Postings in review go on the board of an approved firm where its site is verified; those of a firm that is not approved, or of a site no longer verified, leave it.</summary>
    internal static async Task MovePostings(Tx tx, EmployerRow employer, DateTimeOffset now)
    {
        foreach (var posting in await tx.Query<PostingRow>(PostingsOf, new { employer.Id, State = Posting.Live }))
        {
            if (employer.State is Employer.Suspended or Employer.Returned || !await EmployerSites.IsVerified(tx, employer, posting.ReadTerms().Site!.Division))
            {
                await ClosePosting.TakeOff(tx, posting, Posting.InReview, "employer-suspended");
            }
        }

        if (employer.State == Employer.Approved)
        {
            foreach (var posting in await tx.Query<PostingRow>(PostingsOf, new { employer.Id, State = Posting.InReview }))
            {
                await PublishPosting.GoLive(tx, posting, employer, now);
            }
        }
    }

    internal static Problem? CheckEvidence(Request request)
    {
        var checks = new Checks();
        var all = request.Evidence ?? [];
        checks.That(all.Count <= 20, "evidence", "too-many", "最多20条核验依据。", "At most 20 pieces of evidence.");
        for (var i = 0; i < all.Count; i++)
        {
            checks.That(Kinds.Contains(all[i].Kind, StringComparer.Ordinal), $"evidence[{i}].kind", "unknown-value", "核验依据只能是营业执照、登记系统、实地走访、电话核实或其他材料。", $"Evidence is of {string.Join(", ", Kinds)}.");
            if (all[i].Paper is null)
            {
                checks.Require($"evidence[{i}].text", all[i].Text, 400);
            }
            else
            {
                checks.Longest($"evidence[{i}].text", all[i].Text, 400);
            }
        }

        return checks.Problem;
    }

    private sealed class VerificationRow
    {
        public Guid? SiteId { get; init; }
        public required string Decision { get; init; }
        public string? Reason { get; init; }
        public required string Evidence { get; init; }
        public required string DecidedBy { get; init; }
        public required DateTimeOffset DecidedAt { get; init; }

        public object View(Dictionary<Guid, string> papers) => new
        {
            SiteId,
            Decision,
            Reason,
            evidence = JsonSerializer.Deserialize<VerifyEmployer.Evidence[]>(Evidence, JsonText.Options)!
                .Select(one => new { one.Kind, one.Text, one.Paper, fileName = one.Paper is { } paper ? papers[paper] : null }),
            DecidedBy,
            DecidedAt,
        };
    }
}
