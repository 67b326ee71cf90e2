using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>Withdraws a consent: use stops from this moment (PIPL art. 15). <c>If-Match</c> takes the consent's own version, so that nobody's edit of the record can delay it.</summary>
internal static class WithdrawConsent
{
    public static void Map(IEndpointRouteBuilder app) => app.MapDelete("/api/workers/{id:guid}/consents/{consentId:guid}",
        (Guid id, Guid consentId, HttpContext http, Requests<WorkersService> requests, WorkerWriter writer) =>
            requests.Write(http, new { id, consentId }, (tx, caller) => Handle(tx, caller, id, consentId, http.IfMatch(), writer)))
        .Allow(Role.Collector, Role.Station).WithName("WithdrawConsent").Produces(StatusCodes.Status204NoContent);

    public static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Guid consentId, long version, WorkerWriter writer)
    {
        var (before, refusal) = await Locked.ForChange(tx, caller, id);
        if (before is null)
        {
            return refusal!;
        }

        var consents = await WorkerStore.Consents(tx, id);
        var consent = consents.Find(row => row.Id == consentId);
        if (consent is null)
        {
            return Problem.NotFound();
        }

        if (consent.Version != version)
        {
            return Problem.StaleVersion();
        }

        if (consent.WithdrawnAt is not null)
        {
            return Reply.NoContent();
        }

        await writer.Withdraw(tx, caller.Name, before, [.. consents.Where(row => row.WithdrawnAt is null)], [consent]);
        return Reply.NoContent();
    }
}
