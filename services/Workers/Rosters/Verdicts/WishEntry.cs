using LaborBridge.Domain;
using LaborBridge.Workers.Rosters.Reading;

namespace LaborBridge.Workers.Rosters.Verdicts;

/// <summary>A row of the wish sheet after reading; null is a blank cell, which changes nothing.</summary>
internal sealed record WishEntry(
    string Name, ResidentId Id, IReadOnlyList<Phone> Phones, bool? Willing, IReadOnlyList<string>? Trades, IReadOnlyList<string>? Places, Money? Pay, DateOnly? From, bool? Lodging,
    IReadOnlyList<string>? Canteens, IReadOnlyList<string>? Certificates, IReadOnlyList<string>? Languages, ResidentId? With, bool? Consent, string ConsentForm, DateOnly AskedOn)
{
    private static readonly HashSet<string> Anywhere = new(StringComparer.Ordinal) { "不限", "都可以", "都行", "全国", "无要求", "任意", "随意", "均可", "国内", "不限地区" };

    /// <summary>Reads a row; null when it is refused.</summary>
    public static WishEntry? Read(RowReading row)
    {
        row.CheckCells();
        var name = row.Name();
        var id = row.ResidentId();
        if (!id.IsEmpty && id.AgeOn(row.Context.Today) < LegalAge.Work)
        {
            row.Note(FindingCode.Under16, Column.ResidentId);
        }

        if (row.Refused)
        {
            return null;
        }

        var (lodging, canteens) = Board(row);
        return new WishEntry(
            name, id, row.Phones(Column.MemberPhone), YesOrNo(row, Column.Willing), ReadTrades(row), ReadPlaces(row), ReadPay(row), ReadFrom(row), lodging, canteens,
            CellValues.Items(row.Line[Column.Certificates]) is { Count: > 0 } certificates ? [.. certificates.Select(text => text.Length <= 60 ? text : text[..60]).Take(20)] : null,
            ReadLanguages(row), Companion(row), YesOrNo(row, Column.Consent), Form(row), ReadAskedOn(row));
    }

    private static bool? YesOrNo(RowReading row, Column column)
    {
        if (Cells.Word(row.Line[column]) is not { Length: > 0 } cell)
        {
            return null;
        }

        var answer = CellValues.YesOrNo(cell);
        if (answer is null)
        {
            row.Unknown(column, cell);
        }

        return answer;
    }

    private static List<string>? ReadTrades(RowReading row)
    {
        // 普工/不限 is one word of ours though it holds a separator.
        if (row.Word(Column.WishedTrades) is { } whole && Domain.Trades.Parse(whole) is { } only)
        {
            return [only.Code];
        }

        var codes = new List<string>();
        foreach (var item in CellValues.Items(row.Line[Column.WishedTrades]))
        {
            if (Domain.Trades.Parse(item) is { } trade)
            {
                codes.Add(trade.Code);
            }
            else
            {
                row.Unknown(Column.WishedTrades, item);
            }
        }

        return codes.Count > 0 ? [.. codes.Distinct(StringComparer.Ordinal).Take(20)] : null;
    }

    private static List<string>? ReadPlaces(RowReading row)
    {
        var codes = new List<string>();
        foreach (var item in CellValues.Items(row.Line[Column.WishedPlaces]))
        {
            if (Anywhere.Contains(item))
            {
                return [];
            }

            if (row.Context.Place(item) is { } place)
            {
                codes.Add(place.ToString());
            }
            else
            {
                row.Unknown(Column.WishedPlaces, item);
            }
        }

        return codes.Count > 0 ? [.. codes.Distinct(StringComparer.Ordinal).Take(20)] : null;
    }

    private static List<string>? ReadLanguages(RowReading row)
    {
        var codes = new List<string>();
        foreach (var item in CellValues.Items(row.Line[Column.Languages]))
        {
            if (Words.TryParse<SpokenLanguage>(item, out var language))
            {
                codes.Add(Kebab.Of(language));
            }
            else
            {
                row.Unknown(Column.Languages, item);
            }
        }

        return codes.Count > 0 ? [.. codes.Distinct(StringComparer.Ordinal)] : null;
    }

    private static Money? ReadPay(RowReading row)
    {
        if (row.Word(Column.WishedPay) is not { } cell || Anywhere.Contains(cell) || cell is "面议")
        {
            return null;
        }

        if (CellValues.TryPay(cell, out var pay))
        {
            return pay;
        }

        row.Unknown(Column.WishedPay, cell);
        return null;
    }

    private static DateOnly? ReadFrom(RowReading row)
    {
        if (row.Word(Column.From) is not { } cell)
        {
            return null;
        }

        if (cell is "随时" or "立即" or "马上" or "现在" or "随时可出发" or "即日")
        {
            return row.Context.Today;
        }

        if (CellValues.TryComingDay(cell, row.Context.Today, out var day))
        {
            return day;
        }

        row.Unknown(Column.From, cell);
        return null;
    }

    // What the person chose is written there; nothing is concluded from anything else.
    private static (bool? Lodging, IReadOnlyList<string>? Canteens) Board(RowReading row)
    {
        if (Cells.Word(row.Line[Column.Lodging]) is not { Length: > 0 } cell)
        {
            return (null, null);
        }

        var canteens = new List<string>();
        if (cell.Contains("清真", StringComparison.Ordinal))
        {
            canteens.Add("halal");
        }
        else if (cell.Contains("餐补", StringComparison.Ordinal))
        {
            canteens.Add("meal-allowance");
        }
        else if (cell.Contains("食堂", StringComparison.Ordinal) || cell.Contains('吃', StringComparison.Ordinal) || (cell.Contains('食', StringComparison.Ordinal) && !IsRefusal(cell)))
        {
            canteens.Add("canteen");
        }

        bool? lodging = IsRefusal(cell) ? false
            : cell.Contains('住', StringComparison.Ordinal) || cell.Contains('宿', StringComparison.Ordinal) ? true
            : CellValues.YesOrNo(cell);
        if (lodging is null && canteens.Count == 0 && !Anywhere.Contains(cell))
        {
            row.Unknown(Column.Lodging, cell);
        }

        return (lodging, canteens.Count > 0 ? canteens : null);
    }

    private static bool IsRefusal(string cell) =>
        cell is "无" or "否" or "不" || cell.Contains("自理", StringComparison.Ordinal) || cell.Contains("不需", StringComparison.Ordinal) || cell.Contains("不住", StringComparison.Ordinal)
        || cell.Contains("不要", StringComparison.Ordinal) || cell.Contains("自行解决", StringComparison.Ordinal);

    private static ResidentId? Companion(RowReading row)
    {
        if (row.Word(Column.With) is not { } cell)
        {
            return null;
        }

        if (ResidentId.TryParse(cell, out var id))
        {
            return id;
        }

        row.Note(FindingCode.CompanionUnknown, Column.With);
        return null;
    }

    // The sheet is filled by calls.
    private static string Form(RowReading row) => row.Word(Column.ConsentForm) switch
    {
        { } word when word.Contains('纸', StringComparison.Ordinal) || word.Contains('书', StringComparison.Ordinal) || word.Contains('签', StringComparison.Ordinal) => "paper",
        { } word when word.Contains('口', StringComparison.Ordinal) || word.Contains('面', StringComparison.Ordinal) => "oral",
        _ => "phone",
    };

    private static DateOnly ReadAskedOn(RowReading row) =>
        CellValues.TryDay(row.Line[Column.AskedOn], out var day) && day <= row.Context.Today ? day : row.Context.Today;
}
