using LaborBridge.Contracts;
using LaborBridge.Persistence;
using LaborBridge.Placements.Ledger;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Copies;

/// <summary>
/// Spells that a roster reports, at month grain, under the spell's own id. Reported again with other terms, the roster's entries are taken back and the new ones take their
/// place; what stations and firms recorded meanwhile stays. Beside another running placement of the worker a reported spell does not run: it ends with the
/// months reported.
/// </summary>
internal static class FollowRosters
{
    const string Recorder = "roster";

    internal static async Task Apply(Tx tx, SelfFoundSpellReported e, TimeProvider time)
    {
        var worker = await WorkerCopy.Lock(tx, e.WorkerId);
        var works = (await PlacementRow.OfWorker(tx, e.WorkerId)).Exists(other => other.Running && other.Id != e.SpellId);
        var told = Entries(works && e.EndedOn is null ? e with { EndedOn = e.StartedOn.AddMonths(Math.Max(e.Months, 1)).AddDays(-1) } : e).ToList();
        if (await PlacementRow.Find(tx, e.SpellId) is not { } row)
        {
            await Moves.Open(tx, time, told[0], e.WorkplaceText, worker.HomeDivision, told[1..]);
            return;
        }

        await LedgerLog.Write(tx);
        var course = await LedgerLog.Of(tx, e.SpellId);
        var before = PlacementHistory.Live(course).Where(entry => entry.Recorder == Recorder).ToList();
        if (before.Select(Bare).SequenceEqual(told.Select(Bare)))
            return;
        var next = course[^1].Position;
        var changes = before.Select(entry => TakeBack(entry, "re-reported", time)).ToList<LedgerEntry>();
        foreach (var entry in told)
        {
            var instead = before.Find(old => old.Kind == entry.Kind)?.Position ?? course.FirstOrDefault(old => old.Kind == entry.Kind && old.Recorder == Recorder)?.Position;
            changes.Add(entry with { Of = instead });
        }

        foreach (var change in changes)
            tx.Record(time, change);
        var after = PlacementHistory.Fold([.. course, .. changes.Select(change => change with { Position = ++next })]);
        await Moves.Correct(tx, PlacementRow.Of(row.ToPlacement(), e.WorkplaceText, row.Version, worker.HomeDivision), after, ChinaTime.Today(time));
    }

    internal static async Task Apply(Tx tx, SelfFoundSpellWithdrawn e, TimeProvider time)
    {
        await WorkerCopy.Lock(tx, e.WorkerId);
        if (await PlacementRow.Find(tx, e.SpellId) is not { } row)
            return;
        await LedgerLog.Write(tx);
        var told = PlacementHistory.Live(await LedgerLog.Of(tx, e.SpellId)).Where(entry => entry.Recorder == Recorder).ToList();
        if (told.Count == 0)
            return;
        foreach (var entry in told)
            tx.Record(time, TakeBack(entry, e.Reason, time));
        await Moves.Correct(tx, row, after: null, ChinaTime.Today(time));
    }

    static LedgerEntry TakeBack(LedgerEntry entry, string reason, TimeProvider time) => new()
    {
        Kind = EntryKind.Correction,
        On = ChinaTime.Today(time),
        Worker = entry.Worker,
        Placement = entry.Placement,
        Recorder = Recorder,
        Of = entry.Position,
        Reason = reason,
    };

    static IEnumerable<LedgerEntry> Entries(SelfFoundSpellReported e)
    {
        LedgerEntry Entry(EntryKind kind, DateOnly on) => new() { Kind = kind, On = on, Worker = e.WorkerId, Placement = e.SpellId, Recorder = Recorder };
        yield return Entry(EntryKind.Opened, e.StartedOn) with
        {
            Source = Source.Roster,
            EmployerName = e.EmployerName,
            Trade = Domain.Trades.General,
            Workplace = e.WorkplaceDivision,
            Channel = e.Channel,
            Farm = FarmWork.Is(trade: null, e.Industry) ? true : null,
        };
        yield return Entry(EntryKind.Started, e.StartedOn);
        if (e.Months > 0)
            yield return Entry(EntryKind.Evidence, e.StartedOn.AddMonths(Math.Min(e.Months, Placement.MostMonths)).AddDays(-1)) with
            {
                Month = 1,
                Through = Math.Min(e.Months, Placement.MostMonths),
                Evidence = "roster",
            };
        if (e.EndedOn is { } ended)
            yield return Entry(EntryKind.Left, ended < e.StartedOn ? e.StartedOn : ended) with { Reason = "other" };
    }

    // An entry without what the ledger adds: equal terms are no change.
    static LedgerEntry Bare(LedgerEntry entry) => entry with { Position = 0, Previous = "", Known = 0, Of = null };
}
