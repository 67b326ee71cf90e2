using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>Checks a text without saving it, while a firm writes.</summary>
internal static class ReviewPosting
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/postings/review", (PostingTerms terms, HttpContext http) =>
            Results.Json(new { findings = PostingRow.Show(Posting.Review(terms), http.Language()) }, JsonText.Options))
        .Allow(Role.Employer, Role.Station, Role.Official)
        .WithName("ReviewPosting");
}
