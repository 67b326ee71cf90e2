using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>A firm corrects its entry. A new code or site takes a verified firm back to the queue: it was verified for what stood there.</summary>
internal static class CorrectEmployer
{
    private static readonly Sql Update = Sql.Text("""
        UPDATE employers SET version = version + 1, name = @Name, social_credit_code = @SocialCreditCode, code_warning = @CodeWarning, site_division = @SiteDivision,
            site_text = @SiteText, site_kind = @SiteKind, fujian_invested = @FujianInvested, contact_name = @ContactName, contact_phone = @ContactPhone, state = @State
        WHERE id = @Id AND version = @Expected
        """);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPut("/api/employers/{id:guid}", (Guid id, EmployerForm form, HttpContext http, Requests<EmployersService> requests, KeyRing keys) =>
        {
            var expected = http.IfMatch();
            return requests.Write(http, form, (tx, caller) => Handle(tx, caller, id, expected, form, keys));
        })
        .Allow(Role.Employer, Role.Station, Role.Official, Role.Admin)
        .WithName("CorrectEmployer");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, long expected, EmployerForm form, KeyRing keys)
    {
        var row = await FindEmployers.Get(tx, id);
        if (row is null || !FindEmployers.MayWorkWith(caller, row))
        {
            return Problem.NotFound();
        }

        if (row.Version != expected)
        {
            return Problem.StaleVersion();
        }

        var (problem, code, phone) = Employer.Check(form);
        if (problem is not null)
        {
            return problem;
        }

        var moved = code?.ToString() != row.SocialCreditCode || form.Site!.Division != row.SiteDivision;
        var changed = new EmployerRow
        {
            Id = id,
            Version = expected + 1,
            Name = form.Name!.Trim(),
            SocialCreditCode = code?.ToString(),
            CodeWarning = code?.OuterCheckFailed ?? false,
            SiteDivision = form.Site!.Division!,
            SiteText = form.Site.Text?.Trim() ?? "",
            SiteKind = form.Site.Kind!,
            FujianInvested = form.FujianInvested,
            ContactName = keys.EncryptOrNull("employers", "contact_name", id, form.Contact?.Name?.Trim()) ?? row.ContactName,
            ContactPhone = keys.EncryptOrNull("employers", "contact_phone", id, phone?.Reveal()) ?? row.ContactPhone,
            State = moved && row.State == Employer.Approved ? Employer.Registered : row.State == Employer.Returned ? Employer.Registered : row.State,
            RegisteredAt = row.RegisteredAt,
        };
        var touched = await tx.Execute(Update, new
        {
            changed.Id, Expected = expected, changed.Name, changed.SocialCreditCode, changed.CodeWarning, changed.SiteDivision, changed.SiteText, changed.SiteKind,
            changed.FujianInvested, changed.ContactName, changed.ContactPhone, changed.State,
        });
        if (touched == 0)
        {
            return Problem.StaleVersion();
        }

        RegisterEmployer.Announce(tx, changed);
        return Reply.Ok(changed.View(keys, withContact: true), changed.Version);
    }
}
