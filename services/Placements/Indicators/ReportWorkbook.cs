using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Indicators;

/// <summary>Writes the monthly report as .xlsx: plain texts and numbers, never a formula.</summary>
internal static class ReportWorkbook
{
    static readonly (string Title, Func<IndicatorRow, object?> Value)[] Columns =
    [
        ("转移就业（人）", row => row.WorkersTransferred),
        ("其中协作帮助（人）", row => row.Arranged),
        ("其中脱贫（人）", row => row.TransferredOutOfPoverty),
        ("新输转（人次）", row => row.Departures.New),
        ("返岗（人次）", row => row.Departures.Returning),
        ("其中赴闽（人次）", row => row.Departures.ToFujian),
        ("点对点（人次）", row => row.PointToPoint),
        ("组织化率", row => Percent(row.OrganisedRate)),
        ("县外就业率", row => Percent(row.OutOfCountyRate)),
        ("省外就业率", row => Percent(row.OutOfProvinceRate)),
        ("就地就近（人）", row => row.LocalEmployment.Total),
        ("稳定就业率≥3个月", row => Percent(row.Stable3Rate)),
        ("稳定就业率≥6个月", row => Percent(row.Stable6Rate)),
        ("稳定在闽（人）", row => row.StableInFujian),
        ("在岗（人）", row => row.OnPost),
        ("在岗脱贫（人）", row => row.OutOfPoverty),
        ("在岗监测对象（人）", row => row.Monitored),
        ("返乡（人）", row => row.Returned),
        ("劳务收入（元）", row => row.WageIncome),
        ("培训（人次）", row => row.Trained),
        ("有凭证月份占比", row => Percent(row.EvidenceShare)),
    ];

    public static byte[] Write(MonthlyReport.Content content)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.Workbook = new Workbook();
            var sheets = workbook.Workbook.AppendChild(new Sheets());
            foreach (var (title, rows) in content.Tables)
                Add(workbook, sheets, title, [Headline(content), ["单位（地区）", .. Columns.Select(column => column.Title)], .. rows.Select(row => (object?[])[row.Label, .. Columns.Select(column => column.Value(row))])]);
            Add(workbook, sheets, "说明", Notes(content));
        }

        return stream.ToArray();
    }

    /// <summary>Rounded half up to one decimal; the rule is printed.</summary>
    internal static string Percent(decimal? share) => share is { } value ? $"{Math.Round(value * 100, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture)}%" : "—";

    static object?[] Headline(MonthlyReport.Content content) =>
        [$"{(content.Demo ? "【演示数据】" : "")}闽宁劳务协作输转就业月报 {content.Month:yyyy} 年 {content.Month.Month} 月，截至 {content.AsOf:yyyy-MM-dd}，记录知悉至 {Moment(content.KnownAt)}，台账第 {content.Position} 条"];

    static object?[][] Notes(MonthlyReport.Content content) =>
    [
        .. content.Demo ? (object?[][])[["演示数据：本表中的人员、单位和数字均为虚构。"]] : [],
        ["统计期", $"本月 {content.Month:yyyy-MM-dd} 至 {content.AsOf:yyyy-MM-dd}；本年累计自 {content.Month.Year}-01-01 起"],
        ["截至日", content.AsOf.ToString("yyyy-MM-dd")],
        ["记录知悉至", Moment(content.KnownAt)],
        ["台账条目数", content.Position],
        ["台账末条散列（SHA-256）", content.Hash],
        ["口径", "人：同一人在一张表的一行内只计一次；人次：每次输送、每次培训各计一次。"],
        ["新输转与返岗", "输送一次计一人次；新输转为首次到岗，返岗为休假后回到原岗位。就地就近就业不计输转。"],
        ["稳定就业率", "截至日前已有条件满 3（6）个月的就业段中，实际连续满 3（6）个月且逐月有凭证的比例；时间不足的不计入分母。"],
        ["在岗", "截至日在岗，含休假；实习与务农不计入各项就业指标。"],
        ["脱贫、监测对象", "按到岗首日的户类型。"],
        ["劳务收入", "统计期内期满的在岗月份乘以月工资。"],
        ["百分比", "四舍五入保留一位小数。"],
        ["期初数", "系统建立之前年份的汇总数未逐人核实，不在本表之内。"],
    ];

    static string Moment(DateTimeOffset moment) => moment.ToOffset(ChinaTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    static void Add(WorkbookPart workbook, Sheets sheets, string name, IReadOnlyList<object?[]> rows)
    {
        var part = workbook.AddNewPart<WorksheetPart>();
        var data = new SheetData();
        foreach (var row in rows)
            data.AppendChild(new Row(row.Select(CellOf)));
        part.Worksheet = new Worksheet(data);
        sheets.AppendChild(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)sheets.ChildElements.Count + 1, Name = name });
    }

    static Cell CellOf(object? value) => value switch
    {
        null => new Cell(),
        int or long or decimal => new Cell { DataType = CellValues.Number, CellValue = new CellValue(Convert.ToString(value, CultureInfo.InvariantCulture)!) },
        _ => new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(Cells.Harmless(value.ToString()!)) { Space = SpaceProcessingModeValues.Preserve }) },
    };
}
