using System.Globalization;
using LaborBridge.Domain;
using LaborBridge.Workers.Rosters.Reading;
using LaborBridge.Workers.Rosters.Verdicts;

namespace LaborBridge.Workers.Rosters.Jobs;

/// <summary>Rows that go through one transaction. <c>After</c> is the line before the first, <c>Last</c> the line of the last.</summary>
internal sealed record ReadPortion(int After, int Last, IReadOnlyList<ReadRow> Rows);

/// <summary>A row as read, before the register was asked. <c>Decided</c> is set where the row alone decides.</summary>
internal sealed record ReadRow(int Number, string? MaskedName, string IdHash, Verdict? Decided, IReadOnlyList<Finding> Findings, HouseholdEntry? Household, WishEntry? Wish);

/// <summary>Reads a roster's file into portions. The same file gives the same portions after a restart, and knows the duplicates before the point of restart.</summary>
internal sealed class PortionReader(Sealing sealing, RowContext context, RosterSheet sheet)
{
    /// <summary>Rows a transaction: clerks write in between.</summary>
    public const int Size = 250;

    // Keyed hashes of the IDs seen, half of each: two persons share one once in 10^19 pairs.
    private readonly Dictionary<UInt128, int> seen = [];

    /// <summary>The portions behind <paramref name="lastLine"/>.</summary>
    public IEnumerable<ReadPortion> Read(ISheetReader reader, Header header, int lastLine)
    {
        var rows = new List<ReadRow>(Size);
        var after = lastLine;
        while (reader.Read(out var line))
        {
            var row = Read(header.Of(line));
            if (row.Number <= lastLine)
            {
                continue;
            }

            rows.Add(row);
            if (rows.Count == Size)
            {
                yield return new ReadPortion(after, row.Number, rows);
                (after, rows) = (row.Number, new List<ReadRow>(Size));
            }
        }

        if (rows.Count > 0)
        {
            yield return new ReadPortion(after, rows[^1].Number, rows);
        }
    }

    private ReadRow Read(RosterLine line)
    {
        var reading = new RowReading(line, context);
        var nonLabour = false;
        var household = sheet == RosterSheet.Household ? HouseholdEntry.Read(reading, out nonLabour) : null;
        var wish = sheet == RosterSheet.Wishes ? WishEntry.Read(reading) : null;
        if (nonLabour)
        {
            return new ReadRow(line.Number, MaskedName: null, "", Verdict.NonLabour, [], Household: null, Wish: null);
        }

        var name = Person.MaskName(Short(Cells.Word(line[Column.Name])));
        if ((household?.Id ?? wish?.Id) is not { } id)
        {
            return new ReadRow(line.Number, name, "", Verdict.Error, reading.Findings, Household: null, Wish: null);
        }

        var hash = sealing.IdHash(id);
        if (!seen.TryAdd(UInt128.Parse(hash.AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), line.Number))
        {
            var first = seen[UInt128.Parse(hash.AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)];
            reading.Note(FindingCode.DuplicateInFile, Column.ResidentId, first.ToString(CultureInfo.InvariantCulture));
            return new ReadRow(line.Number, name, hash, Verdict.Duplicate, reading.Findings, Household: null, Wish: null);
        }

        return new ReadRow(line.Number, name, hash, Decided: null, reading.Findings, household, wish);
    }

    private static string Short(string name) => name.Length <= 50 ? name : name[..50];
}
