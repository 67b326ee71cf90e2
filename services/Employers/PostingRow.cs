using System.Text.Json;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>A posting as stored: what is searched in columns, the terms and findings as JSON.</summary>
internal sealed class PostingRow
{
    public required Guid Id { get; init; }
    public required Guid EmployerId { get; init; }
    public required long Version { get; init; }
    public required string State { get; init; }
    public required int Headcount { get; init; }
    public int Accepted { get; init; }
    public required string Terms { get; init; }
    public required string Findings { get; init; }
    public required string Confirmations { get; init; }
    public string? ClosedReason { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public string? EmployerName { get; init; }

    public const string Columns = "id, employer_id, version, state, headcount, accepted, terms, findings, confirmations, closed_reason, published_at";

    public PostingTerms ReadTerms() => Read<PostingTerms>(Terms);

    public IReadOnlyList<Finding> ReadFindings() => Read<Finding[]>(Findings);

    public IReadOnlyList<Confirmation> ReadConfirmations() => Read<Confirmation[]>(Confirmations);

    /// <summary>As answered to the firm and to officials; the public sees neither findings nor confirmations.</summary>
    public object View(Language language, bool whole, MinimumWage? wage = null)
    {
        var terms = ReadTerms();
        return new
        {
            Id,
            EmployerId,
            EmployerName,
            Version,
            State,
            terms.Title,
            terms.Trade,
            tradeName = Trades.Find(terms.Trade) is { } trade ? (language == Language.Zh ? trade.Chinese : trade.English) : null,
            terms.Headcount,
            Accepted,
            terms.Work,
            terms.Conditions,
            site = terms.Site is null ? null : new
            {
                terms.Site.Division,
                divisionName = DivisionCode.TryParse(terms.Site.Division, out var division) ? Divisions.FullName(division) : null,
                terms.Site.Text,
            },
            terms.Pay,
            monthlyGuaranteed = terms.Pay is null ? 0 : Posting.MonthlyFen(terms.Pay) / 100m,
            terms.Lodging,
            terms.Canteen,
            terms.Shifts,
            terms.Hazards,
            terms.MotionsPerMinute,
            terms.Contract,
            terms.Insurance,
            terms.Interview,
            terms.Medical,
            terms.ValidFrom,
            terms.ValidTo,
            terms.Project,
            terms.Grade,
            terms.Certificates,
            terms.Languages,
            terms.StartsOn,
            juvenileBarred = JuvenileWork.Reasons(terms).Select(reason => reason.In(language)),
            PublishedAt,
            ClosedReason,
            findings = whole ? Show(ReadFindings(), language) : null,
            confirmations = whole ? ReadConfirmations() : null,
            minimumWage = whole ? wage?.View(language) : null,
        };
    }

    /// <summary>Findings in the reader's language.</summary>
    public static IReadOnlyList<object> Show(IEnumerable<Finding> findings, Language language) =>
    [
        .. findings.Select(finding => new
        {
            finding.Severity,
            finding.Field,
            finding.Words,
            finding.Rule,
            finding.Law,
            Advice = language == Language.Zh ? finding.Advice.Zh : finding.Advice.En,
        }),
    ];

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonText.Options)
        ?? throw new InvalidOperationException($"A stored {typeof(T).Name} is null.");
}

/// <summary>A person's word that a warning's demand is necessary.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Reason">Why the work needs it.</param>
/// <param name="Words">The words that stood there; other words need another reason. Null in what was confirmed before words were kept.</param>
/// <param name="By">Who confirmed.</param>
/// <param name="At">When.</param>
internal sealed record Confirmation(string Rule, string Reason, string? Words = null, string? By = null, DateTimeOffset? At = null)
{
    public bool Covers(Finding finding) => finding.Rule == Rule && (Words is null || Words == finding.Words);
}
