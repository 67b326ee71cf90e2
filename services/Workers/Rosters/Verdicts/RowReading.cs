using LaborBridge.Domain;
using LaborBridge.Workers.Rosters.Reading;

namespace LaborBridge.Workers.Rosters.Verdicts;

/// <summary>The cells that both sheets have, read with everything that is wrong noted.</summary>
internal sealed class RowReading(RosterLine line, RowContext context)
{
    private const int LongestCell = 500;
    private readonly List<Finding> findings = [];

    /// <summary>The row.</summary>
    public RosterLine Line { get; } = line;

    /// <summary>What all rows share.</summary>
    public RowContext Context { get; } = context;

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>Whether the row must not be stored.</summary>
    public bool Refused => findings.Exists(finding => finding.Severity != Severity.Warning);

    /// <summary>Notes something.</summary>
    public void Note(FindingCode code, Column? column, string? detail = null) => findings.Add(new Finding(code, column, detail));

    /// <summary>The cell as a word; null where it is blank or says that there is nothing.</summary>
    public string? Word(Column column) => CellValues.Word(Line[column]);

    /// <summary>Cells that hold too much or garbled characters: the columns have shifted, or the encoding is broken. A formula that failed counts as a blank.</summary>
    public void CheckCells()
    {
        for (var i = 0; i < Line.Values.Length; i++)
        {
            if (Cells.IsFormulaError(Line.Values[i]))
            {
                Note(FindingCode.FormulaError, (Column)i);
                Line.Values[i] = null;
            }
            else if (Line.Values[i] is { } cell && (cell.Length > LongestCell || cell.Contains('\uFFFD', StringComparison.Ordinal)))
            {
                Note(cell.Length > LongestCell ? FindingCode.CellTooLong : FindingCode.CellGarbled, (Column)i);
            }
        }
    }

    /// <summary>The name; empty when it is missing.</summary>
    public string Name()
    {
        var name = Cells.Word(Line[Column.Name]);
        if (name.Length == 0)
        {
            Note(FindingCode.NameMissing, Column.Name);
        }
        else if (name.Length > 50 || name.Any(char.IsAsciiDigit))
        {
            Note(FindingCode.NameUnreadable, Column.Name);
        }

        return name;
    }

    /// <summary>The resident ID; empty when it is none.</summary>
    public ResidentId ResidentId()
    {
        if (Word(Column.IdKind) is { } kind && !kind.Contains("身份证", StringComparison.Ordinal) && !kind.Contains("残疾", StringComparison.Ordinal) && !kind.Contains("户口", StringComparison.Ordinal))
        {
            Note(FindingCode.IdKind, Column.IdKind);
        }

        if (!Domain.ResidentId.TryParse(Line[Column.ResidentId], out var id, out var error))
        {
            Note(CodeOf(error), Column.ResidentId);
        }

        return id;
    }

    /// <summary>The phones of the given columns, each once; shared numbers are normal.</summary>
    public IReadOnlyList<Phone> Phones(params ReadOnlySpan<Column> columns)
    {
        var phones = new List<Phone>();
        foreach (var column in columns)
        {
            foreach (var text in Word(column) is null ? [] : Phone.Split(Line[column]))
            {
                if (!Phone.TryParse(text, out var phone))
                {
                    Note(FindingCode.PhoneInvalid, column);
                }
                else if (!phones.Contains(phone))
                {
                    phones.Add(phone);
                }
            }
        }

        return phones;
    }

    /// <summary>A number of the monitoring system; null when it is blank or unreadable.</summary>
    public string? Number(Column column)
    {
        if (Word(column) is not { } cell)
        {
            return null;
        }

        var number = Cells.Identifier(cell);
        if (number.Length is > 0 and <= 40 && !Cells.IsDestroyedNumber(number) && number.All(char.IsAsciiLetterOrDigit))
        {
            return number;
        }

        Note(FindingCode.NumberUnreadable, column);
        return null;
    }

    /// <summary>One of an enumeration's words, as the HTTP contract's word; null when it is blank or unknown.</summary>
    public string? Option<T>(Column column) where T : struct, Enum
    {
        if (Cells.Word(Line[column]) is not { Length: > 0 } cell)
        {
            return null;
        }

        if (Words.TryParse(cell, out T value))
        {
            return Kebab.Of(value);
        }

        Unknown(column, cell);
        return null;
    }

    /// <summary>Notes a value that is not known, with so much of it that nobody's number is repeated.</summary>
    public void Unknown(Column column, string cell) => Note(FindingCode.ValueUnknown, column, cell.Count(char.IsAsciiDigit) > 6 ? null : cell.Length <= 12 ? cell : cell[..12] + "…");

    private static FindingCode CodeOf(ResidentIdError error) => error switch
    {
        ResidentIdError.Missing => FindingCode.IdMissing,
        ResidentIdError.Destroyed => FindingCode.IdDestroyed,
        ResidentIdError.Length => FindingCode.IdLength,
        ResidentIdError.Characters => FindingCode.IdCharacters,
        ResidentIdError.BirthDate => FindingCode.IdBirthDate,
        ResidentIdError.Checksum => FindingCode.IdChecksum,
        ResidentIdError.None => throw new ArgumentOutOfRangeException(nameof(error)),
        _ => throw new ArgumentOutOfRangeException(nameof(error)),
    };
}
