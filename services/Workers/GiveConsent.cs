using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>Records a consent. One that is in force already is answered again instead of being doubled.</summary>
internal static class GiveConsent
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/workers/{id:guid}/consents",
        (Guid id, ConsentBody request, HttpContext http, Requests<WorkersService> requests, WorkerWriter writer, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, request, writer, time)))
        .Allow(Role.Collector, Role.Station).WithName("GiveConsent").Produces<ConsentView>(StatusCodes.Status201Created);

    public static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, ConsentBody request, WorkerWriter writer, TimeProvider time)
    {
        var (before, refusal) = await Locked.ForChange(tx, caller, id);
        if (before is null)
        {
            return refusal!;
        }

        var checks = new Checks();
        var consent = request.Check(checks, "", ChinaTime.Today(time));
        if (checks.Problem is { } problem)
        {
            return problem;
        }

        await writer.Consent(tx, caller, before, [consent]);
        var row = (await WorkerStore.Consents(tx, id)).First(row => row.WithdrawnAt is null && (row.Purpose, row.Receiver) == (consent.Purpose, consent.Receiver));
        return Reply.Created($"/api/workers/{id}/consents/{row.Id}", ConsentView.Of(row), row.Version);
    }
}
