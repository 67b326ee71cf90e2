using LaborBridge.Contracts;
using LaborBridge.Domain;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;

namespace LaborBridge.Matching.Books;

/// <summary>Months that somebody has worked, from the spells that are over: whoever is at work is not matched. Two records of one person count together.</summary>
internal static class Experience
{
    /// <summary>The months of a row of <c>match_workers</c>.</summary>
    public const string Months = """
        COALESCE((SELECT SUM(s.months) FROM match_spells s WHERE s.worker_id = match_workers.worker_id), 0)
        + COALESCE((SELECT SUM(s.months) FROM match_merged m JOIN match_spells s ON s.worker_id = m.worker_id WHERE m.into_id = match_workers.worker_id), 0)
        """;

    private static readonly Sql Keep = Sql.Upsert("match_spells", "placement_id", "worker_id, months");

    private static readonly Sql TakeBack = Sql.Text("DELETE FROM match_spells WHERE placement_id = @PlacementId");

    private static readonly Sql ForgetAll = Sql.Text("DELETE FROM match_spells");

    private static readonly Sql Merge = Sql.Upsert("match_merged", "worker_id", "into_id");

    private static readonly Sql Separate = Sql.Text("DELETE FROM match_merged WHERE worker_id = @WorkerId");

    private static readonly Sql SeparateAll = Sql.Text("DELETE FROM match_merged");

    private static readonly Sql Kept = Sql.Text("SELECT into_id FROM match_merged WHERE worker_id = @WorkerId");

    /// <summary>A spell is over: its complete months count, none for somebody who never started.</summary>
    public static async Task Ended(Tx tx, PlacementEnded ended)
    {
        var months = ended.FirstDay is { } first ? ServiceMonths.Completed(first, ended.On) : 0;
        await tx.Execute(Keep, new { ended.PlacementId, ended.WorkerId, Months = months });
        await Changed(tx, ended.WorkerId);
    }

    /// <summary>The spell goes on after all.</summary>
    public static async Task Reopened(Tx tx, PlacementMoved moved)
    {
        await tx.Execute(TakeBack, new { moved.PlacementId });
        await Changed(tx, moved.WorkerId);
    }

    public static async Task Apply(Tx tx, WorkerMerged merged, EventContext context)
    {
        await tx.Execute(Merge, new { merged.WorkerId, IntoId = merged.Into });
        tx.WorkerChanged(merged.Into);
    }

    public static async Task Apply(Tx tx, WorkerSeparated separated, EventContext context)
    {
        await tx.Execute(Separate, new { separated.WorkerId });
        tx.WorkerChanged(separated.From);
    }

    /// <summary>Forgets who is one person with whom.</summary>
    public static Task ClearMergers(Tx tx) => tx.Execute(SeparateAll);

    /// <summary>Forgets the spells.</summary>
    public static Task Clear(Tx tx) => tx.Execute(ForgetAll);

    private static async Task Changed(Tx tx, Guid worker)
    {
        tx.WorkerChanged(worker);
        foreach (var kept in await tx.Query<Guid>(Kept, new { WorkerId = worker }))
        {
            tx.WorkerChanged(kept);
        }
    }
}
