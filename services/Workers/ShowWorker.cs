using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Duplicates;

namespace LaborBridge.Workers;

/// <summary>Shows one worker, as much of him as the caller may see; what lies outside the caller's sight does not exist.</summary>
internal static class ShowWorker
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/api/workers/{id:guid}",
        (Guid id, HttpContext http, Requests<WorkersService> requests, Sealing sealing, DisclosureLog disclosures, TimeProvider time) =>
            requests.Read(http, (tx, caller) => Handle(tx, caller, id, sealing, disclosures, time)))
        .Allow(Role.Collector, Role.Station, Role.Official, Role.Employer, Role.Admin).WithName("ShowWorker").Produces<WorkerView>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, Sealing sealing, DisclosureLog disclosures, TimeProvider time)
    {
        if (await WorkerStore.Find(tx, caller, id) is not { } row)
        {
            return Problem.NotFound();
        }

        if (caller.Role == Role.Employer)
        {
            if (DisclosedWorker.Of(row, sealing.Open(row)) is not { } disclosed)
            {
                return Problem.NotFound();
            }

            await disclosures.Note(tx, caller, [disclosed]);
            return Reply.Ok(disclosed);
        }

        var statuses = await WorkerStore.Statuses(tx, row.HouseholdNumber);
        var consents = await WorkerStore.Consents(tx, id);
        var into = row.OutReason == DuplicateRow.OutReason ? await DuplicateRow.MergedInto(tx, id) : null;
        return Reply.Ok(WorkerView.Of(caller, row, sealing.Open(row), statuses, consents, ChinaTime.Today(time)) with { MergedInto = into }, row.Version);
    }
}
