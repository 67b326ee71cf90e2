using System.Text.Json;
using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>A posting goes on the board: by the rule set when its firm and site are verified, or by an official of the site's county. It is reviewed once more as of the day.</summary>
internal static class PublishPosting
{
    private static readonly Sql SetLive = Sql.Text("""
        UPDATE postings SET version = version + 1, state = 'live', published_at = @At, closed_reason = NULL, findings = @Findings WHERE id = @Id AND state = 'in-review'
        """);

    private static readonly Sql SetDraft = Sql.Text("UPDATE postings SET version = version + 1, state = 'draft', findings = @Findings WHERE id = @Id AND state = 'in-review'");

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

        var moved = await GoLive(tx, row, employer, time.GetUtcNow());
        return moved.State == Posting.InReview
            ? Problem.Conflict("site-not-verified", new Text("工作地点不在该单位已审核的用工地点所在县（市、区），请先由当地主管部门审核用工地点。", "The firm has no verified site in the posting's county; its officials verify one first."))
            : Reply.Ok(moved.View(language, whole: true), moved.Version);
    }

    /// <summary>Puts a posting on the board, unless it no longer stands up to review (back to the firm as a draft), has expired, or its site is not verified (it waits on).</summary>
    internal static async Task<PostingRow> GoLive(Tx tx, PostingRow row, EmployerRow employer, DateTimeOffset now)
    {
        var (terms, today) = (row.ReadTerms(), ChinaTime.Day(now));
        if (terms.ValidTo <= today)
        {
            await ClosePosting.TakeOff(tx, row, Posting.Expired, "expired");
            return (await FindPostings.Get(tx, row.Id))!;
        }

        var findings = Posting.Review(terms, await MinimumWage.For(tx, terms, today));
        var barred = Posting.Bar(findings, row.ReadConfirmations()) is not null;
        if (!barred && !await EmployerSites.IsVerified(tx, employer, terms.Site!.Division))
        {
            return row;
        }

        await tx.Execute(barred ? SetDraft : SetLive, new { row.Id, At = now, Findings = JsonSerializer.Serialize(findings, JsonText.Options) });
        var moved = (await FindPostings.Get(tx, row.Id))!;
        if (!barred)
        {
            await IndexBoard.Put(tx, row.Id);
            Announce(tx, moved);
        }

        return moved;
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
            terms.StartsOn, terms.ValidFrom!.Value, terms.ValidTo!.Value, terms.Languages ?? []), row.Id);
    }
}
