using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters;

/// <summary>
/// What rosters still keep of a person who is erased: masked name, findings and former values go at once, and with them the uploaded file, which cannot lose a single
/// row. A file that is being worked on goes when that is done.
/// </summary>
internal static class PersonInRosters
{
    private static readonly Sql Mark = Sql.Text("UPDATE rosters SET forget_file = 1 WHERE id IN (SELECT roster_id FROM roster_rows WHERE about_id = @Worker)");

    private static readonly Sql Blank = Sql.Text("UPDATE roster_rows SET name = NULL, findings = NULL, undo = NULL, about_id = NULL WHERE about_id = @Worker");

    private static readonly Sql DropFiles = Sql.Text(
        "DELETE FROM roster_parts WHERE roster_id IN (SELECT id FROM rosters WHERE forget_file = 1 AND state IN ('done', 'failed'))");

    private static readonly Sql BlankSpells = Sql.Text("UPDATE roster_spells SET workplace_text = NULL WHERE worker_id = @Worker");

    /// <summary>Forgets the person in all rosters.</summary>
    public static async Task Erase(Tx tx, Guid worker)
    {
        await tx.Execute(Mark, new { Worker = worker });
        await tx.Execute(Blank, new { Worker = worker });
        // An address as written may be the person's own.
        await tx.Execute(BlankSpells, new { Worker = worker });
        await ForgetFiles(tx);
    }

    /// <summary>Drops the files of which somebody was erased and on which nobody works any more.</summary>
    public static Task<int> ForgetFiles(Tx tx) => tx.Execute(DropFiles);

    /// <summary>The refusal of what needs a file that is gone.</summary>
    public static Problem FileGone() => new(410, "expired", new Text(
        "上传的文件已删除（保存满 30 天，或者表中有人的个人信息已被删除），请重新上传。",
        "The upload is gone: it is kept for 30 days, or until somebody in it is erased. Send it again."), []);
}
