using System.Text.Json;
using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>
/// A posting is reviewed whenever it is saved (2018 regulation, art. 24) and kept as a draft whatever the review says; only the values themselves must make sense.
/// A live posting that gets an error by a change, or a warning that nobody confirmed, goes back to draft. Seats that are taken stay: the headcount never falls below them.
/// </summary>
internal static class SavePosting
{
    private static readonly Sql Insert = Sql.Insert(
        "postings",
        "id, employer_id, version, state, title, trade, site_division, monthly_guaranteed_fen, lodging, headcount, accepted, valid_from, valid_to, search_text, project, terms, findings, confirmations, created_at");

    private static readonly Sql Update = Sql.Text("""
        UPDATE postings SET version = version + 1, state = @State, title = @Title, trade = @Trade, site_division = @SiteDivision, monthly_guaranteed_fen = @MonthlyGuaranteedFen,
            lodging = @Lodging, headcount = @Headcount, valid_from = @ValidFrom, valid_to = @ValidTo, search_text = @SearchText, project = @Project, terms = @Terms, findings = @Findings
        WHERE id = @Id AND version = @Expected
        """);

    private static readonly Sql KeepVersion = Sql.Insert("posting_versions", "posting_id, version, terms, saved_by, saved_at");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/postings", (PostingTerms terms, HttpContext http, Requests<EmployersService> requests, TimeProvider time) =>
                requests.Write(http, terms, (tx, caller) => Handle(tx, caller, terms, time, http.Language())))
            .Allow(Role.Employer, Role.Station, Role.Official)
            .WithName("SavePosting");
        app.MapPut("/api/postings/{id:guid}", (Guid id, PostingTerms terms, HttpContext http, Requests<EmployersService> requests, TimeProvider time) =>
            {
                var expected = http.IfMatch();
                return requests.Write(http, terms, (tx, caller) => Change(tx, caller, id, expected, terms, time, http.Language()));
            })
            .Allow(Role.Employer, Role.Station, Role.Official)
            .WithName("ChangePosting");
    }

    internal static async Task<Reply> Handle(Tx tx, Caller caller, PostingTerms terms, TimeProvider time, Language language)
    {
        var employer = await FindEmployers.Get(tx, terms.EmployerId);
        if (employer is null || !FindEmployers.MayWorkWith(caller, employer))
        {
            return Problem.NotFound(new Text("没有找到该用人单位，或者它不归您管理。", "No such firm in your care."));
        }

        terms = WithSite(terms, employer);
        if (Check(terms) is { } problem)
        {
            return problem;
        }

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var wage = await MinimumWage.For(tx, terms, ChinaTime.Day(now));
        var findings = Posting.Review(terms, wage);
        await tx.Execute(Insert, Columns(id, terms, findings, Posting.Draft, now, employer.Name));
        await Keep(tx, caller, id, version: 1, terms, now);
        return Reply.Created($"/api/postings/{id}", (await FindPostings.Get(tx, id))!.View(language, whole: true, wage), version: 1);
    }

    internal static async Task<Reply> Change(Tx tx, Caller caller, Guid id, long expected, PostingTerms terms, TimeProvider time, Language language)
    {
        var row = await FindPostings.Get(tx, id);
        var employer = row is null ? null : await FindEmployers.Get(tx, row.EmployerId);
        if (row is null || employer is null || !FindEmployers.MayWorkWith(caller, employer))
        {
            return Problem.NotFound();
        }

        if (row.Version != expected)
        {
            return Problem.StaleVersion();
        }

        if (!Posting.CanChange(row.State))
        {
            return Problem.Conflict("step-out-of-order", new Text("岗位已关闭或过期，请复制后重新发布。", "The posting is closed or expired; copy it instead."));
        }

        terms = WithSite(terms with { EmployerId = row.EmployerId }, employer);
        if (Check(terms) is { } problem)
        {
            return problem;
        }

        if (Posting.CheckHeadcount(terms.Headcount, row.Accepted) is { } tooFew)
        {
            return tooFew;
        }

        var now = time.GetUtcNow();
        var wage = await MinimumWage.For(tx, terms, ChinaTime.Day(now));
        var findings = Posting.Review(terms, wage);
        var barred = Posting.Bar(findings, row.ReadConfirmations()) is not null;
        var state = row.State == Posting.Live && barred ? Posting.Draft : row.State;
        var columns = Columns(id, terms, findings, state, now, employer.Name);
        if (await tx.Execute(Update, new
        {
            columns.Id, columns.State, columns.Title, columns.Trade, columns.SiteDivision, columns.MonthlyGuaranteedFen, columns.Lodging, columns.Headcount,
            columns.ValidFrom, columns.ValidTo, columns.SearchText, columns.Project, columns.Terms, columns.Findings, Expected = expected,
        }) == 0)
        {
            return Problem.StaleVersion();
        }

        await Keep(tx, caller, id, expected + 1, terms, now);
        var changed = (await FindPostings.Get(tx, id))!;
        if (row.State == Posting.Live)
        {
            if (state == Posting.Live)
            {
                await IndexBoard.Put(tx, id);
                PublishPosting.Announce(tx, changed);
            }
            else
            {
                await IndexBoard.Drop(tx, id);
                ClosePosting.Announce(tx, changed, "in-review");
            }
        }

        return Reply.Ok(changed.View(language, whole: true, wage), changed.Version);
    }

    /// <summary>A posting that names no site is for the firm's own.</summary>
    internal static PostingTerms WithSite(PostingTerms terms, EmployerRow employer) =>
        terms.Site is null ? terms with { Site = new PostingSite(employer.SiteDivision, employer.SiteText) } : terms;

    /// <summary>Values that make no sense are refused at once; what is merely missing becomes a finding.</summary>
    internal static Problem? Check(PostingTerms terms)
    {
        var checks = new Checks();
        checks.Longest("title", terms.Title, 60);
        checks.Longest("work", terms.Work, 4000);
        checks.Longest("conditions", terms.Conditions, 4000);
        checks.Longest("project", terms.Project, 100);
        checks.That(Trades.Find(terms.Trade) is not null, "trade", "trade-unknown", "请从工种目录中选择；没有技能要求的选“普工/不限”。", "Choose a trade of the list.");
        checks.That(Employer.IsCounty(terms.Site?.Division), "site.division", "division-unknown", "工作地点须选到县（市、区）。", "Choose the county of the workplace.");
        checks.That(terms.Headcount is null or (>= 1 and <= 10_000), "headcount", "out-of-range", "招聘人数应为1到10000。", "The headcount is 1 to 10,000.");
        checks.That(terms.Pay is null || terms.Pay.Unit is "month" or "hour" or "piece", "pay.unit", "invalid", "计薪方式只能是月薪、时薪或计件。", "Pay is by month, hour or piece.");
        checks.That(terms.Pay is null || (Yuan(terms.Pay.Guaranteed) && (terms.Pay.High is null || (Yuan(terms.Pay.High.Value) && terms.Pay.High >= terms.Pay.Guaranteed))), "pay", "invalid", "工资应为正数，最多两位小数，上限不低于保底。", "Pay is positive, with two decimals at most; the high end is not below the guarantee.");
        checks.That(terms.Lodging is null or "none" or "offered" or "free", "lodging", "invalid", "住宿只能是不提供、提供或免费提供。", "Lodging is none, offered or free.");
        checks.That(Known(terms.Canteen, Posting.Canteens), "canteen", "unknown-value", "伙食只能是食堂、清真餐厅或餐补。", $"The canteen is one of {string.Join(", ", Posting.Canteens)}.");
        checks.That(Known(terms.Hazards, Posting.Hazards), "hazards", "unknown-value", "请从职业危害目录中选择。", $"Hazards are of {string.Join(", ", Posting.Hazards)}.");
        checks.That(Known(terms.Insurance, Posting.Insurances), "insurance", "unknown-value", "请从保险目录中选择。", $"Insurance is of {string.Join(", ", Posting.Insurances)}.");
        checks.That((terms.Languages ?? []).All(language => Kebab.TryParse<SpokenLanguage>(language, out _)), "languages", "unknown-value",
            $"不能识别的语言，可填：{string.Join("、", Enum.GetValues<SpokenLanguage>().Select(language => $"{Kebab.Of(language)}（{Words.Chinese(language)}）"))}。",
            $"Languages are of {string.Join(", ", Kebab.All<SpokenLanguage>())}.");
        checks.That(terms.Contract is null || (terms.Contract.Form is "direct" or "dispatch" or "internship" && terms.Contract.Months is >= 0 and <= 120), "contract", "invalid", "用工形式只能是直签、派遣或实习。", "The contract is direct, dispatch or internship.");
        checks.That(terms.ValidFrom is null || terms.ValidTo is null || terms.ValidTo > terms.ValidFrom, "validTo", "invalid", "截止日期应晚于开始日期。", "The validity ends after it begins.");
        return checks.Problem;

        static bool Known(IReadOnlyList<string>? given, string[] known) => (given ?? []).All(known.Contains);
        static bool Yuan(decimal amount) => amount >= 0 && Money.TryFromYuan(amount, out _);
    }

    private static PostingColumns Columns(Guid id, PostingTerms terms, IReadOnlyList<Finding> findings, string state, DateTimeOffset now, string employer) => new()
    {
        Id = id,
        EmployerId = terms.EmployerId,
        Version = 1,
        State = state,
        Title = terms.Title?.Trim() ?? "",
        Trade = terms.Trade!,
        SiteDivision = terms.Site!.Division,
        MonthlyGuaranteedFen = terms.Pay is null ? 0 : Posting.MonthlyFen(terms.Pay),
        Lodging = terms.Lodging ?? "none",
        Headcount = terms.Headcount ?? 0,
        ValidFrom = terms.ValidFrom,
        ValidTo = terms.ValidTo,
        SearchText = string.Join(' ', terms.Title, employer, Trades.Find(terms.Trade)?.Chinese, string.Join(' ', Trades.Find(terms.Trade)?.Synonyms ?? []), terms.Work, terms.Site.Text, Divisions.FullName(DivisionCode.Parse(terms.Site.Division))),
        Project = string.IsNullOrWhiteSpace(terms.Project) ? null : terms.Project.Trim(),
        Terms = JsonSerializer.Serialize(terms, JsonText.Options),
        Findings = JsonSerializer.Serialize(findings, JsonText.Options),
        CreatedAt = now,
    };

    internal static Task Keep(Tx tx, Caller caller, Guid id, long version, PostingTerms terms, DateTimeOffset now) =>
        tx.Execute(KeepVersion, new { PostingId = id, Version = version, Terms = JsonSerializer.Serialize(terms, JsonText.Options), SavedBy = caller.Subject, SavedAt = now });

    private sealed class PostingColumns
    {
        public required Guid Id { get; init; }
        public required Guid EmployerId { get; init; }
        public required long Version { get; init; }
        public required string State { get; init; }
        public required string Title { get; init; }
        public required string Trade { get; init; }
        public required string SiteDivision { get; init; }
        public required long MonthlyGuaranteedFen { get; init; }
        public required string Lodging { get; init; }
        public required int Headcount { get; init; }
        public int Accepted { get; init; }
        public required DateOnly? ValidFrom { get; init; }
        public required DateOnly? ValidTo { get; init; }
        public required string SearchText { get; init; }
        public required string? Project { get; init; }
        public required string Terms { get; init; }
        public required string Findings { get; init; }
        public string Confirmations { get; init; } = "[]";
        public required DateTimeOffset CreatedAt { get; init; }
    }
}
