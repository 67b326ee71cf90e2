using System.Globalization;
using LaborBridge.Domain;
using LaborBridge.Workers.Rosters.Reading;

namespace LaborBridge.Workers.Rosters.Verdicts;

/// <summary>
/// A row of the household export after reading. Whole households are listed: who is under 16 and does not work is no labour force, counted
/// and not kept; who is under 16 and works, or was when the work began, is an error (Labour Law art. 15).
/// </summary>
internal sealed record HouseholdEntry(
    string Name, ResidentId Id, DivisionCode Home, string? AddressText, IReadOnlyList<Phone> Phones, string? HouseholdNumber, string? PersonNumber, string? Relation,
    string? Education, string? LabourCapacity, string? Health, string? Status, DateOnly StatusOn, WorkSeen? Work)
{
    private static readonly Dictionary<string, string> Relations = new(StringComparer.Ordinal)
    {
        ["户主"] = "head", ["本人"] = "head", ["配偶"] = "spouse", ["之妻"] = "spouse", ["之夫"] = "spouse", ["妻"] = "spouse", ["夫"] = "spouse",
        ["之子"] = "son", ["子"] = "son", ["儿子"] = "son", ["长子"] = "son", ["次子"] = "son", ["之女"] = "daughter", ["女"] = "daughter", ["女儿"] = "daughter",
        ["长女"] = "daughter", ["次女"] = "daughter", ["之儿媳"] = "daughter-in-law", ["儿媳"] = "daughter-in-law", ["之女婿"] = "son-in-law", ["女婿"] = "son-in-law",
        ["之父"] = "father", ["父亲"] = "father", ["之母"] = "mother", ["母亲"] = "mother", ["之孙子"] = "grandson", ["孙子"] = "grandson",
        ["之孙女"] = "granddaughter", ["孙女"] = "granddaughter", ["之兄弟姐妹"] = "sibling", ["之兄"] = "sibling", ["之弟"] = "sibling", ["之姐"] = "sibling", ["之妹"] = "sibling",
    };

    /// <summary>Reads a row; null when it is refused, or when it is <paramref name="nonLabour"/>.</summary>
    public static HouseholdEntry? Read(RowReading row, out bool nonLabour)
    {
        nonLabour = IsChildWithoutWork(row);
        if (nonLabour)
        {
            return null;
        }

        row.CheckCells();
        var name = row.Name();
        var id = row.ResidentId();
        var home = ReadHome(row);
        if (!id.IsEmpty)
        {
            CheckAgainstId(row, id);
        }

        if (row.Refused)
        {
            return null;
        }

        var year = ReadYear(row);
        var capacity = row.Option<LabourCapacity>(Column.LabourCapacity);
        var work = WorkOfRow.Read(row, year, home);
        if (WorkOfRow.IsNamed(row) && capacity is "lost" or "none")
        {
            row.Note(FindingCode.CapacityContradictsWork, Column.LabourCapacity);
        }

        // Counted back from the last month that the sheet can know: it cannot have begun later.
        if (work is not null && LegalAge.On(id.BirthDate, work.StartedOn.AddMonths(1).AddDays(-1)) < LegalAge.Work)
        {
            row.Note(FindingCode.Under16, Column.Months);
            return null;
        }

        return new HouseholdEntry(
            name, id, home, row.Word(Column.Village), row.Phones(Column.MemberPhone, Column.HouseholdPhone), row.Number(Column.HouseholdNumber),
            row.Number(Column.PersonNumber), ReadRelation(row), row.Option<Education>(Column.Education), capacity, row.Word(Column.Health), ReadStatus(row),
            new DateOnly(year, 1, 1), work);
    }

    // Small children are often listed without a number of their own: then the birth date decides.
    private static bool IsChildWithoutWork(RowReading row)
    {
        var hasId = ResidentId.TryParse(row.Line[Column.ResidentId], out var id, out var error);
        var birth = hasId ? id.BirthDate : error == ResidentIdError.Missing && CellValues.TryDay(row.Line[Column.BirthDate], out var day) ? day : (DateOnly?)null;
        return birth is { } known && LegalAge.On(known, row.Context.Today) < LegalAge.Work && !WorkOfRow.IsNamed(row);
    }

    private static void CheckAgainstId(RowReading row, ResidentId id)
    {
        if (id.AgeOn(row.Context.Today) < LegalAge.Work)
        {
            row.Note(FindingCode.Under16, Column.ResidentId);
        }
        else if (id.AgeOn(row.Context.Today) > 120)
        {
            row.Note(FindingCode.IdBirthDate, Column.ResidentId);
        }

        if (row.Word(Column.Sex) is { } sex && (!Words.TryParse(sex, out Sex said) || said != id.Sex))
        {
            row.Note(FindingCode.SexDiffers, Column.Sex);
        }

        if (row.Word(Column.BirthDate) is { } birth && (!CellValues.TryDay(birth, out var day) || (day.Year, day.Month) != (id.BirthDate.Year, id.BirthDate.Month)))
        {
            row.Note(FindingCode.BirthDateDiffers, Column.BirthDate);
        }
    }

    private static DivisionCode ReadHome(RowReading row)
    {
        var town = row.Word(Column.Town);
        var found = row.Context.Home(row.Word(Column.Province), row.Word(Column.Prefecture), row.Word(Column.County), town);
        if (found is not { Level: >= DivisionLevel.County } home)
        {
            row.Note(FindingCode.DivisionUnknown, row.Word(Column.County) is null ? Column.Town : Column.County);
            return default;
        }

        if (!row.Context.Caller.Covers(home.ToString()))
        {
            row.Note(FindingCode.OutsideScope, Column.County);
        }
        else if (town is not null && home.Level == DivisionLevel.County)
        {
            row.Note(FindingCode.TownUnknown, Column.Town);
        }

        return home;
    }

    private static int ReadYear(RowReading row)
    {
        var today = row.Context.Today;
        if (row.Word(Column.Year) is not { } cell)
        {
            return today.Year;
        }

        if (int.TryParse(cell.TrimEnd('度').TrimEnd('年'), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year >= 2013 && year <= today.Year)
        {
            return year;
        }

        row.Unknown(Column.Year, cell);
        return today.Year;
    }

    private static string? ReadRelation(RowReading row) => row.Word(Column.Relation) is not { } word ? null : Relations.GetValueOrDefault(word, "other");

    private static string? ReadStatus(RowReading row)
    {
        if (row.Word(Column.HouseholdStatus) is not { } word)
        {
            return null;
        }

        if (HouseholdStatuses.Parse(word) is { } status)
        {
            return status.Code;
        }

        row.Unknown(Column.HouseholdStatus, word);
        return null;
    }
}
