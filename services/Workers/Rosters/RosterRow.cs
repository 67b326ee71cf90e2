namespace LaborBridge.Workers.Rosters;

/// <summary>A roster and its job as stored.</summary>
internal sealed record Roster
{
    public required Guid Id { get; init; }
    public required string State { get; init; }
    public required string Phase { get; init; }
    public required string Sheet { get; init; }
    public required string Mode { get; init; }
    public required byte[] FileName { get; init; }
    public required byte[] FileKey { get; init; }
    public string? FileHash { get; init; }
    public required long FileSize { get; init; }
    public string? Format { get; init; }
    public string? Encoding { get; init; }
    public string? ColumnReport { get; init; }

    /// <summary>Lines of the file, as far as it can be told beforehand.</summary>
    public required int Lines { get; init; }
    public required int RowsDone { get; init; }
    public required int LastLine { get; init; }
    public required int CountNew { get; init; }
    public required int CountUpdated { get; init; }
    public required int CountUnchanged { get; init; }
    public required int CountDuplicate { get; init; }
    public required int CountNonLabour { get; init; }
    public required int CountError { get; init; }
    public required int CountWarning { get; init; }
    public required int CountUndone { get; init; }
    public required int CountKept { get; init; }
    public required string UploadedBy { get; init; }
    public required string UploaderName { get; init; }
    public required string UploaderRole { get; init; }
    public Guid? StationId { get; init; }
    public required string Divisions { get; init; }
    public required DateTimeOffset UploadedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public string? Failure { get; init; }
    public string? Owner { get; init; }
    public required long LeaseUntil { get; init; }
}

/// <summary>The words of <c>rosters.state</c>, <c>phase</c> and <c>mode</c>.</summary>
internal static class RosterWords
{
    public const string Receiving = "receiving";
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";

    public const string Check = "check";
    public const string Store = "store";
    public const string Undo = "undo";

    public const string DryRun = "dry-run";
    public const string Commit = "commit";
}

/// <summary>A row's verdict as stored.</summary>
internal sealed record RosterRow
{
    public required Guid RosterId { get; init; }
    public required int RowNumber { get; init; }
    public required string Verdict { get; init; }
    public required bool Warned { get; init; }

    /// <summary>Masked.</summary>
    public string? Name { get; init; }
    public string? Findings { get; init; }
    public Guid? WorkerId { get; init; }
    public long? WorkerVersion { get; init; }

    /// <summary>Whom it is about, where that is known, stored or not.</summary>
    public Guid? AboutId { get; init; }
    public string? Undo { get; init; }
    public string? Undone { get; init; }
}
