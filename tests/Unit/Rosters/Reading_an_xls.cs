using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Reading;
using NPOI.HSSF.UserModel;
using NPOI.SS.UserModel;
using Xunit;

namespace LaborBridge.Tests.Unit.Rosters;

/// <summary>Workbooks of before 2007, as county offices still send them, whole and broken.</summary>
public sealed class Reading_an_xls
{
    private static readonly string[] Titles = ["姓名", "证件号码", "县", "出生日期", "劳动技能"];

    [Fact]
    public void takes_texts_numbers_days_formulas_and_flags()
    {
        var (book, sheet) = Book();
        var row = sheet.CreateRow(2);
        row.CreateCell(0).SetCellValue("马燕");
        row.CreateCell(1).SetCellValue(Sheets.Id());
        row.CreateCell(2).CellFormula = "\"西吉\"&\"县\"";
        var day = book.CreateCellStyle();
        day.DataFormat = book.CreateDataFormat().GetFormat("yyyy-mm-dd");
        row.CreateCell(3).SetCellValue(new DateTime(1990, 3, 7));
        row.GetCell(3).CellStyle = day;
        var destroyed = sheet.CreateRow(3);
        destroyed.CreateCell(0).SetCellValue("丁秀兰");
        destroyed.CreateCell(1).SetCellValue(642223199001011010d);
        destroyed.CreateCell(2).CellFormula = "1/0";
        destroyed.CreateCell(4).SetCellValue(12d);
        HSSFFormulaEvaluator.EvaluateAllFormulaCells(book);

        var lines = Sheets.Read(Bytes(book));
        Assert.Equal(["马燕", Sheets.Id(), "西吉县", "1990-03-07"], new[] { Column.Name, Column.ResidentId, Column.County, Column.BirthDate }.Select(column => lines[0][column]));
        Assert.Equal((3, 4), (lines[0].Number, lines[1].Number));
        Assert.False(Domain(lines[1][Column.ResidentId], out var error));
        Assert.Equal(LaborBridge.Domain.ResidentIdError.Destroyed, error);
        Assert.Equal("12", lines[1][Column.LabourCapacity]);
    }

    [Fact]
    public void passes_over_hidden_sheets()
    {
        var (book, _) = Book(rows: 2);
        book.CreateSheet("另一张");
        book.SetActiveSheet(1);
        book.SetSheetHidden(0, hidden: true);
        Assert.Equal("empty-file", Sheets.Refused(() => Sheets.Read(Bytes(book))));
        book.SetSheetHidden(1, SheetState.VeryHidden);
        Assert.Equal("hidden-sheets", Sheets.Refused(() => Sheets.Read(Bytes(book))));
    }

    [Fact]
    public void reads_on_behind_sixty_thousand_empty_rows()
    {
        var (book, sheet) = Book(rows: 1);
        for (var row = 3; row < 65_535; row++)
        {
            sheet.CreateRow(row);
        }

        sheet.CreateRow(65_535).CreateCell(0).SetCellValue("马燕");
        Assert.Equal([3, 65_536], Sheets.Read(Bytes(book)).Select(line => line.Number));
    }

    [Fact]
    public void refuses_one_that_is_cut_off_anywhere()
    {
        var (book, _) = Book(rows: 200);
        var content = Bytes(book);
        for (var length = 8; length < content.Length * 9 / 10; length += 97)
        {
            Assert.Equal("unreadable-file", Sheets.Refused(() => ReadAll(content[..length])));
        }
    }

    [Fact]
    public void ends_in_a_verdict_whatever_bytes_are_wrong()
    {
        var (book, _) = Book(rows: 50);
        var content = Bytes(book);
        var random = new Random(1);
        var refused = 0;
        for (var time = 0; time < 400; time++)
        {
            var broken = content.ToArray();
            for (var wrong = 0; wrong < 1 + (time % 8); wrong++)
            {
                broken[8 + random.Next(broken.Length - 8)] = (byte)random.Next(256);
            }

            // Where the bytes still make a workbook its rows are judged; else it is refused in words. Anything else ends this test.
            try
            {
                ReadAll(broken);
            }
            catch (ProblemException problem)
            {
                Assert.Equal(422, problem.Problem.Status);
                refused++;
            }
        }

        Assert.InRange(refused, 1, 399);
    }

    private static bool Domain(string? text, out LaborBridge.Domain.ResidentIdError error) => LaborBridge.Domain.ResidentId.TryParse(text, out _, out error);

    private static void ReadAll(byte[] content)
    {
        RosterFile.Check(content, "花名册.xls");
        Sheets.Read(content);
    }

    // A title above the header, as they have it.
    private static (HSSFWorkbook Book, ISheet Sheet) Book(int rows = 0)
    {
        var book = new HSSFWorkbook();
        var sheet = book.CreateSheet("花名册");
        sheet.CreateRow(0).CreateCell(0).SetCellValue("西吉县劳动力花名册");
        var header = sheet.CreateRow(1);
        for (var column = 0; column < Titles.Length; column++)
        {
            header.CreateCell(column).SetCellValue(Titles[column]);
        }

        for (var number = 0; number < rows; number++)
        {
            var row = sheet.CreateRow(2 + number);
            row.CreateCell(0).SetCellValue("马燕" + number);
            row.CreateCell(1).SetCellValue(Sheets.Id(number: number + 1));
        }

        return (book, sheet);
    }

    private static byte[] Bytes(HSSFWorkbook book)
    {
        using var stream = new MemoryStream();
        book.Write(stream);
        return stream.ToArray();
    }
}
