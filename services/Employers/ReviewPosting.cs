using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>Checks a text without saving it, while a firm writes: the findings are those that saving it would give.</summary>
internal static class ReviewPosting
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/postings/review", (PostingTerms terms, HttpContext http, Requests<EmployersService> requests, TimeProvider time) =>
            requests.Read(http, (tx, caller) => Handle(tx, caller, terms, ChinaTime.Today(time), http.Language())))
        .Allow(Role.Employer, Role.Station, Role.Official)
        .WithName("ReviewPosting");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, PostingTerms terms, DateOnly today, Language language)
    {
        var employer = await FindEmployers.Get(tx, terms.EmployerId);
        var whole = employer is not null && FindEmployers.MayWorkWith(caller, employer) ? SavePosting.WithSite(terms, employer) : terms;
        var wage = await MinimumWage.For(tx, whole, today);
        return Reply.Ok(new { findings = PostingRow.Show(Posting.Review(whole, wage), language), minimumWage = wage.View(language) });
    }
}
