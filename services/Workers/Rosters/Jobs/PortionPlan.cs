using LaborBridge.Contracts;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Verdicts;

namespace LaborBridge.Workers.Rosters.Jobs;

/// <summary>What shall be written for a row; <see cref="Worker"/> is encrypted already, null in a dry run or when the worker stays as he is.</summary>
internal sealed record PlannedRow(ReadRow Row, Decision Decision, Guid? WorkerId, Known? Known, IReadOnlyList<DatedStatus> Statuses, PreparedWorker? Worker);

/// <summary>Asks the register about a portion, one query each for workers, spells, consents and households, and decides on each row.</summary>
internal sealed class PortionPlanner(Db<WorkersService> db, Sealing sealing, WorkerWriter writer, TimeProvider time)
{
    public async Task<IReadOnlyList<PlannedRow>> Plan(Guid roster, Caller caller, ReadPortion portion, bool stores, CancellationToken cancel)
    {
        var open = portion.Rows.Where(row => row.Decided is null).ToList();
        var companions = open.Select(row => row.Wish?.With is { } id ? sealing.IdHash(id) : null).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var register = await db.Read(tx => Ask(tx, open, companions), cancel);
        var households = register.Households.ToDictionary(row => row.Key, row => WorkerStore.Of(row.Value), StringComparer.Ordinal);
        return [.. portion.Rows.Select(row => row.Decided is { } verdict
            ? new PlannedRow(row, new Decision(verdict, row.Findings), WorkerId: null, Known: null, [], Worker: null)
            : Decide(roster, caller, row, register, households, stores))];
    }

    private PlannedRow Decide(
        Guid roster, Caller caller, ReadRow row, Register register, Dictionary<string, IReadOnlyList<DatedStatus>> households, bool stores)
    {
        var known = register.Workers.TryGetValue(row.IdHash, out var worker) && sealing.Open(worker) is { } person
            ? new Known(worker, WorkerFacts.Of(worker, person), [.. register.Spells[worker.Id]], [.. register.Consents[worker.Id]])
            : null;
        var id = known?.Row.Id ?? Guid.CreateVersion7(time.GetUtcNow());
        var number = row.Household?.HouseholdNumber ?? known?.Row.HouseholdNumber;
        var statuses = number is null ? [] : households.GetValueOrDefault(number) ?? [];
        var decision = row.Household is { } entry
            ? HouseholdDecision.Of(entry, row.Findings, known, statuses, caller, roster, id)
            : WishDecision.Of(row.Wish!, row.Findings, known, Companion(row.Wish!, register, caller), caller);
        if (!stores || decision.Verdict is not (Verdict.New or Verdict.Updated))
        {
            return new PlannedRow(row, decision, known?.Row.Id, known, statuses, Worker: null);
        }

        var prepared = decision.Facts is null ? null : known is null ? writer.Prepare(caller, decision.Facts) : writer.PrepareChange(caller, known.Row, decision.Facts);
        if (known is null && prepared is not null && decision.Spells is { Count: > 0 })
        {
            // The id of a new worker is the writer's, and a spell's id follows from it.
            decision = HouseholdDecision.Of(row.Household!, row.Findings, known, statuses, caller, roster, prepared.Row.Id);
        }

        return new PlannedRow(row, decision, known?.Row.Id ?? prepared?.Row.Id, known, statuses, prepared);
    }

    private Guid? Companion(WishEntry entry, Register register, Caller caller) =>
        entry.With is { } id && register.Workers.TryGetValue(sealing.IdHash(id), out var companion) && Sight.Sees(caller, companion) ? companion.Id : null;

    private static async Task<Register> Ask(Tx tx, List<ReadRow> open, List<string> companions)
    {
        string[] hashes = [.. open.Select(row => row.IdHash).Concat(companions).Distinct(StringComparer.Ordinal)];
        var workers = hashes.Length == 0 ? [] : await WorkerStore.FindByIdHash(tx, hashes);
        var ids = workers.Values.Select(worker => worker.Id).ToList();
        var numbers = open.Select(row => row.Household?.HouseholdNumber).Concat(workers.Values.Select(worker => worker.HouseholdNumber)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var consents = ids.Count > 0 && open.Exists(row => row.Wish is not null) ? await WorkerStore.Consents(tx, ids) : [];
        return new Register(workers, await RosterStore.SpellsOf(tx, ids), consents.ToLookup(consent => consent.WorkerId), await WorkerStore.Households(tx, numbers));
    }

    private sealed record Register(
        Dictionary<string, WorkerRow> Workers, ILookup<Guid, SpellRow> Spells, ILookup<Guid, ConsentRow> Consents, Dictionary<string, HouseholdRow> Households);
}
