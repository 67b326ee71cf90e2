using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Transfers;

/// <summary>The requests that concern the caller: those asked of him and those that he asked, newest first.</summary>
internal static class FindTransfers
{
    private static readonly string[] States = [TransferRow.Open, TransferRow.Granted, TransferRow.Refused, TransferRow.Withdrawn];

    private static readonly Sql SelectWorkers = Sql.Text($"SELECT {WorkerStore.Columns} FROM workers w WHERE w.id IN @Ids");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/transfers", (HttpContext http, Requests<WorkersService> requests, Sealing sealing, string? state = null) =>
            requests.Read(http, (tx, caller) => List(tx, caller, state ?? "", PageRequest.From(http), sealing)))
            .Allow(Role.Station, Role.Official).WithName("FindTransfers").Produces<Paged<TransferView>>();
        app.MapGet("/api/transfers/{id:guid}", (Guid id, HttpContext http, Requests<WorkersService> requests, Sealing sealing) =>
            requests.Read(http, async (tx, caller) => await TransferRow.Find(tx, caller, id) is { } row && (await Show(tx, caller, [row], sealing)) is [var view]
                ? Reply.Ok(view, view.Version) : Problem.NotFound()))
            .Allow(Role.Station, Role.Official).WithName("ShowTransfer").Produces<TransferView>();
    }

    private static async Task<Reply> List(Tx tx, Caller caller, string state, PageRequest page, Sealing sealing)
    {
        if (state.Length > 0 && !States.Contains(state, StringComparer.Ordinal))
        {
            var checks = new Checks();
            Note.UnknownWord(checks, "state", state, States);
            return checks.Problem!;
        }

        var paged = Paged.From(page, await TransferRow.Find(tx, caller, state, page), row => row.Id.ToString("D"), row => row);
        return Reply.Ok(new Paged<TransferView>(await Show(tx, caller, paged.Items, sealing), paged.Next));
    }

    private static async Task<IReadOnlyList<TransferView>> Show(Tx tx, Caller caller, IReadOnlyList<TransferRow> rows, Sealing sealing)
    {
        var ids = rows.Select(row => row.WorkerId.ToString("D")).Distinct(StringComparer.Ordinal).ToList();
        var workers = ids.Count == 0 ? [] : (await tx.Query<WorkerRow>(SelectWorkers, new { Ids = ids })).ToDictionary(worker => worker.Id);
        return [.. rows.Select(row => TransferView.Of(caller, row, workers[row.WorkerId], sealing.Open(workers[row.WorkerId])))];
    }
}
