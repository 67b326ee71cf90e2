using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Jobs;

namespace LaborBridge.Workers.Rosters;

/// <summary>Imports the good rows of a roster after its dry run; each row is judged again, since the register may have moved on.</summary>
internal static class CommitRoster
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/rosters/{id:guid}/commit",
        (Guid id, HttpContext http, Requests<WorkersService> requests, UploadVault vault, RosterSignal signal, TimeProvider time) =>
            requests.Write(http, request: null, (tx, caller) => Handle(tx, caller, id, vault, signal, time)))
        .Allow(Role.Collector, Role.Station).WithName("CommitRoster");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, UploadVault vault, RosterSignal signal, TimeProvider time)
    {
        if (await RosterStore.Lock(tx, caller, id) is not { } roster)
        {
            return Problem.NotFound();
        }

        if (roster is not { Phase: RosterWords.Check, State: RosterWords.Done })
        {
            return Problem.Conflict("step-out-of-order", new Text(
                "只有预检完成且尚未导入的花名册才能导入。", "Only a roster whose dry run is done and which was not imported yet can be committed."));
        }

        if (!await UploadVault.Exists(tx, id))
        {
            return PersonInRosters.FileGone();
        }

        await RosterStore.Restart(tx, id, RosterWords.Store, RosterWords.Commit);
        tx.AfterCommit(signal.Wake);
        return Reply.Accepted($"/api/rosters/{id}", RosterView.Of((await RosterStore.Find(tx, id))!, vault, time.GetUtcNow()));
    }
}
