using System.Text.Json;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Reading;
using LaborBridge.Workers.Rosters.Verdicts;

namespace LaborBridge.Workers.Rosters;

/// <summary>
/// A roster as answered. <c>rows</c> is the number of rows: an estimate from the file until all are read. The counts of verdicts add up to <c>rowsDone</c>;
/// <c>warning</c> counts rows stored with a warning and stands beside them.
/// </summary>
internal sealed record RosterView(
    Guid Id, string State, string Phase, string Sheet, string Mode, string FileName, string? Encoding, ColumnReport? Columns, int Rows, int RowsDone, RosterCounts Counts,
    double? RatePerSecond, int? SecondsLeft, string? Failure, RosterUndo? Undo, DateTimeOffset UploadedAt, string UploadedBy)
{
    public static RosterView Of(Roster roster, UploadVault vault, DateTimeOffset now)
    {
        var isOver = roster.State is RosterWords.Done or RosterWords.Failed;
        var isUndo = roster.Phase == RosterWords.Undo;
        var rows = isUndo || isOver ? roster.RowsDone : Math.Max(roster.RowsDone, roster.Lines - 1);
        var seconds = roster.StartedAt is { } started ? ((roster.FinishedAt ?? now) - started).TotalSeconds : 0;
        double? rate = seconds > 0 && !isUndo ? Math.Round(roster.RowsDone / seconds, 1) : null;
        return new RosterView(
            roster.Id, roster.State, roster.Phase, roster.Sheet, roster.Mode, vault.OpenName(roster), roster.Encoding,
            roster.ColumnReport is null ? null : Stored.Read<ColumnReport>(roster.ColumnReport), rows, roster.RowsDone, RosterCounts.Of(roster), rate,
            !isOver && rate > 0 ? (int)Math.Ceiling((rows - roster.RowsDone) / rate.Value) : null,
            roster.Failure, isUndo ? new RosterUndo(roster.CountUndone, roster.CountKept) : null, roster.UploadedAt, roster.UploaderName);
    }
}

/// <summary>How many rows got which verdict.</summary>
internal sealed record RosterCounts(int New, int Updated, int Unchanged, int Duplicate, int NonLabour, int Error, int Warning)
{
    public static RosterCounts Of(Roster roster) => new(
        roster.CountNew, roster.CountUpdated, roster.CountUnchanged, roster.CountDuplicate, roster.CountNonLabour, roster.CountError, roster.CountWarning);
}

/// <summary>What an undo did: rows taken back, and rows kept because somebody had acted on them.</summary>
internal sealed record RosterUndo(int Undone, int Kept);

/// <summary>A row as answered; <c>row</c> is its number in the file.</summary>
internal sealed record RosterRowView(int Row, string Verdict, string? Name, IReadOnlyList<FindingView> Findings, Guid? WorkerId, string? Undone)
{
    public static RosterRowView Of(RosterRow row, Language language) => new(
        row.RowNumber, row.Verdict, row.Name, [.. FindingNotes.Read(row.Findings).Select(finding => FindingView.Of(finding, language))], row.WorkerId, row.Undone);
}

/// <summary>A finding in the reader's language.</summary>
internal sealed record FindingView(string? Column, string Code, string Severity, string Message, string Advice)
{
    public static FindingView Of(Finding finding, Language language)
    {
        var text = FindingTexts.Of(finding.Code);
        var column = finding.Column is { } named ? language == Language.En ? Words.English(named) : Words.Chinese(named) : null;
        var message = text.Message.In(language);
        return new FindingView(column, FindingTexts.Word(finding.Code), Kebab.Of(text.Severity), finding.Detail is null ? message : $"{message}（{finding.Detail}）", text.Advice.In(language));
    }
}

/// <summary>Findings as they stand in a row: codes, so that each reader gets his language.</summary>
internal static class FindingNotes
{
    public static string? Write(IReadOnlyList<Finding> findings) => findings.Count == 0 ? null : JsonSerializer.Serialize(findings.Select(finding => new Note(
        Kebab.Of(finding.Code), finding.Column is { } column ? Kebab.Of(column) : null, finding.Detail)), JsonText.Options);

    public static IReadOnlyList<Finding> Read(string? notes) => notes is null ? [] :
    [
        .. Stored.Read<List<Note>>(notes).Select(note => new Finding(Kebab.Parse<FindingCode>(note.C), note.K is null ? null : Kebab.Parse<Column>(note.K), note.D)),
    ];

    private sealed record Note(string C, string? K, string? D);
}
