using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.Placements.Ledger;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements;

/// <summary>
/// Takes an entry of the ledger back, and may put another in its place. Nothing is overwritten: the correction is an entry of its own, so that what was
/// reported before can be reproduced and the difference explained. The course that remains must still be in order.
/// </summary>
internal static class CorrectPlacement
{
    internal static async Task<Reply> Handle(Tx tx, Caller caller, PlacementRow row, RecordStep.Request request, TimeProvider time)
    {
        await LedgerLog.Write(tx);
        var course = await LedgerLog.Of(tx, row.Id);
        var wrong = PlacementHistory.Live(course).FirstOrDefault(entry => entry.Position == request.Of);
        if (wrong is null)
            return Problem.Validation("of", "no-entry", "这条就业记录中没有这个账页号，或者它已被更正。", "This placement has no such entry, or it was taken back before.");
        var recorder = Sight.Recorder(caller);
        var correction = new LedgerEntry
        {
            Kind = EntryKind.Correction,
            On = request.On,
            Worker = row.WorkerId,
            Placement = row.Id,
            Recorder = recorder,
            Of = wrong.Position,
            Reason = request.Reason?.Trim(),
        };
        var instead = request.Step is { } step ? RecordStep.ToEntry(step, row, recorder) with { Of = wrong.Position } : null;
        if (wrong.Kind == EntryKind.Opened)
            return await TakeBack(tx, row, course, correction, instead, time);

        var next = course[^1].Position + 1;
        var corrected = (List<LedgerEntry>)[.. course, correction with { Position = next }];
        if (instead is not null)
            corrected.Add(instead with { Position = next + 1 });
        var decision = PlacementHistory.Recheck(corrected, row.NearHome);
        if (decision.Refusal is { } refusal)
            return refusal;
        if (decision.After!.Spell is { } spell && Clash(await PlacementRow.OfWorker(tx, row.WorkerId), row.Id, spell) is { } overlap)
            return overlap;
        tx.Record(time, correction);
        if (instead is not null)
            tx.Record(time, instead);
        var after = await Moves.Correct(tx, row, decision.After, request.On);
        return Reply.Created($"/api/placements/{row.Id}", PlacementView.Of(after), after.Version);
    }

    // The placement itself was a mistake: only when nothing else is recorded of it.
    static async Task<Reply> TakeBack(Tx tx, PlacementRow row, IReadOnlyList<LedgerEntry> course, LedgerEntry correction, LedgerEntry? instead, TimeProvider time)
    {
        if (instead is not null || PlacementHistory.Live(course).Count > 1)
            return Problem.Conflict("step-out-of-order", new Text("请先更正后面的步骤，再撤销开头的“录用”。", "Take the later steps back before the hire itself."));
        tx.Record(time, correction);
        var after = await Moves.Correct(tx, row, after: null, correction.On);
        return Reply.Created($"/api/placements/{row.Id}", PlacementView.Of(after), after.Version);
    }

    static Problem? Clash(IEnumerable<PlacementRow> placements, Guid self, Period spell) => placements
        .Where(other => other.Id != self && other.ToPlacement().Spell is { } taken && taken.Overlaps(spell))
        .Select(other => Problem.Conflict("spell-overlap", new Text(
            $"更正后与另一段就业（自 {other.FirstDay:yyyy-MM-dd} 起）的日期重叠。", $"After the correction it would overlap the spell that began on {other.FirstDay:yyyy-MM-dd}."))
            .With("placementId", other.Id))
        .FirstOrDefault();
}
