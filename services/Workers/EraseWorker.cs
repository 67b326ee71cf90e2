using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters;
using LaborBridge.Workers.Duplicates;
using LaborBridge.Workers.Transfers;

namespace LaborBridge.Workers;

/// <summary>
/// Erases the person and keeps the pseudonymous id: name, ID, phones, address, health and numbers go, consents end, roster rows and files that hold the person go, the home stays to
/// the county for statistics. Answers kept for repeated requests lose their content. Not while a spell of work runs: its contract must be kept (domain.md 7).
/// </summary>
internal static class EraseWorker
{
    internal sealed record Request(string? Reason = null);

    internal sealed record Erasure(Guid Id, long Version, string Status, bool Erased);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/workers/{id:guid}/erasure",
        (Guid id, Request request, HttpContext http, Requests<WorkersService> requests, WorkerWriter writer) =>
            requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, writer)))
        .Allow(Role.Station, Role.Official).WithName("EraseWorker").Produces<Erasure>();

    public static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, WorkerWriter writer)
    {
        var (before, refusal) = await Locked.ForChange(tx, caller, id);
        if (before is null)
        {
            return refusal!;
        }

        if (Worker.IsWorking(before.Status))
        {
            return Problem.Conflict("placement-running", new Text(
                "此人正在务工，其合同资料依法须保存；离岗后才能删除个人信息。", "A spell of work is running and its contract must be kept; erase after it has ended."));
        }

        foreach (var absorbed in await DuplicateRow.MergedWith(tx, id))
        {
            await Erase(tx, caller, (await WorkerStore.Lock(tx, absorbed))!, writer);
        }

        var row = await Erase(tx, caller, before, writer);
        return Reply.Ok(new Erasure(row.Id, row.Version, row.Status, row.Erased), row.Version);
    }

    // A record that was merged into this one is the same person's: it goes with it.
    internal static async Task<WorkerRow> Erase(Tx tx, Caller caller, WorkerRow before, WorkerWriter writer)
    {
        var id = before.Id;
        var active = (await WorkerStore.Consents(tx, id)).Where(row => row.WithdrawnAt is null).ToList();
        var row = await writer.Withdraw(tx, caller.Name, before, active, active);
        row = await writer.Settle(tx, row, row with
        {
            Version = row.Version + 1, IdHash = $"erased:{id:D}", NameHash = "", TailHash = "", StartHash = "", Name = null, ResidentId = null, Phones = null, AddressText = null,
            Health = null, EthnicGroup = null, Hukou = row.Hukou[..6], AddressDivision = null, HomeDivision = row.HomeDivision[..6], HouseholdNumber = null,
            PersonNumber = null, RelationToHead = null, Skills = "[]", Certificates = "[]", SelfGroups = "[]", Wishes = null, OutReason = "erased",
        });
        await WorkerStore.DropTerms(tx, [id]);
        await WorkerStore.DropTrades(tx, [id]);
        await DuplicateRow.Forget(tx, id);
        await TransferRow.Forget(tx, id);
        await PersonInRosters.Erase(tx, id);
        await WorkerStore.InsertSteps(tx, [writer.Step(id, "erased", caller.Name)]);
        await Idempotency.Blank(tx, $"/api/workers/{id:D}");
        tx.Append(new WorkerErased(id), id);
        return row;
    }
}
