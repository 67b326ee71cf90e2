using System.Text.Json;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>A firm hands a posting in, and it is reviewed once more as of today: without errors and with its warnings confirmed it goes live at once when the firm is verified, else it waits for that.</summary>
internal static class SubmitPosting
{
    internal sealed record Request(IReadOnlyList<Confirmation>? Confirmations = null);

    private static readonly Sql Submit = Sql.Text("""
        UPDATE postings SET version = version + 1, state = @State, findings = @Findings, confirmations = @Confirmations WHERE id = @Id AND version = @Version
        """);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/postings/{id:guid}/submission", (Guid id, Request? request, HttpContext http, Requests<EmployersService> requests, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request ?? new Request(), time, http.Language())))
        .Allow(Role.Employer, Role.Station, Role.Official)
        .WithName("SubmitPosting");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Request request, TimeProvider time, Language language)
    {
        var row = await FindPostings.Get(tx, id);
        var employer = row is null ? null : await FindEmployers.Get(tx, row.EmployerId);
        if (row is null || employer is null || !FindEmployers.MayWorkWith(caller, employer))
        {
            return Problem.NotFound();
        }

        if (row.State != Posting.Draft)
        {
            return Problem.Conflict("step-out-of-order", new Text("只有草稿可以提交审核。", "Only a draft can be submitted."));
        }

        if (employer.State == Employer.Suspended)
        {
            return Problem.Conflict("employer-suspended", new Text("单位已被暂停，不能发布岗位，请联系用工地点主管部门。", "The firm is suspended."));
        }

        if (row.ReadTerms().ValidTo <= ChinaTime.Today(time))
        {
            return Problem.Validation("validTo", "in-the-past", "有效期已过，请先修改截止日期。", "The validity is over; set a later day first.");
        }

        var wage = await MinimumWage.For(tx, row.ReadTerms(), ChinaTime.Today(time));
        var findings = Posting.Review(row.ReadTerms(), wage);
        Confirmation[] confirmed =
        [
            .. from finding in findings.Where(finding => finding.Severity == "warning")
               let given = (request.Confirmations ?? []).FirstOrDefault(one => one.Rule == finding.Rule && !string.IsNullOrWhiteSpace(one.Reason))
               where given is not null
               select new Confirmation(finding.Rule, given.Reason.Trim(), finding.Words, caller.Subject, time.GetUtcNow()),
        ];
        if (Refusal(findings, confirmed, language) is { } refused)
        {
            return refused;
        }

        await tx.Execute(Submit, new { Id = id, row.Version, State = Posting.InReview, Findings = JsonSerializer.Serialize(findings, JsonText.Options), Confirmations = JsonSerializer.Serialize(confirmed, JsonText.Options) });
        var submitted = (await FindPostings.Get(tx, id))!;
        if (employer.State == Employer.Approved)
        {
            submitted = await PublishPosting.GoLive(tx, submitted, employer, time.GetUtcNow());
        }

        return Reply.Ok(submitted.View(language, whole: true, wage), submitted.Version);
    }

    /// <summary>Why it may not go live, each finding with its words and advice.</summary>
    internal static Problem? Refusal(IReadOnlyList<Finding> findings, IReadOnlyCollection<Confirmation> confirmed, Language language)
    {
        return Posting.Bar(findings, confirmed) switch
        {
            null => null,
            "posting-has-errors" => Problem.Unprocessable("posting-has-errors", new Text("岗位信息有必须修改的问题，请按建议修改后再提交。", "The posting has errors; mend them as advised."))
                with { Errors = Errors("error"), Extensions = Show() },
            _ => Problem.Unprocessable("warning-not-confirmed", new Text("岗位信息有需要确认的提示，请逐条填写理由，或按建议修改。", "Confirm each warning with a reason, or change the text."))
                with { Errors = Errors("warning"), Extensions = Show() },
        };

        IReadOnlyList<FieldError> Errors(string severity) =>
            [.. findings.Where(finding => finding.Severity == severity).Select(finding => new FieldError(finding.Field, finding.Rule, new Text(finding.Advice.Zh, finding.Advice.En)))];

        Dictionary<string, object?> Show() => new() { ["findings"] = PostingRow.Show(findings, language) };
    }
}
