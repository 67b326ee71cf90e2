using LaborBridge.Domain;
using LaborBridge.Workers.Rosters.Reading;

namespace LaborBridge.Workers.Rosters.Verdicts;

/// <summary>A spell of work as a roster's row tells it, at month grain.</summary>
internal sealed record WorkSeen(
    int Year, DivisionCode Workplace, string? WorkplaceText, string? Employer, string? Industry, string Channel, DateOnly StartedOn, int Months, DateOnly? EndedOn);

/// <summary>
/// Reads the work out of a household row. The sheet says where and for how many months of its year, not when. Its months are counted back
/// from the last month that it can know: December of a year gone by (the spell then ends with that year), the present month of the running year
/// (the spell then runs on). Ten months in the export of 2025 are 2025-03-01 to 2025-12-31; three months in November 2026 began on 2026-09-01.
/// </summary>
internal static class WorkOfRow
{
    /// <summary>Whether the row speaks of work at all.</summary>
    public static bool IsNamed(RowReading row) =>
        row.Word(Column.Workplace) is not null || row.Word(Column.Employer) is not null || row.Word(Column.Months) is not null || row.Word(Column.PublicPostMonths) is not null;

    /// <summary>The spell; null when there is none or it is not known well enough.</summary>
    public static WorkSeen? Read(RowReading row, int year, DivisionCode home)
    {
        var (place, monthsColumn, isPublicPost) = (row.Word(Column.Workplace), Column.Months, false);
        if (place is null && row.Word(Column.Employer) is null && row.Word(Column.Months) is null && row.Word(Column.PublicPostMonths) is not null)
        {
            // A public-welfare post is in the own town.
            (monthsColumn, isPublicPost) = (Column.PublicPostMonths, true);
        }

        var months = Months(row, monthsColumn, year);
        if (!isPublicPost && (place is null || months is null))
        {
            if (place is not null || months is not null || row.Word(Column.Employer) is not null)
            {
                row.Note(FindingCode.WorkIncomplete, place is null ? Column.Workplace : Column.Months);
            }

            return null;
        }

        if (months is not { } count)
        {
            return null;
        }

        if (isPublicPost)
        {
            return Spell(row, year, home, text: null, "public-welfare", count);
        }

        if (Workplace(row, place!, home) is not { } workplace)
        {
            row.Note(FindingCode.WorkplaceUnknown, Column.Workplace);
            return null;
        }

        return Spell(row, year, workplace, row.Line[Column.Workplace]!.Trim(), Channel(row), count);
    }

    private static WorkSeen Spell(RowReading row, int year, DivisionCode workplace, string? text, string channel, int months)
    {
        var today = row.Context.Today;
        var runs = year == today.Year;
        var last = new DateOnly(year, runs ? today.Month : 12, 1);
        return new WorkSeen(year, workplace, text, row.Word(Column.Employer), row.Word(Column.Industry), channel, last.AddMonths(1 - months), months, runs ? null : new DateOnly(year, 12, 31));
    }

    private static int? Months(RowReading row, Column column, int year)
    {
        if (row.Word(column) is not { } cell)
        {
            return null;
        }

        if (!CellValues.TryMonths(cell, out var months))
        {
            row.Note(FindingCode.MonthsUnreadable, column);
            return null;
        }

        var most = year == row.Context.Today.Year ? row.Context.Today.Month : 12;
        if (months > most)
        {
            row.Note(FindingCode.MonthsUnreadable, column);
        }

        return months == 0 ? null : Math.Min(months, most);
    }

    // Some exports hold the class of the place instead of the place.
    private static DivisionCode? Workplace(RowReading row, string text, DivisionCode home) => Words.TryParse(text, out PlaceClass place)
        ? place switch
        {
            PlaceClass.WithinTown => home,
            PlaceClass.WithinCounty => home.County,
            PlaceClass.WithinProvince => home.Province,
            PlaceClass.OutsideProvince => null,
            _ => throw new ArgumentOutOfRangeException(nameof(text), place, "Not a place class."),
        }
        : row.Context.Place(text);

    private static string Channel(RowReading row)
    {
        if (row.Word(Column.Channel) is not { } word)
        {
            return "self";
        }

        if (Channels.Parse(word) is { } channel)
        {
            return channel.Code;
        }

        row.Unknown(Column.Channel, word);
        return "self";
    }
}
