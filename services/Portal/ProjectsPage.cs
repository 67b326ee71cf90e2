using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal;

/// <summary>A firm's projects: the posts planned by day and group, beside what its postings of that name offer.</summary>
internal abstract class ProjectsPage(EmployersClient employers) : FirmPart(employers)
{
    private const int FreeLines = 3;

    [BindProperty]
    public ProjectForm Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Got<ListOf<Project>> Projects { get; private set; } = Got<ListOf<Project>>.Nothing;

    /// <summary>What stands in a form: what was typed into it just now, else what is stored.</summary>
    public ProjectForm Shown(string form, Project? project) =>
        form == SentForm && (Problem is not null || !ModelState.IsValid) ? Form : project is null ? new ProjectForm() : ProjectForm.Of(project);

    /// <summary>The lines of a plan, with some to fill in below.</summary>
    public static IReadOnlyList<PlanLine> Lines(ProjectForm form) => [.. form.Planned ?? [], .. Enumerable.Range(0, FreeLines).Select(_ => new PlanLine())];

    public async Task<IActionResult> OnPostAsync() => ModelState.IsValid
        ? await Finish(await Employers.AddProject(FirmId, Complete(), Sent), _ => $"{FirmPath}/projects", "project.saved")
        : await Unreadable();

    public async Task<IActionResult> OnPostChangeAsync(Guid project, long version) => ModelState.IsValid
        ? await Finish(await Employers.ChangeProject(project, version, Complete(), Sent), _ => $"{FirmPath}/projects", "project.saved")
        : await Unreadable();

    protected override async Task Load()
    {
        var projects = Employers.Projects(FirmId, Cursor);
        await base.Load();
        Projects = await projects;
    }

    // Lines left blank are none; those kept move up, also in the form, so that errors find them. A site left blank is the firm's first.
    private ProjectForm Complete() => Form = Form with
    {
        Planned = [.. (Form.Planned ?? []).Where(line => !line.Blank)],
        Site = string.IsNullOrEmpty(Form.Site?.Division) ? null : Form.Site,
    };
}
