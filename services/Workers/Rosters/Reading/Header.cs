using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters.Reading;

/// <summary>What became of the columns: read, not there, and there but not read (unknown, a repetition, or not to be stored).</summary>
internal sealed record ColumnReport(IReadOnlyList<string> Recognised, IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown, IReadOnlyList<string> NotStored);

/// <summary>The header of a sheet: which column stands where.</summary>
internal sealed class Header
{
    // Title, unit and date stand above the header.
    private const int LinesSearched = 20;

    private readonly Column?[] at;

    private Header(SheetLine line, RosterSheet sheet)
    {
        Line = line;
        at = new Column?[line.Cells.Length];
        var seen = new HashSet<Column>();
        for (var i = 0; i < at.Length; i++)
        {
            if (Columns.Find(line.Cells[i]) is { } column && seen.Add(column))
            {
                at[i] = column;
            }
        }

        Sheet = sheet;
    }

    /// <summary>The sheet it was read for.</summary>
    public RosterSheet Sheet { get; }

    /// <summary>The header as the file has it.</summary>
    public SheetLine Line { get; }

    private IEnumerable<Column> Read => at.OfType<Column>().Where(Columns.Of(Sheet).Contains);

    /// <summary>Finds the header within the first lines of the first visible sheet that has one, and leaves the reader behind it.</summary>
    /// <exception cref="ProblemException">No header, or one that lacks what is needed.</exception>
    public static Header Find(ISheetReader reader, RosterSheet sheet)
    {
        var (anySheet, anyLine) = (false, false);
        while (reader.NextSheet())
        {
            anySheet = true;
            for (var i = 0; i < LinesSearched && reader.Read(out var line); i++)
            {
                anyLine = true;
                var header = new Header(line, sheet);
                if (header.IsOne)
                {
                    return header.Complete();
                }
            }
        }

        throw new ProblemException(!anySheet ? RosterProblems.OnlyHidden() : anyLine ? RosterProblems.UnknownHeader(Expected(sheet)) : RosterProblems.Empty());
    }

    /// <summary>The cells of a line by column; what is dropped or unknown does not come along.</summary>
    public RosterLine Of(SheetLine line)
    {
        var values = new string?[Columns.Count];
        var wanted = Columns.Of(Sheet);
        for (var i = 0; i < line.Cells.Length && i < at.Length; i++)
        {
            if (at[i] is { } column && wanted.Contains(column) && line.Cells[i].Length > 0)
            {
                values[(int)column] = line.Cells[i];
            }
        }

        return new RosterLine(line.Number, values);
    }

    /// <summary>Whether the cell at a place is one that we may keep.</summary>
    public bool MayKeep(int place) => place >= at.Length || at[place] is not { } column || !Columns.IsPrivate(column);

    /// <summary>What became of the columns.</summary>
    public ColumnReport Report()
    {
        var read = Read.ToHashSet();
        var others = Line.Cells.Select((text, i) => (Text: text.Trim(), Column: at[i])).Where(cell => cell.Text.Length > 0).ToList();
        return new ColumnReport(
            [.. Columns.Of(Sheet).Where(read.Contains).Select(Words.Chinese)],
            [.. Columns.Of(Sheet).Except(read).Where(Columns.IsExpected).Select(Words.Chinese)],
            [.. others.Where(cell => cell.Column is not { } column || (!read.Contains(column) && !Columns.IsDropped(column))).Select(cell => Short(cell.Text))],
            [.. others.Where(cell => cell.Column is { } column && Columns.IsDropped(column)).Select(cell => Short(cell.Text))]);
    }

    // A title names no two columns; a header does, and always a person.
    private bool IsOne => Read.Take(2).Count() == 2 && Read.Any(column => column is Column.Name or Column.ResidentId);

    private Header Complete()
    {
        var read = Read.ToHashSet();
        var missing = new List<string>();
        missing.AddRange(new[] { Column.Name, Column.ResidentId }.Except(read).Select(Words.Chinese));
        if (Sheet == RosterSheet.Household && !read.Contains(Column.County) && !read.Contains(Column.Town))
        {
            missing.Add(Words.Chinese(Column.County));
        }

        if (Sheet == RosterSheet.Wishes && !read.Contains(Column.Willing) && !read.Contains(Column.Consent) && !read.Contains(Column.WishedTrades))
        {
            missing.Add(Words.Chinese(Column.Willing));
        }

        return missing.Count == 0 ? this : throw new ProblemException(RosterProblems.MissingColumn(missing));
    }

    private static IEnumerable<string> Expected(RosterSheet sheet) => Columns.Of(sheet).Where(Columns.IsExpected).Select(Words.Chinese);

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}

/// <summary>A line of a roster by column, as text; null where the cell is blank or the column is not there.</summary>
internal readonly record struct RosterLine(int Number, string?[] Values)
{
    /// <summary>The cell of a column.</summary>
    public string? this[Column column] => Values[(int)column];
}
