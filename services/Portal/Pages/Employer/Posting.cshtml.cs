using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Mvc;

namespace LaborBridge.Portal.Pages.Employer;

/// <summary>One posting of the firm: hand in with reasons for its warnings, close.</summary>
internal sealed class PostingModel(EmployersClient employers) : PortalPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public Got<Posting> Posting { get; private set; } = Got<Posting>.Nothing;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostSubmitAsync(List<Confirmation> confirmations) =>
        await Finish(await employers.Submit(Id, confirmations, Sent), _ => $"/employer/postings/{Id}", "posting.submitted");

    public async Task<IActionResult> OnPostCloseAsync() => await Finish(await employers.Close(Id, Sent), _ => $"/employer/postings/{Id}", "posting.has-closed");

    public async Task<IActionResult> OnPostCopyAsync() => await Finish(await employers.Copy(Id, Sent), copy => $"/employer/postings/new?id={copy!.Id}", "posting.copied");

    protected override async Task Load() => Posting = await employers.Posting(Id);
}
