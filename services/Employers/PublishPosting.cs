using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>A posting goes on the board: by the rule set when its firm is verified, or by an official of the site's county.</summary>
internal static class PublishPosting
{
    private static readonly Sql SetLive = Sql.Text("UPDATE postings SET version = version + 1, state = 'live', published_at = @At WHERE id = @Id AND state = 'in-review'");

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/postings/{id:guid}/publication", (Guid id, HttpContext http, Requests<EmployersService> requests, TimeProvider time) =>
            requests.Write(http, request: null, (tx, caller) => Handle(tx, caller, id, time, http.Language())))
        .Allow(Role.Official)
        .WithName("PublishPosting");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, TimeProvider time, Language language)
    {
        var row = await FindPostings.Get(tx, id);
        var employer = row is null ? null : await FindEmployers.Get(tx, row.EmployerId);
        if (row is null || employer is null || !caller.Covers(employer.SiteDivision))
        {
            return Problem.NotFound();
        }

        if (employer.State != Employer.Approved)
        {
            return Problem.Conflict("employer-not-approved", new Text("请先审核通过该用人单位，岗位才能上线。", "Approve the firm first."));
        }

        if (row.State != Posting.InReview)
        {
            return Problem.Conflict("step-out-of-order", new Text("只有待审核的岗位可以上线。", "Only a posting in review can go live."));
        }

        var live = await GoLive(tx, row, time.GetUtcNow());
        return Reply.Ok(live.View(language, whole: true), live.Version);
    }

    internal static async Task<PostingRow> GoLive(Tx tx, PostingRow row, DateTimeOffset now)
    {
        await tx.Execute(SetLive, new { row.Id, At = now });
        var live = (await FindPostings.Get(tx, row.Id))!;
        Announce(tx, live);
        return live;
    }

    /// <summary>Tells the whole posting.</summary>
    internal static void Announce(Tx tx, PostingRow row)
    {
        var terms = row.ReadTerms();
        var pay = terms.Pay!;
        tx.Append(new PostingPublished(
            row.Id, row.EmployerId, row.Version, terms.Title!, terms.Site!.Division, terms.Site.Text, terms.Trade!, terms.Grade ?? "none", terms.Certificates ?? [],
            terms.Headcount!.Value, pay.Unit, Posting.Fen(pay.Guaranteed), Posting.Fen(pay.High ?? pay.Guaranteed), Posting.MonthlyFen(pay), terms.Lodging ?? "none",
            terms.Canteen ?? [], terms.Hazards ?? [], terms.MotionsPerMinute, terms.Contract?.Form ?? "direct", terms.Contract?.Months ?? 0, terms.Interview, terms.Medical,
            terms.StartsOn, terms.ValidFrom!.Value, terms.ValidTo!.Value), row.Id);
    }
}
