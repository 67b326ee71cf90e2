using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Verdicts;

namespace LaborBridge.Workers.Rosters;

/// <summary>Statements on rosters, their rows and the spells they told of.</summary>
internal static class RosterStore
{
    private const string Columns = """
        r.id, r.state, r.phase, r.sheet, r.mode, r.file_name, r.file_key, r.file_hash, r.file_size, r.format, r.encoding, r.column_report, r.lines, r.rows_done, r.last_line,
        r.count_new, r.count_updated, r.count_unchanged, r.count_duplicate, r.count_non_labour, r.count_error, r.count_warning, r.count_undone, r.count_kept,
        r.uploaded_by, r.uploader_name, r.uploader_role, r.station_id, r.divisions, r.uploaded_at, r.started_at, r.finished_at, r.failure, r.owner, r.lease_until
        """;

    private const string RowColumns = "roster_id, row_number, verdict, warned, name, findings, worker_id, worker_version, undo, undone, about_id";

    private const string Mine = "(r.uploaded_by = @Subject OR r.station_id = @Station)";

    private static readonly Sql InsertRoster = Sql.Insert("rosters", Columns.Replace("r.", "", StringComparison.Ordinal));

    private static readonly Sql SelectRoster = Sql.Text($"SELECT {Columns} FROM rosters r WHERE r.id = @Id");

    private static readonly Sql SelectMine = Sql.Text($"SELECT {Columns} FROM rosters r WHERE r.id = @Id AND {Mine}");

    private static readonly Sql LockMine = Sql.Text($"SELECT {Columns} FROM rosters r {{lock}} WHERE r.id = @Id AND {Mine} {{for update}}");

    private static readonly Sql ListMine = Sql.Text($"SELECT {Columns} FROM rosters r WHERE {Mine} AND r.state <> 'receiving' AND r.id < @Before ORDER BY r.id DESC {{first:@Count}}");

    private static readonly Sql Receive = Sql.Text("""
        UPDATE rosters SET state = 'queued', file_hash = @FileHash, file_size = @FileSize, format = @Format, encoding = @Encoding, column_report = @ColumnReport, lines = @Lines
        WHERE id = @Id AND state = 'receiving'
        """);

    private static readonly Sql Begin = Sql.Text("""
        UPDATE rosters SET state = 'queued', phase = @Phase, mode = @Mode, rows_done = 0, last_line = 0, count_new = 0, count_updated = 0, count_unchanged = 0, count_duplicate = 0,
            count_non_labour = 0, count_error = 0, count_warning = 0, started_at = NULL, finished_at = NULL, failure = NULL, owner = NULL, lease_until = 0
        WHERE id = @Id
        """);

    private static readonly Sql BeginUndo = Sql.Text("""
        UPDATE rosters SET state = 'queued', phase = 'undo', last_line = 0, count_undone = 0, count_kept = 0, started_at = NULL, finished_at = NULL, owner = NULL, lease_until = 0
        WHERE id = @Id
        """);

    private static readonly Sql Delete = Sql.Text("DELETE FROM rosters WHERE id = @Id");

    private static readonly Sql SelectRows = Sql.Text($$"""
        SELECT {{RowColumns}} FROM roster_rows WHERE roster_id = @Roster AND row_number > @After AND (verdict = @Verdict OR (@Verdict = 'warning' AND warned = 1) OR @Verdict = '')
        ORDER BY row_number {first:@Count}
        """);

    private static readonly Sql SelectStored = Sql.Text($$"""
        SELECT {{RowColumns}} FROM roster_rows WHERE roster_id = @Roster AND row_number > @After AND worker_id IS NOT NULL ORDER BY row_number {first:@Count}
        """);

    private static readonly Sql SaveRow = Sql.Upsert("roster_rows", "roster_id, row_number", "verdict, warned, name, findings, worker_id, worker_version, undo, undone, about_id");

    private static readonly Sql AddRow = Sql.Insert("roster_rows", RowColumns);

    private static readonly Sql DeleteRows = Sql.Text("DELETE FROM roster_rows WHERE roster_id = @Roster");

    private static readonly Sql MarkUndone = Sql.Text("UPDATE roster_rows SET undone = @Undone WHERE roster_id = @RosterId AND row_number = @RowNumber");

    private static readonly Sql SelectSpells = Sql.Text("""
        SELECT spell_id, worker_id, year, workplace_division, workplace_text, employer_name, industry, channel, started_on, months, ended_on, roster_id
        FROM roster_spells WHERE worker_id IN @Workers ORDER BY spell_id
        """);

    private static readonly Sql SaveSpell = Sql.Upsert("roster_spells", "spell_id",
        "worker_id, year, workplace_division, workplace_text, employer_name, industry, channel, started_on, months, ended_on, roster_id");

    private static readonly Sql DeleteSpells = Sql.Text("DELETE FROM roster_spells WHERE spell_id IN @Ids");

    public static Task Insert(Tx tx, Roster roster) => tx.Execute(InsertRoster, roster);

    public static Task<Roster?> Find(Tx tx, Guid id) => tx.First<Roster>(SelectRoster, new { Id = id });

    /// <summary>The roster if the caller, or somebody of his station, sent it.</summary>
    public static Task<Roster?> Find(Tx tx, Caller caller, Guid id) => tx.First<Roster>(SelectMine, Own(caller, id));

    public static Task<Roster?> Lock(Tx tx, Caller caller, Guid id) => tx.First<Roster>(LockMine, Own(caller, id));

    public static Task<List<Roster>> List(Tx tx, Caller caller, Guid before, int count) =>
        tx.Query<Roster>(ListMine, new { caller.Subject, Station = Station(caller), Before = before, Count = count });

    /// <summary>The upload is complete and may be worked on. False when it was before.</summary>
    public static async Task<bool> Complete(Tx tx, Roster roster) => await tx.Execute(Receive, roster) > 0;

    public static Task Restart(Tx tx, Guid id, string phase, string mode) => tx.Execute(Begin, new { Id = id, Phase = phase, Mode = mode });

    public static Task RestartUndo(Tx tx, Guid id) => tx.Execute(BeginUndo, new { Id = id });

    public static Task Remove(Tx tx, Guid id) => tx.Execute(Delete, new { Id = id });

    /// <param name="tx">The unit of work.</param>
    /// <param name="roster">The roster.</param>
    /// <param name="verdict">A verdict, <c>warning</c>, or empty for all.</param>
    /// <param name="after">The row before the first.</param>
    /// <param name="count">At most so many.</param>
    public static Task<List<RosterRow>> Rows(Tx tx, Guid roster, string verdict, int after, int count) =>
        tx.Query<RosterRow>(SelectRows, new { Roster = roster, Verdict = verdict, After = after, Count = count });

    /// <summary>Rows that were stored, to be undone.</summary>
    public static Task<List<RosterRow>> StoredRows(Tx tx, Guid roster, int after, int count) => tx.Query<RosterRow>(SelectStored, new { Roster = roster, After = after, Count = count });

    /// <summary>Saves verdicts. After a dry run they are there and are replaced.</summary>
    public static Task SaveRows(Tx tx, IReadOnlyCollection<RosterRow> rows, bool replaces) => tx.ExecuteMany(replaces ? SaveRow : AddRow, rows);

    public static Task DropRows(Tx tx, Guid roster) => tx.Execute(DeleteRows, new { Roster = roster });

    public static Task MarkRowsUndone(Tx tx, IReadOnlyCollection<RosterRow> rows) => tx.ExecuteMany(MarkUndone, rows);

    public static async Task<ILookup<Guid, SpellRow>> SpellsOf(Tx tx, IReadOnlyCollection<Guid> workers) =>
        (workers.Count == 0 ? [] : await tx.Query<SpellRow>(SelectSpells, new { Workers = workers.Select(id => id.ToString("D")) })).ToLookup(spell => spell.WorkerId);

    public static Task SaveSpells(Tx tx, IReadOnlyCollection<SpellRow> spells) => tx.ExecuteMany(SaveSpell, spells);

    public static Task DropSpells(Tx tx, IReadOnlyCollection<Guid> ids) =>
        ids.Count == 0 ? Task.CompletedTask : tx.Execute(DeleteSpells, new { Ids = ids.Select(id => id.ToString("D")) });

    private static object Own(Caller caller, Guid id) => new { Id = id, caller.Subject, Station = Station(caller) };

    // A collector sees his own uploads, a clerk those of the station.
    private static Guid Station(Caller caller) => caller.Role == Role.Station ? caller.Station ?? Guid.Empty : Guid.Empty;
}
