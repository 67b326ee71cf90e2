using LaborBridge.Persistence;

namespace LaborBridge.Workers.Rosters.Jobs;

/// <summary>What rosters replaced and keep for their undo: the former values of workers, encrypted as they were in their rows.</summary>
internal sealed class SealedUndoNotes : ISealed
{
    private const int Portion = 200;

    private static readonly Sql SelectNotes = Sql.Text("""
        SELECT roster_id, row_number, undo FROM roster_rows
        WHERE undo IS NOT NULL AND (roster_id > @Roster OR (roster_id = @Roster AND row_number > @Row)) ORDER BY roster_id, row_number {first:@Take}
        """);

    private static readonly Sql Save = Sql.Text("UPDATE roster_rows SET undo = @Fresh WHERE roster_id = @RosterId AND row_number = @RowNumber AND undo = @Undo");

    /// <inheritdoc/>
    public string Name => "roster_rows.undo";

    /// <inheritdoc/>
    public async Task<(int Changed, string? After)> Reseal(Tx tx, KeyRing keys, string after)
    {
        var place = after.Split(' ');
        var notes = await tx.Query<Note>(SelectNotes, new { Roster = place[0], Row = place.Length > 1 ? int.Parse(place[1]) : 0, Take = Portion });
        var changed = notes.Select(note => Again(keys, note)).OfType<Resealed>().ToList();
        await tx.ExecuteMany(Save, changed);
        return (changed.Count, notes.Count < Portion ? null : $"{notes[^1].RosterId:D} {notes[^1].RowNumber}");
    }

    private static Resealed? Again(KeyRing keys, Note note)
    {
        var undo = Stored.Read<UndoNote>(note.Undo);
        return undo.Before is { } before && Sealing.Reseal(keys, before) is { } fresh
            ? new Resealed(note.RosterId, note.RowNumber, note.Undo, Stored.Write(undo with { Before = fresh }))
            : null;
    }

    private sealed class Note
    {
        public required Guid RosterId { get; init; }

        public required int RowNumber { get; init; }

        public required string Undo { get; init; }
    }

    private sealed record Resealed(Guid RosterId, int RowNumber, string Undo, string Fresh);
}
