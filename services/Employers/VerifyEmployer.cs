using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>
/// An official of the site's county approves, returns or suspends a firm. Approval puts its reviewed postings on the board, suspension
/// takes its live ones off.
/// </summary>
internal static class VerifyEmployer
{
    internal sealed record Request(string? Decision, string? Reason);

    private static readonly Sql Decide = Sql.Text("""
        UPDATE employers SET version = version + 1, state = @State, decision_reason = @Reason, decided_by = @By, decided_at = @At WHERE id = @Id AND version = @Version
        """);

    private static readonly Sql PostingsOf = Sql.Text($"SELECT {PostingRow.Columns} FROM postings WHERE employer_id = @Id AND state = @State ORDER BY id");

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/employers/{id:guid}/verification", (Guid id, Request request, HttpContext http, Requests<EmployersService> requests, KeyRing keys, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request, keys, time)))
        .Allow(Role.Official, Role.Admin)
        .WithName("VerifyEmployer");

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

        if (Employer.CheckDecision(row.State, request.Decision, request.Reason) is { } refused)
        {
            return refused;
        }

        var now = time.GetUtcNow();
        if (await tx.Execute(Decide, new { State = request.Decision, request.Reason, By = caller.Subject, At = now, Id = id, row.Version }) == 0)
        {
            return Problem.StaleVersion();
        }

        var decided = await FindEmployers.Get(tx, id) ?? throw new InvalidOperationException($"Employer {id} vanished.");
        RegisterEmployer.Announce(tx, decided);
        if (decided.State == Employer.Approved)
        {
            foreach (var posting in await tx.Query<PostingRow>(PostingsOf, new { Id = id, State = Posting.InReview }))
            {
                await PublishPosting.GoLive(tx, posting, now);
            }
        }
        else if (decided.State == Employer.Suspended)
        {
            foreach (var posting in await tx.Query<PostingRow>(PostingsOf, new { Id = id, State = Posting.Live }))
            {
                await ClosePosting.TakeOff(tx, posting, Posting.Closed, "employer-suspended");
            }
        }

        return Reply.Ok(decided.View(keys, withContact: true), decided.Version);
    }
}
