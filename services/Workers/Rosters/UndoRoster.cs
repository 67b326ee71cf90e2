using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Jobs;

namespace LaborBridge.Workers.Rosters;

/// <summary>Takes an import back, row by row, where nobody has acted on the row since: the others stay and are counted as kept.</summary>
internal static class UndoRoster
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/rosters/{id:guid}/undo",
        (Guid id, HttpContext http, Requests<WorkersService> requests, UploadVault vault, RosterSignal signal, TimeProvider time) =>
            requests.Write(http, request: null, (tx, caller) => Handle(tx, caller, id, vault, signal, time)))
        .Allow(Role.Collector, Role.Station).WithName("UndoRoster");

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, UploadVault vault, RosterSignal signal, TimeProvider time)
    {
        if (await RosterStore.Lock(tx, caller, id) is not { } roster)
        {
            return Problem.NotFound();
        }

        if (roster is not { Phase: RosterWords.Store, State: RosterWords.Done or RosterWords.Failed })
        {
            return Problem.Conflict("step-out-of-order", new Text("只有已导入且尚未撤销的花名册才能撤销。", "Only a roster that was imported and not taken back yet can be undone."));
        }

        await RosterStore.RestartUndo(tx, id);
        tx.AfterCommit(signal.Wake);
        return Reply.Accepted($"/api/rosters/{id}", RosterView.Of((await RosterStore.Find(tx, id))!, vault, time.GetUtcNow()));
    }
}
