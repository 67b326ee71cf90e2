using LaborBridge.Persistence;

namespace LaborBridge.Workers.Rosters.Jobs;

/// <summary>
/// Who works on a roster: a lease in database time, renewed by each portion. Who dies loses it, another goes on from the last committed line.
/// Every step says <c>WHERE owner = @me</c> and the line it goes on from, so that no portion is stored twice.
/// </summary>
internal static class RosterLease
{
    private const long Microseconds = 30_000_000;

    private static readonly Sql SelectFree = Sql.Text("""
        SELECT id FROM rosters WHERE state = 'queued' OR (state = 'running' AND lease_until < {now}) ORDER BY id {first:@Count}
        """);

    private static readonly Sql Claimed = Sql.Text("""
        UPDATE rosters SET state = 'running', owner = @Me, lease_until = {now} + @Lease, started_at = COALESCE(started_at, @Now)
        WHERE id = @Id AND (state = 'queued' OR (state = 'running' AND lease_until < {now}))
        """);

    private static readonly Sql Move = Sql.Text("""
        UPDATE rosters SET lease_until = {now} + @Lease, last_line = @Line, rows_done = rows_done + @Rows, count_new = count_new + @New, count_updated = count_updated + @Updated,
            count_unchanged = count_unchanged + @Unchanged, count_duplicate = count_duplicate + @Duplicate, count_non_labour = count_non_labour + @NonLabour,
            count_error = count_error + @Error, count_warning = count_warning + @Warning, count_undone = count_undone + @Undone, count_kept = count_kept + @Kept
        WHERE id = @Id AND owner = @Me AND state = 'running' AND last_line = @From
        """);

    private static readonly Sql Finish = Sql.Text("""
        UPDATE rosters SET state = @State, failure = @Failure, finished_at = @Now, owner = NULL, lease_until = 0 WHERE id = @Id AND owner = @Me
        """);

    private static readonly Sql Release = Sql.Text("UPDATE rosters SET lease_until = 0 WHERE id = @Id AND owner = @Me AND state = 'running'");

    /// <summary>Takes a roster that waits, or whose worker is gone; null when there is none.</summary>
    public static async Task<Roster?> Claim(Db db, string me, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var id in await db.Read(tx => tx.Query<Guid>(SelectFree, new { Count = 4 }), cancel))
        {
            var taken = await db.Write(tx => Take(tx, id, me, now), cancel: cancel);
            if (taken is not null)
            {
                return taken;
            }
        }

        return null;
    }

    /// <summary>Takes this roster; null when another has it.</summary>
    public static async Task<Roster?> Take(Tx tx, Guid id, string me, DateTimeOffset now) =>
        await tx.Execute(Claimed, new { Id = id, Me = me, Lease = Microseconds, Now = now }) > 0 ? await RosterStore.Find(tx, id) : null;

    /// <summary>Moves the job on within a portion's transaction. False when this very step was committed before.</summary>
    /// <exception cref="LeaseLostException">Another has the job.</exception>
    public static async Task<bool> Advance(Tx tx, Guid roster, string me, int from, int line, Tally tally)
    {
        var moved = await tx.Execute(Move, new
        {
            Id = roster, Me = me, From = from, Line = line, Lease = Microseconds, tally.Rows, tally.New, tally.Updated, tally.Unchanged, tally.Duplicate, tally.NonLabour,
            tally.Error, tally.Warning, tally.Undone, tally.Kept,
        });
        if (moved > 0)
        {
            return true;
        }

        return await RosterStore.Find(tx, roster) is { } now && now.Owner == me && now.LastLine == line ? false : throw new LeaseLostException(roster);
    }

    /// <summary>Ends the job.</summary>
    public static Task End(Tx tx, Guid roster, string me, string state, string? failure, DateTimeOffset now) =>
        tx.Execute(Finish, new { Id = roster, Me = me, State = state, Failure = failure, Now = now });

    /// <summary>Lets another go on at once.</summary>
    public static Task Yield(Db db, Guid roster, string me) => db.Write(tx => tx.Execute(Release, new { Id = roster, Me = me }));
}

/// <summary>What a portion adds to the counts.</summary>
internal sealed record Tally(
    int Rows = 0, int New = 0, int Updated = 0, int Unchanged = 0, int Duplicate = 0, int NonLabour = 0, int Error = 0, int Warning = 0, int Undone = 0, int Kept = 0);

/// <summary>The job is another's now; nothing of the portion is stored.</summary>
internal sealed class LeaseLostException(Guid roster) : Exception($"The lease of roster {roster} is lost.");
