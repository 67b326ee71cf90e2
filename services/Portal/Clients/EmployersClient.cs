namespace LaborBridge.Portal.Clients;

/// <summary>The Employers service: firms and postings.</summary>
internal sealed class EmployersClient(ServiceCalls calls)
{
    public const string Service = "employers";

    public Task<Got<ListOf<Posting>>> Board(string? q, string? division, string? trade, decimal? pay, bool lodging, string? cursor) => calls.Get<ListOf<Posting>>(
        Service, Query.Of("/api/postings", ("q", q), ("division", division), ("trade", trade), ("pay", pay), ("lodging", lodging ? "true" : null), ("cursor", cursor), ("limit", 24)));

    public Task<Got<ListOf<Posting>>> Mine(string? state, string? cursor) =>
        calls.Get<ListOf<Posting>>(Service, Query.Of("/api/postings", ("mine", "true"), ("state", state), ("cursor", cursor)));

    public Task<Got<Posting>> Posting(Guid id) => calls.Get<Posting>(Service, $"/api/postings/{id}");

    public Task<Got<Posting>> Save(PostingForm form, Guid key) => calls.Post<Posting>(Service, "/api/postings", form, key);

    public Task<Got<Posting>> Change(Guid id, long version, PostingForm form, Guid key) => calls.Put<Posting>(Service, $"/api/postings/{id}", form, key, version);

    public Task<Got<Reviewed>> Review(PostingForm form, Guid key) => calls.Post<Reviewed>(Service, "/api/postings/review", form, key);

    public Task<Got<Posting>> Submit(Guid id, IReadOnlyList<Confirmation> confirmations, Guid key) =>
        calls.Post<Posting>(Service, $"/api/postings/{id}/submission", new { confirmations }, key);

    public Task<Got<Posting>> Publish(Guid id, Guid key) => calls.Post<Posting>(Service, $"/api/postings/{id}/publication", body: null, key);

    public Task<Got<Posting>> Close(Guid id, Guid key) => calls.Post<Posting>(Service, $"/api/postings/{id}/closing", body: null, key);

    public Task<Got<Posting>> Copy(Guid id, Guid key) => calls.Post<Posting>(Service, $"/api/postings/{id}/copy", new { }, key);

    public Task<Got<ListOf<PostingVersion>>> Versions(Guid id, string? cursor) => calls.Get<ListOf<PostingVersion>>(Service, Query.Of($"/api/postings/{id}/versions", ("cursor", cursor), ("limit", 20)));

    public Task<Got<ListOf<Firm>>> Firms(string? q, string? state, string? cursor, int limit = 50) =>
        calls.Get<ListOf<Firm>>(Service, Query.Of("/api/employers", ("q", q), ("state", state), ("cursor", cursor), ("limit", limit)));

    public Task<Got<Firm>> Firm(Guid id) => calls.Get<Firm>(Service, $"/api/employers/{id}");

    public Task<Got<Firm>> Register(FirmForm form, Guid key) => calls.Post<Firm>(Service, "/api/employers", form, key);

    public Task<Got<Firm>> Correct(Guid id, long version, FirmForm form, Guid key) => calls.Put<Firm>(Service, $"/api/employers/{id}", form, key, version);

    public Task<Got<Firm>> Verify(Guid id, string? decision, string? reason, IReadOnlyList<Evidence> evidence, Guid key) =>
        calls.Post<Firm>(Service, $"/api/employers/{id}/verification", new { decision, reason, evidence }, key);

    public Task<Got<ListOf<Verification>>> Verifications(Guid id) => calls.Get<ListOf<Verification>>(Service, $"/api/employers/{id}/verifications");

    public Task<Got<ListOf<Site>>> Sites(Guid id) => calls.Get<ListOf<Site>>(Service, $"/api/employers/{id}/sites");

    public Task<Got<ListOf<Site>>> SitesIn(string? state, string? cursor) => calls.Get<ListOf<Site>>(Service, Query.Of("/api/employers/sites", ("state", state), ("cursor", cursor)));

    public Task<Got<Site>> AddSite(Guid id, SiteForm form, Guid key) => calls.Post<Site>(Service, $"/api/employers/{id}/sites", form, key);

    public Task<Got<Site>> ChangeSite(Guid id, Guid site, long version, SiteForm form, Guid key) => calls.Put<Site>(Service, $"/api/employers/{id}/sites/{site}", form, key, version);

    public Task<Got<Site>> VerifySite(Guid id, Guid site, string? decision, string? reason, IReadOnlyList<Evidence> evidence, Guid key) =>
        calls.Post<Site>(Service, $"/api/employers/{id}/sites/{site}/verification", new { decision, reason, evidence }, key);

    public Task<Got<ListOf<Paper>>> Papers(Guid id) => calls.Get<ListOf<Paper>>(Service, $"/api/employers/{id}/papers");

    public Task<Got<ListOf<Paper>>> PapersOf(IEnumerable<Guid> firms) => calls.Get<ListOf<Paper>>(Service, Query.Of("/api/employers/papers", ("employers", string.Join(',', firms))));

    public Task<Got<HttpResponseMessage>> Paper(Guid id, Guid paper) => calls.Download(Service, $"/api/employers/{id}/papers/{paper}");

    public Task<Got<Paper>> UploadPaper(Guid id, Guid? site, IFormFile file, Guid key) => calls.Upload<Paper>(Service, Query.Of($"/api/employers/{id}/papers", ("site", site)), file, key);

    public Task<Got<Paper>> RemovePaper(Guid id, Guid paper, long version, Guid key) => calls.Delete<Paper>(Service, $"/api/employers/{id}/papers/{paper}", key, version);

    public Task<Got<ListOf<Project>>> Projects(Guid id, string? cursor) => calls.Get<ListOf<Project>>(Service, Query.Of($"/api/employers/{id}/projects", ("cursor", cursor)));

    public Task<Got<Project>> AddProject(Guid id, ProjectForm form, Guid key) => calls.Post<Project>(Service, $"/api/employers/{id}/projects", form, key);

    public Task<Got<Project>> ChangeProject(Guid project, long version, ProjectForm form, Guid key) => calls.Put<Project>(Service, $"/api/projects/{project}", form, key, version);

    public Task<Got<ListOf<MinimumWage>>> MinimumWages(string? cursor) => calls.Get<ListOf<MinimumWage>>(Service, Query.Of("/api/minimum-wages", ("cursor", cursor)));

    public Task<Got<MinimumWage>> EnterMinimumWage(MinimumWageForm form, Guid key) => calls.Post<MinimumWage>(Service, "/api/minimum-wages", form, key);

    public Task<Got<MinimumWage>> RemoveMinimumWage(Guid id, long version, Guid key) => calls.Delete<MinimumWage>(Service, $"/api/minimum-wages/{id}", key, version);
}

internal sealed record Posting(
    Guid Id, Guid EmployerId, string? EmployerName, long Version, string State, string? Title, string? Trade, string? TradeName, int? Headcount, int Accepted, string? Work,
    string? Conditions, PostingSite? Site, PostingPay? Pay, decimal MonthlyGuaranteed, string? Lodging, IReadOnlyList<string>? Canteen, string? Shifts, IReadOnlyList<string>? Hazards,
    int? MotionsPerMinute, PostingContract? Contract, IReadOnlyList<string>? Insurance, bool Interview, bool Medical, DateOnly? ValidFrom, DateOnly? ValidTo, string? Project,
    string? Grade, IReadOnlyList<string>? Certificates, DateOnly? StartsOn, DateTimeOffset? PublishedAt, string? ClosedReason, IReadOnlyList<Finding>? Findings,
    IReadOnlyList<Confirmation>? Confirmations, WageChecked? MinimumWage, IReadOnlyList<string>? JuvenileBarred,
    IReadOnlyList<string>? Languages = null)
{
    public int Free => Math.Max(0, (Headcount ?? 0) - Accepted);
}

internal sealed record PostingSite(string? Division, string? Text, string? DivisionName = null);

internal sealed record PostingPay(string? Unit, decimal? Guaranteed, decimal? High);

internal sealed record PostingContract(string? Form, int? Months);

/// <summary>What the review found: the words, the rule, the law and a better wording.</summary>
internal sealed record Finding(string Severity, string Field, string? Words, string Rule, string? Law, string? Advice);

internal sealed record Confirmation(string Rule, string? Reason, string? Words = null, DateTimeOffset? At = null);

/// <summary>A wording that a posting had, with what changed against the one before.</summary>
internal sealed record PostingVersion(long Version, DateTimeOffset SavedAt, IReadOnlyList<string> Changed, PostingForm Terms);

/// <summary>What an official looked at when he decided about a firm; a paper of the firm, or what he saw himself.</summary>
internal sealed record Evidence(string? Kind, string? Text, Guid? Paper = null, string? FileName = null);

internal sealed record Reviewed(IReadOnlyList<Finding> Findings, WageChecked? MinimumWage)
{
    public static Reviewed Of(Posting posting) => new(posting.Findings ?? [], posting.MinimumWage);
}

/// <summary>A posting as the firm writes it.</summary>
internal sealed record PostingForm
{
    public Guid EmployerId { get; set; }
    public PostingSite? Site { get; set; }
    public string? Title { get; set; }
    public string? Trade { get; set; }
    public int? Headcount { get; set; }
    public string? Work { get; set; }
    public string? Conditions { get; set; }
    public PostingPay? Pay { get; set; }
    public string? Lodging { get; set; }
    public IReadOnlyList<string>? Canteen { get; set; }
    public string? Shifts { get; set; }
    public IReadOnlyList<string>? Hazards { get; set; }
    public int? MotionsPerMinute { get; set; }
    public PostingContract? Contract { get; set; }
    public IReadOnlyList<string>? Insurance { get; set; }
    public bool Interview { get; set; }
    public bool Medical { get; set; }
    public DateOnly? ValidFrom { get; set; }
    public DateOnly? ValidTo { get; set; }
    public string? Project { get; set; }
    public string? Grade { get; set; }
    public IReadOnlyList<string>? Languages { get; set; }
    public DateOnly? StartsOn { get; set; }

    public static PostingForm Of(Posting posting) => new()
    {
        EmployerId = posting.EmployerId,
        Site = posting.Site,
        Title = posting.Title,
        Trade = posting.Trade,
        Headcount = posting.Headcount,
        Work = posting.Work,
        Conditions = posting.Conditions,
        Pay = posting.Pay,
        Lodging = posting.Lodging,
        Canteen = posting.Canteen,
        Shifts = posting.Shifts,
        Hazards = posting.Hazards,
        MotionsPerMinute = posting.MotionsPerMinute,
        Contract = posting.Contract,
        Insurance = posting.Insurance,
        Interview = posting.Interview,
        Medical = posting.Medical,
        ValidFrom = posting.ValidFrom,
        ValidTo = posting.ValidTo,
        Project = posting.Project,
        Grade = posting.Grade,
        Languages = posting.Languages,
        StartsOn = posting.StartsOn,
    };
}

internal sealed record Firm(
    Guid Id, long Version, string Name, string? SocialCreditCode, IReadOnlyList<string>? Warnings, FirmSite? Site, bool FujianInvested, FirmContact? Contact, string State,
    string? DecisionReason, DateTimeOffset? RegisteredAt);

internal sealed record FirmSite(string? Division, string? Text, string? Kind, string? DivisionName = null);

internal sealed record FirmContact(string? Name, string? Phone);

internal sealed record FirmForm
{
    public string? Name { get; set; }
    public string? SocialCreditCode { get; set; }
    public FirmSite? Site { get; set; }
    public bool FujianInvested { get; set; }
    public FirmContact? Contact { get; set; }

    /// <summary>An entry to correct. Its telephone number is masked: left blank it stays.</summary>
    public static FirmForm Of(Firm firm) => new()
    {
        Name = firm.Name,
        SocialCreditCode = firm.SocialCreditCode,
        Site = firm.Site,
        FujianInvested = firm.FujianInvested,
        Contact = firm.Contact is null ? null : firm.Contact with { Phone = null },
    };
}
