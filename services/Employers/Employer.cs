using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>A firm as registered (api.md 4).</summary>
internal sealed record EmployerForm(string? Name, string? SocialCreditCode, EmployerSite? Site, bool FujianInvested, EmployerContact? Contact);

internal sealed record EmployerSite(string? Division, string? Text, string? Kind);

internal sealed record EmployerContact(string? Name, string? Phone);

/// <summary>What a firm's form must hold, and what an official may decide. Pure.</summary>
internal static class Employer
{
    public const string Registered = "registered", Approved = "approved", Returned = "returned", Suspended = "suspended";

    private static readonly string[] Kinds = ["factory", "labour-base", "stable-employment-base", "aid-workshop", "disability-workshop", "e-commerce-room", "other"];

    // Workshops and household businesses may have no code yet (domain.md 6).
    private static readonly string[] KindsWithoutCode = ["aid-workshop", "disability-workshop", "e-commerce-room", "other"];

    /// <summary>Checks the form; the code comes back normalised.</summary>
    public static (Problem? Problem, SocialCreditCode? Code, Phone? Phone) Check(EmployerForm form)
    {
        var checks = new Checks();
        checks.Require("name", form.Name);
        CheckSite(checks, form.Site, "site.");

        SocialCreditCode? code = null;
        if (string.IsNullOrWhiteSpace(form.SocialCreditCode))
        {
            if (!MayLackCode(form.Site?.Kind))
            {
                checks.Add("socialCreditCode", "code-missing", "请填写18位统一社会信用代码；只有帮扶车间、电商车间和个体户可以暂缺。", "Give the 18-character social credit code; only workshops may lack it.");
            }
        }
        else if (SocialCreditCode.TryParse(form.SocialCreditCode, out var parsed, out _))
        {
            code = parsed;
        }
        else
        {
            checks.Add("socialCreditCode", "code-invalid", "统一社会信用代码不正确，请对照营业执照逐位核对。", "The social credit code is wrong; compare it with the licence.");
        }

        Phone? phone = null;
        if (!string.IsNullOrWhiteSpace(form.Contact?.Phone))
        {
            if (Phone.TryParse(form.Contact.Phone, out var number))
            {
                phone = number;
            }
            else
            {
                checks.Add("contact.phone", "phone-invalid", "联系电话不正确，请填写手机号或带区号的座机号。", "The phone number is wrong.");
            }
        }

        return (checks.Problem, code, phone);
    }

    /// <summary>A site has a kind and lies in a county.</summary>
    public static void CheckSite(Checks checks, EmployerSite? site, string prefix)
    {
        checks.That(Kinds.Contains(site?.Kind, StringComparer.Ordinal), $"{prefix}kind", "invalid", "请选择用工地点类型。", "Choose the kind of site.");
        checks.That(IsCounty(site?.Division), $"{prefix}division", "division-unknown", "用工地点须选到县（市、区）。", "Choose the county of the site.");
        checks.Longest($"{prefix}text", site?.Text, 400);
    }

    /// <summary>Whether a code names a county, or a place within one.</summary>
    public static bool IsCounty(string? code) => DivisionCode.TryParse(code, out var division) && Divisions.Exists(division) && division.Level >= DivisionLevel.County;

    /// <summary>Whether a firm that has this kind of site only may be without a social credit code.</summary>
    public static bool MayLackCode(string? kind) => KindsWithoutCode.Contains(kind, StringComparer.Ordinal);

    /// <summary>What may be decided about a firm in this state; null where the decision is allowed.</summary>
    public static Problem? CheckDecision(string state, string? decision, string? reason)
    {
        if (decision is not (Approved or Returned or Suspended))
        {
            return Problem.Validation(new FieldError("decision", "invalid", new Text("审核结论只能是通过、退回或暂停。", "Decide approved, returned or suspended.")));
        }

        if (decision != Approved && string.IsNullOrWhiteSpace(reason))
        {
            return Problem.Validation(new FieldError("reason", "required", new Text("退回或暂停须写明理由，用人单位会看到。", "Give the reason; the firm will read it.")));
        }

        return decision == Suspended && state != Approved
            ? Problem.Conflict("step-out-of-order", new Text("只有已通过审核的单位才能暂停。", "Only an approved firm can be suspended."))
            : null;
    }
}

internal sealed class EmployerRow
{
    public required Guid Id { get; init; }
    public required long Version { get; init; }
    public required string Name { get; init; }
    public string? SocialCreditCode { get; init; }
    public required bool CodeWarning { get; init; }
    public required string SiteDivision { get; init; }
    public required string SiteText { get; init; }
    public required string SiteKind { get; init; }
    public required bool FujianInvested { get; init; }
    public byte[]? ContactName { get; init; }
    public byte[]? ContactPhone { get; init; }
    public required string State { get; init; }
    public string? DecisionReason { get; init; }
    public required DateTimeOffset RegisteredAt { get; init; }

    public const string Columns = "id, version, name, social_credit_code, code_warning, site_division, site_text, site_kind, fujian_invested, contact_name, contact_phone, state, decision_reason, registered_at";

    /// <summary>As answered; the contact is for those who work with the firm, the phone masked.</summary>
    public object View(KeyRing keys, bool withContact) => new
    {
        Id,
        Version,
        Name,
        SocialCreditCode,
        warnings = CodeWarning ? new[] { "code-outer-check" } : [],
        site = new { division = SiteDivision, divisionName = Divisions.FullName(DivisionCode.Parse(SiteDivision)), text = SiteText, kind = SiteKind },
        FujianInvested,
        contact = withContact && ContactName is not null
            ? new
            {
                name = keys.Decrypt("employers", "contact_name", Id, ContactName),
                phone = keys.DecryptOrNull("employers", "contact_phone", Id, ContactPhone) is { } phone ? Phone.Parse(phone).ToString() : null,
            }
            : null,
        State,
        DecisionReason,
        RegisteredAt,
    };
}
