using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>A consent as sent. <c>recommendation</c> permits matching; <c>disclosure</c> permits one firm, the receiver, to see name and phones (PIPL art. 23).</summary>
internal sealed record ConsentBody(string? Purpose, string? Form = null, DateOnly? On = null, Guid? Receiver = null)
{
    private static readonly string[] Forms = ["paper", "link", "phone", "oral"];

    public NewConsent Check(Checks checks, string field, DateOnly today)
    {
        var at = field.Length == 0 ? "" : field + ".";
        checks.That(Purpose is Consent.Recommendation or Consent.Disclosure, $"{at}purpose", "unknown-value",
            "用途应为 recommendation（推荐岗位）或 disclosure（向用人单位提供姓名电话）。", "The purpose is recommendation or disclosure.");
        checks.That(Purpose != Consent.Disclosure || Receiver is not null, $"{at}receiver", "required", "向用人单位提供信息须写明是哪一家单位。", "A disclosure names the firm.");
        checks.That(Purpose != Consent.Recommendation || Receiver is null, $"{at}receiver", "not-applicable", "推荐岗位的同意不针对某一家单位。", "A recommendation has no receiver.");
        checks.That(Form is null || Forms.Contains(Form, StringComparer.Ordinal), $"{at}form", "unknown-value", $"形式应为：{string.Join("、", Forms)}。", $"The form is one of {string.Join(", ", Forms)}.");
        checks.That(On is null || On <= today, $"{at}on", "in-the-future", "同意日期不能晚于今天。", "The day lies in the future.");
        return new NewConsent(Purpose ?? "", Form ?? "paper", On ?? today, Receiver);
    }
}

/// <summary>A consent after the checks.</summary>
internal sealed record NewConsent(string Purpose, string Form, DateOnly On, Guid? Receiver);

/// <summary>A consent as answered. Its <c>version</c> goes into <c>If-Match</c> at the withdrawal, which no other change to the worker can block.</summary>
internal sealed record ConsentView(Guid Id, long Version, string Purpose, Guid? Receiver, string Form, DateOnly On, DateTimeOffset? WithdrawnAt)
{
    public static ConsentView Of(ConsentRow row) => new(row.Id, row.Version, row.Purpose, row.Receiver, row.Form, row.GivenOn, row.WithdrawnAt);
}

/// <summary>The purposes.</summary>
internal static class Consent
{
    public const string Recommendation = "recommendation";
    public const string Disclosure = "disclosure";

    /// <summary>Those of the new consents that no active one covers yet, each once.</summary>
    public static IEnumerable<NewConsent> Missing(IEnumerable<NewConsent> given, IEnumerable<ConsentRow> existing)
    {
        var covered = existing.Where(row => row.WithdrawnAt is null).Select(row => (row.Purpose, row.Receiver)).ToHashSet();
        return given.Where(consent => covered.Add((consent.Purpose, consent.Receiver)));
    }
}
