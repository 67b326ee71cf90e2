using LaborBridge.Persistence;

namespace LaborBridge.Workers.Rosters.Jobs;

/// <summary>Uploads and their rows are kept for 30 days, one that broke off for a day; the counts stay.</summary>
internal static class RosterRetention
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan BrokenOff = TimeSpan.FromDays(1);

    private static readonly Sql SelectOld = Sql.Text("""
        SELECT DISTINCT r.id FROM rosters r WHERE (r.uploaded_at < @Old AND r.state IN ('done', 'failed')
            AND (EXISTS (SELECT 1 FROM roster_parts p WHERE p.roster_id = r.id) OR EXISTS (SELECT 1 FROM roster_rows w WHERE w.roster_id = r.id)))
            OR (r.state = 'receiving' AND r.uploaded_at < @Broken)
        """);

    /// <summary>Forgets what is too old, a roster a transaction.</summary>
    public static async Task Sweep(Db db, DateTimeOffset now, CancellationToken stop)
    {
        foreach (var id in await db.Read(tx => tx.Query<Guid>(SelectOld, new { Old = now - Kept, Broken = now - BrokenOff }), stop))
        {
            await db.Write(async tx =>
            {
                await UploadVault.Drop(tx, id);
                await RosterStore.DropRows(tx, id);
                if (await RosterStore.Find(tx, id) is { State: RosterWords.Receiving })
                {
                    await RosterStore.Remove(tx, id);
                }
            }, repeatable: true, stop);
        }
    }
}
