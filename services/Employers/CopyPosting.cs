using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers;

/// <summary>Last season's posting again, as a draft of its own with a validity of its own: what was written then is reviewed by today's rules, and nothing of its course comes along.</summary>
internal static class CopyPosting
{
    internal sealed record Request(DateOnly? ValidFrom = null, DateOnly? ValidTo = null, int? Headcount = null);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/postings/{id:guid}/copy", (Guid id, Request? request, HttpContext http, Requests<EmployersService> requests, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request ?? new Request(), time, http.Language())))
        .Allow(Role.Employer, Role.Station, Role.Official)
        .WithName("CopyPosting");

    private static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Request request, TimeProvider time, Language language)
    {
        if (await FindPostings.Get(tx, id) is not { } row)
        {
            return Problem.NotFound();
        }

        var (terms, today) = (row.ReadTerms(), ChinaTime.Today(time));
        var from = request.ValidFrom ?? today;
        var length = terms is { ValidFrom: { } began, ValidTo: { } ended } ? ended.DayNumber - began.DayNumber : 90;
        var copy = terms with { ValidFrom = from, ValidTo = request.ValidTo ?? from.AddDays(length), StartsOn = null, Headcount = request.Headcount ?? terms.Headcount };
        return await SavePosting.Handle(tx, caller, copy, time, language);
    }
}
