using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.EventStreams;
using LaborBridge.Matching.Offers;
using LaborBridge.Persistence;

namespace LaborBridge.Matching.Books;

/// <summary>Who is at work and where, hired here or found otherwise: at most one running placement a worker. A seat of somebody who never started comes back.</summary>
internal static class RunningPlacements
{
    private static readonly Sql Occupy = Sql.Text("UPDATE match_workers SET running_placement = @PlacementId, workplace = @Workplace WHERE worker_id = @WorkerId");

    private static readonly Sql OccupyIfFree = Sql.Text("""
        UPDATE match_workers SET running_placement = @PlacementId, workplace = @Workplace WHERE worker_id = @WorkerId AND running_placement IS NULL
        """);

    private static readonly Sql Release = Sql.Text("UPDATE match_workers SET running_placement = NULL, workplace = NULL WHERE worker_id = @WorkerId AND running_placement = @PlacementId");

    private static readonly Sql FreeSeat = Sql.Text("UPDATE offers SET seat_freed = 1 WHERE id = @PlacementId AND state = 'accepted' AND seat_freed = 0");

    private static readonly Sql GiveBack = Sql.Text("UPDATE match_postings SET accepted = accepted - 1 WHERE posting_id = @PostingId");

    // Hires made here stay: they were decided here, and Placements learns of them from us.
    private static readonly Sql ReleaseOthers = Sql.Text("""
        UPDATE match_workers SET running_placement = NULL, workplace = NULL
        WHERE running_placement IS NOT NULL AND running_placement NOT IN (SELECT id FROM offers WHERE state = 'accepted')
        """);

    public static async Task Apply(Tx tx, PlacementOpened opened, EventContext context)
    {
        if (opened.Running)
        {
            await WorkerCopy.EnsureRow(tx, opened.WorkerId);
            // Placements lets one run at a time: what runs there stands before a hire that it has not heard of, and will take back. Told again, it is the past.
            await tx.Execute(context.Again ? OccupyIfFree : Occupy, new { opened.PlacementId, Workplace = Division(opened.WorkplaceDivision), opened.WorkerId });
            tx.WorkerChanged(opened.WorkerId);
        }
    }

    /// <summary>Only a correction can take an end back: the worker is at work after all.</summary>
    public static async Task Apply(Tx tx, PlacementMoved moved, EventContext context)
    {
        if (moved.Step == "correction")
        {
            await WorkerCopy.EnsureRow(tx, moved.WorkerId);
            await tx.Execute(OccupyIfFree, new { moved.PlacementId, Workplace = (string?)null, moved.WorkerId });
            await Experience.Reopened(tx, moved);
        }
    }

    public static async Task Apply(Tx tx, PlacementEnded ended, EventContext context)
    {
        await tx.Execute(Release, new { ended.WorkerId, ended.PlacementId });
        await Experience.Ended(tx, ended);

        // The flag on the offer makes a repeated event harmless: the seat comes back once.
        if (ended.SeatFreed && await tx.Execute(FreeSeat, new { ended.PlacementId }) == 1)
        {
            var posting = (await FindOffers.Get(tx, ended.PlacementId))!.PostingId;
            await tx.Execute(GiveBack, new { PostingId = posting });
            tx.PostingChanged(posting);
            await Seats.Tell(tx, posting);
        }
    }

    /// <summary>A workplace as the engine takes it; null where no division is known.</summary>
    public static string? Division(string? code) => DivisionCode.TryParse(code, out var division) ? division.ToString() : null;

    public static async Task Clear(Tx tx)
    {
        await tx.Execute(ReleaseOthers);
        await Experience.Clear(tx);
        tx.EveryWorkerChanged();
    }
}
