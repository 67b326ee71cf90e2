using LaborBridge.Portal.Clients;
using LaborBridge.Portal.Tags;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Employer;

/// <summary>A firm writes a posting, or mends one (<c>?id=</c>), with the review's findings beside it while it writes.</summary>
internal sealed class EditPostingModel(EmployersClient employers) : PortalPage
{
    public static readonly string[] HazardCodes = ["heavy", "toxic", "dust", "noise", "heights", "hot", "cold", "dangerous"];
    public static readonly string[] InsuranceCodes = ["pension", "medical", "work-injury", "unemployment", "accident"];

    /// <summary>The posting to mend; a new one without.</summary>
    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid? Id { get; set; }

    /// <summary>The project that a new posting is for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Project { get; set; }

    [BindProperty]
    public PostingForm Form { get; set; } = new();

    [BindProperty]
    public long Version { get; set; }

    /// <summary>One of the firm's further sites: county and address.</summary>
    [BindProperty]
    public string? At { get; set; }

    /// <summary>Why the lists of sites and projects cannot be read now; the form does without them.</summary>
    public Refusal? WithoutLists { get; private set; }

    /// <summary>The firm's further sites and its projects.</summary>
    public IReadOnlyList<Choice> FirmSites { get; private set; } = [];

    public IReadOnlyList<string> Projects { get; private set; } = [];

    public Got<Posting> Loaded { get; private set; } = Got<Posting>.Nothing;

    public Reviewed Reviewed { get; private set; } = new([], MinimumWage: null);

    public string ReviewPath => Query.Of("/employer/postings/new", ("handler", "Review"), ("id", Id));

    public async Task OnGetAsync()
    {
        Form.ValidFrom = Today;
        Form.ValidTo = Today.AddMonths(3);
        Form.Project = Project;
        if (Id is { } id)
        {
            Loaded = await employers.Posting(id);
            if (Loaded.Value is { } posting)
            {
                (Form, Version, Reviewed) = (PostingForm.Of(posting), posting.Version, Reviewed.Of(posting));
            }
        }

        await Load();
        if (Form.Site is { } site && FirmSites.Any(one => one.Value == Key(site.Division, site.Text)))
        {
            (At, Form.Site) = (Key(site.Division, site.Text), null);
        }
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return await Unreadable();
        }

        var form = Complete();
        var got = Id is { } id ? await employers.Change(id, Version, form, Sent) : await employers.Save(form, Sent);
        return await Finish(got, posting => $"/employer/postings/{posting!.Id}", "posting.saved");
    }

    /// <summary>The findings for what stands in the form at this moment; nothing is saved.</summary>
    public async Task<IActionResult> OnPostReviewAsync()
    {
        var got = await employers.Review(Complete(), Sent);
        return got.Refusal is { } refusal ? Partial("_Refusal", refusal) : Partial("_Findings", got.Value!);
    }

    protected override async Task Load()
    {
        var firm = Visitor.Employer ?? Guid.Empty;
        var (sites, projects) = (employers.Sites(firm), employers.Projects(firm, cursor: null));
        WithoutLists = (await sites).Refusal ?? (await projects).Refusal;
        FirmSites = [.. from site in (await sites).Value?.Items ?? []
            select new Choice(Key(site.Division, site.Text), Texts.Joined($"{site.DivisionName} {site.Text}", T.Word("site-kind", site.Kind), site.State == "approved" ? null : T.Word("firm-state", site.State)))];
        Projects = [.. ((await projects).Value?.Items ?? []).Select(project => project.Name)];
    }

    private static string Key(string? division, string? text) => $"{division}|{text}";

    private PostingSite? Site() => At?.Split('|', 2) is [var division, var text] ? new PostingSite(division, text)
        : Form.Site?.Division is null ? null : Form.Site with { Text = Form.Site.Text ?? "" };

    // A site that is left blank is the firm's own; pay without an amount is none.
    private PostingForm Complete() => Form with
    {
        EmployerId = Visitor.Employer ?? Form.EmployerId,
        Site = Site(),
        Pay = Form.Pay?.Guaranteed is null ? null : Form.Pay,
        Contract = Form.Contract?.Form is null ? null : Form.Contract with { Months = Form.Contract.Months ?? 0 },
        Canteen = Form.Canteen ?? [],
        Hazards = Form.Hazards ?? [],
        Insurance = Form.Insurance ?? [],
    };
}
