using LaborBridge.Matching.Books;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Offers;

/// <summary>Takes an open offer back before somebody is hired on it.</summary>
internal static class WithdrawOffer
{
    internal sealed record Request(string? Reason = null);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/api/offers/{id:guid}/withdrawal", (Guid id, Request request, HttpContext http, Requests<MatchingService> requests) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request)))
        .Allow(Role.Station, Role.Employer, Role.Official)
        .WithName("WithdrawOffer");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Request request)
    {
        var offer = await FindOffers.Get(tx, id);
        if (offer is null || !Sight.MaySee(caller, offer))
        {
            return Problem.NotFound();
        }

        var checks = new Checks();
        checks.Longest("reason", request.Reason, longest: 400);
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        await WorkerCopy.Lock(tx, offer.WorkerId);
        if (!await CloseOffer.Without(tx, (await FindOffers.Get(tx, id))!, Offer.Withdrawn, party: null, request.Reason))
        {
            return Problem.Conflict("step-out-of-order", new Text("录用意向已经结束，不能撤回。", "The offer has ended."));
        }

        return await FindOffers.Show(tx, (await FindOffers.Get(tx, id))!);
    }
}
