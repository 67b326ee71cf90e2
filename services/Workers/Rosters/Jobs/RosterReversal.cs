using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Verdicts;

namespace LaborBridge.Workers.Rosters.Jobs;

/// <summary>
/// Takes an import back: who was new is removed, what was changed gets its former values, spells are withdrawn or reported as before, consents read from the
/// sheet end. A row on which somebody acted since stays: the worker was changed, gave a consent, was trained or placed.
/// </summary>
internal sealed class RosterReversal(Db<WorkersService> db, WorkerWriter writer, Sealing sealing)
{
    private static readonly Sql SelectConsented = Sql.Text("SELECT DISTINCT worker_id FROM consents WHERE worker_id IN @Ids");

    private static readonly Sql SelectTrained = Sql.Text("SELECT DISTINCT worker_id FROM trainings WHERE worker_id IN @Ids");

    private static readonly Sql SelectPlaced = Sql.Text("SELECT worker_id AS id, COUNT(*) AS placements FROM worker_placements WHERE worker_id IN @Ids GROUP BY worker_id");

    private static readonly Sql DeleteSteps = Sql.Text("DELETE FROM worker_steps WHERE worker_id IN @Ids");

    /// <summary>Runs to the end, from the last row taken back.</summary>
    public async Task Run(Roster roster, string me, CancellationToken stop)
    {
        var caller = new Caller(
            roster.UploadedBy, roster.UploaderName, Kebab.Parse<Role>(roster.UploaderRole), roster.StationId, Employer: null, Stored.Read<List<string>>(roster.Divisions));
        for (var after = roster.LastLine; ;)
        {
            stop.ThrowIfCancellationRequested();
            var rows = await db.Read(tx => RosterStore.StoredRows(tx, roster.Id, after, PortionReader.Size), stop);
            if (rows.Count == 0)
            {
                return;
            }

            var (from, last) = (after, rows[^1].RowNumber);
            await db.Write(tx => Reverse(tx, roster, me, caller, rows, from, last), repeatable: true, stop, many: true);
            after = last;
        }
    }

    private async Task Reverse(Tx tx, Roster roster, string me, Caller caller, IReadOnlyList<RosterRow> rows, int from, int last)
    {
        var entries = rows.Select(row => new Entry(row, row.Undo is null ? null : Stored.Read<UndoNote>(row.Undo))).ToList();
        var workers = await WorkerStore.Lock(tx, [.. rows.Select(row => row.WorkerId!.Value)]);
        var acted = await Acted(tx, [.. entries.Where(entry => entry.IsNew)]);
        var free = entries.Where(entry => workers.TryGetValue(entry.Worker, out var worker) && !worker.Erased && worker.Version == entry.Row.WorkerVersion && !acted.Contains(entry.Worker)).ToList();
        var stale = await Restore(tx, caller, free, workers);
        var undone = free.Where(entry => !stale.Contains(entry.Worker)).ToList();
        await TakeBackSpells(tx, roster, undone);
        await Remove(tx, [.. undone.Where(entry => entry.IsNew).Select(entry => entry.Worker)]);
        var done = undone.Select(entry => entry.Row.RowNumber).ToHashSet();
        await RosterStore.MarkRowsUndone(tx, [.. rows.Select(row => row with { Undone = done.Contains(row.RowNumber) ? "undone" : "kept" })]);
        await RosterLease.Advance(tx, roster.Id, me, from, last, new Tally(Undone: done.Count, Kept: rows.Count - done.Count));
    }

    private static async Task<HashSet<Guid>> Acted(Tx tx, IReadOnlyList<Entry> added)
    {
        if (added.Count == 0)
        {
            return [];
        }

        var ids = new { Ids = added.Select(entry => entry.Worker.ToString("D")) };
        var acted = (await tx.Query<Guid>(SelectConsented, ids)).ToHashSet();
        acted.UnionWith(await tx.Query<Guid>(SelectTrained, ids));
        // The spell that the row itself told of has become a placement by now.
        var own = added.ToDictionary(entry => entry.Worker, entry => entry.Note?.Spells?.Count ?? 0);
        acted.UnionWith((await tx.Query<Placed>(SelectPlaced, ids)).Where(placed => placed.Placements > own[placed.Id]).Select(placed => placed.Id));
        return acted;
    }

    private async Task<HashSet<Guid>> Restore(Tx tx, Caller caller, IReadOnlyList<Entry> free, Dictionary<Guid, WorkerRow> workers)
    {
        var prepared = new List<PreparedWorker>();
        foreach (var entry in free)
        {
            var now = workers[entry.Worker];
            if (entry.Note?.ConsentAt is { } given)
            {
                var active = (await WorkerStore.Consents(tx, now.Id)).Where(consent => consent.WithdrawnAt is null).ToList();
                now = await writer.Withdraw(tx, caller.Name, now, active, [.. active.Where(consent => Same(consent.RecordedAt, given) && consent.RecordedBy == caller.Subject)]);
            }

            if (entry.Note?.Before is { } before && sealing.Open(before) is { } person)
            {
                prepared.Add(writer.PrepareChange(caller, now, WorkerFacts.Of(before, person) with { HouseholdStatuses = entry.Note.Statuses }));
            }
        }

        var results = prepared.Count == 0 ? [] : await writer.Correct(tx, caller, prepared);
        return [.. prepared.Where((_, i) => results[i].Refusal != Refusal.None).Select(worker => worker.Row.Id)];
    }

    private static async Task TakeBackSpells(Tx tx, Roster roster, IReadOnlyList<Entry> undone)
    {
        var known = await RosterStore.SpellsOf(tx, [.. undone.Where(entry => entry.Note?.Spells is { Count: > 0 }).Select(entry => entry.Worker)]);
        var withdrawn = new List<SpellRow>();
        var restored = new List<SpellRow>();
        foreach (var change in undone.SelectMany(entry => entry.Note?.Spells ?? []))
        {
            // A later roster may have told of the spell again: then it is that roster's.
            if (known[change.After.WorkerId].Any(spell => spell.SpellId == change.After.SpellId && spell.RosterId == roster.Id))
            {
                (change.Before is null ? withdrawn : restored).Add(change.Before ?? change.After);
            }
        }

        await RosterStore.DropSpells(tx, [.. withdrawn.Select(spell => spell.SpellId)]);
        await RosterStore.SaveSpells(tx, restored);
        foreach (var spell in withdrawn)
        {
            tx.Append(new SelfFoundSpellWithdrawn(spell.SpellId, spell.WorkerId, "roster-undone"), spell.WorkerId);
        }

        foreach (var spell in restored)
        {
            tx.Append(PortionWriter.Reported(spell), spell.WorkerId);
        }
    }

    private static async Task Remove(Tx tx, IReadOnlyList<Guid> added)
    {
        if (added.Count == 0)
        {
            return;
        }

        await WorkerStore.Delete(tx, added);
        await tx.Execute(DeleteSteps, new { Ids = added.Select(id => id.ToString("D")) });
        foreach (var id in added)
        {
            tx.Append(new WorkerErased(id), id);
        }
    }

    // Instants are stored to the microsecond.
    private static bool Same(DateTimeOffset a, DateTimeOffset b) => (a - b).Duration() < TimeSpan.FromMicroseconds(2);

    private sealed record Entry(RosterRow Row, UndoNote? Note)
    {
        public Guid Worker => Row.WorkerId!.Value;

        public bool IsNew => Row.Verdict == Kebab.Of(Verdict.New);
    }

    private sealed record Placed
    {
        public required Guid Id { get; init; }
        public required long Placements { get; init; }
    }
}
