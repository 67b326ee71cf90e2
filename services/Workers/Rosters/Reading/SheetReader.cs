namespace LaborBridge.Workers.Rosters.Reading;

/// <summary>One line of a sheet: its number as the file shows it, and its cells as text, never null.</summary>
internal readonly record struct SheetLine(int Number, string[] Cells)
{
    /// <summary>Whether no cell holds anything.</summary>
    public bool IsEmpty => Array.TrueForAll(Cells, string.IsNullOrWhiteSpace);
}

/// <summary>Reads a roster's file line by line; no more than a line is held, whatever the file's length.</summary>
internal interface ISheetReader : IDisposable
{
    /// <summary>How the characters are encoded; null where the format itself says it.</summary>
    string? Encoding { get; }

    /// <summary>Lines of the file or of the present sheet, as far as it can be told without reading them.</summary>
    int Lines { get; }

    /// <summary>Goes to the first, then to the next visible sheet.</summary>
    bool NextSheet();

    /// <summary>Goes to the next line of the sheet.</summary>
    bool Read(out SheetLine line);
}
