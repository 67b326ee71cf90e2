using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Placements.Ledger;

namespace LaborBridge.Placements;

/// <summary>Writes what was decided: the placement's row, the ledger's entry, the event. The worker's row is locked by the caller.</summary>
internal static class Moves
{
    /// <summary>Opens a placement.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="time">The clock of the ledger.</param>
    /// <param name="opened">The opening.</param>
    /// <param name="workplaceText">Address of the workplace; it stays out of the ledger.</param>
    /// <param name="home">Home of the worker, if it is known.</param>
    /// <param name="then">Steps that are known at once: first day, evidence, last day.</param>
    public static async Task<PlacementRow> Open(Tx tx, TimeProvider time, LedgerEntry opened, string? workplaceText, string? home, params IReadOnlyList<LedgerEntry> then)
    {
        var placement = then.Aggregate(Placement.Open(opened), (at, step) => at.After(step));
        var row = PlacementRow.Of(placement, workplaceText, version: 1, home);
        await PlacementRow.Insert(tx, row);
        foreach (var entry in then.Prepend(opened))
            tx.Record(time, entry);
        tx.Append(
            new PlacementOpened(placement.Id, placement.WorkerId, row.Source, placement.EmployerId, placement.PostingId, placement.Workplace, row.State, placement.Running),
            subject: placement.Id);
        if (!placement.Running)
            tx.Append(Ended(placement, placement.LastDay ?? opened.On), subject: placement.Id);
        return row;
    }

    /// <summary>Moves a placement on by a step that was accepted.</summary>
    public static async Task<PlacementRow> Move(Tx tx, TimeProvider time, PlacementRow row, Placement after, LedgerEntry step)
    {
        var moved = PlacementRow.Of(after, row.WorkplaceText, row.Version + 1, row.HomeDivision);
        await PlacementRow.Update(tx, moved);
        tx.Record(time, step);
        if (row.Running && !after.Running)
            tx.Append(Ended(after, step.On), subject: after.Id);
        else if (step.Kind != EntryKind.Evidence)
            tx.Append(Moved(after, step.Kind, step.On), subject: after.Id);
        return moved;
    }

    /// <summary>Tells of a placement whose course was corrected. <paramref name="after"/> is null when the placement itself was taken back.</summary>
    public static async Task<PlacementRow> Correct(Tx tx, PlacementRow row, Placement? after, DateOnly on)
    {
        var standing = after ?? row.ToPlacement() with { State = PlacementState.Left, Reason = "withdrawn", FirstDay = null, LastDay = null, Evidenced = 0 };
        var corrected = PlacementRow.Of(standing, row.WorkplaceText, row.Version + 1, row.HomeDivision);
        await PlacementRow.Update(tx, corrected);
        if (!standing.Running && (row.Running || row.FirstDay != corrected.FirstDay || row.LastDay != corrected.LastDay))
            tx.Append(Ended(standing, standing.LastDay ?? on), subject: standing.Id);
        else if (standing.Running && (row.State != corrected.State || row.FirstDay != corrected.FirstDay))
            tx.Append(Moved(standing, EntryKind.Correction, on), subject: standing.Id);
        return corrected;
    }

    static PlacementMoved Moved(Placement placement, EntryKind step, DateOnly on) =>
        new(placement.Id, placement.WorkerId, placement.EmployerId, placement.PostingId, Kebab.Of(step), Kebab.Of(placement.State), on);

    // Who never started gives the seat back.
    static PlacementEnded Ended(Placement placement, DateOnly on) => new(
        placement.Id, placement.WorkerId, placement.EmployerId, placement.PostingId, placement.Reason ?? "other",
        SeatFreed: placement.FirstDay is null && placement.PostingId is not null, on, placement.FirstDay);
}
