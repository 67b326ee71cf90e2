using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>A firm enters the register, unverified; an official of its site's county verifies it (domain.md 8).</summary>
internal static class RegisterEmployer
{
    private static readonly Sql Insert = Sql.Insert(
        "employers",
        "id, version, name, social_credit_code, code_warning, site_division, site_text, site_kind, fujian_invested, contact_name, contact_phone, state, registered_at");

    private static readonly Sql SameCode = Sql.Text("SELECT id FROM employers WHERE social_credit_code = @Code");

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/employers", (EmployerForm form, HttpContext http, Requests<EmployersService> requests, KeyRing keys, TimeProvider time) =>
            requests.Write(http, form, (tx, caller) => Handle(tx, caller, form, keys, time)))
        .Allow(Role.Employer, Role.Station, Role.Official, Role.Admin)
        .WithName("RegisterEmployer");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, EmployerForm form, KeyRing keys, TimeProvider time)
    {
        var (problem, code, phone) = Employer.Check(form);
        if (problem is not null)
        {
            return problem;
        }

        if (caller.Role is Role.Station or Role.Official && !caller.Covers(form.Site!.Division))
        {
            return Problem.Forbidden(new Text("用工地点不在您的辖区内，请由当地主管部门登记。", "The site lies outside your area."));
        }

        if (code is { } given && await tx.Scalar<string>(SameCode, new { Code = given.ToString() }) is not null)
        {
            return Problem.Conflict("already-registered", new Text("该统一社会信用代码已登记，请在单位名册中查找。", "A firm with this code is registered already."));
        }

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var row = new EmployerRow
        {
            Id = id,
            Version = 1,
            Name = form.Name!.Trim(),
            SocialCreditCode = code?.ToString(),
            CodeWarning = code?.OuterCheckFailed ?? false,
            SiteDivision = form.Site!.Division!,
            SiteText = form.Site.Text?.Trim() ?? "",
            SiteKind = form.Site.Kind!,
            FujianInvested = form.FujianInvested,
            ContactName = keys.EncryptOrNull("employers", "contact_name", id, form.Contact?.Name?.Trim()),
            ContactPhone = keys.EncryptOrNull("employers", "contact_phone", id, phone?.Reveal()),
            State = Employer.Registered,
            RegisteredAt = now,
        };
        await tx.Execute(Insert, row);
        Announce(tx, row);
        return Reply.Created($"/api/employers/{id}", row.View(keys, withContact: true), row.Version);
    }

    /// <summary>Tells the firm's whole state.</summary>
    internal static void Announce(Tx tx, EmployerRow row) =>
        tx.Append(new EmployerRecorded(row.Id, row.Name, row.State, row.SiteDivision, row.SiteKind, row.FujianInvested), row.Id);
}
