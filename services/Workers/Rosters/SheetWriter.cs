using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using LaborBridge.Domain;

namespace LaborBridge.Workers.Rosters;

/// <summary>How a row of a workbook is coloured.</summary>
internal enum RowColour
{
    None,
    Header,
    Warning,
    Error,
}

/// <summary>
/// Writes a workbook of one sheet, row by row, without holding it. Every cell is text: a long number keeps its digits, and what looks like a formula
/// is not one (<c>=cmd|…</c> in a sheet that is saved as CSV later would run).
/// </summary>
internal sealed class SheetWriter : IDisposable
{
    private static readonly Row RowElement = new();
    private static readonly Cell CellElement = new();
    private static readonly InlineString InlineElement = new();
    private static readonly Text TextElement = new();

    private readonly SpreadsheetDocument document;
    private readonly OpenXmlWriter writer;
    private int number;

    public SheetWriter(Stream stream, string sheet)
    {
        document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        workbook.AddNewPart<WorkbookStylesPart>("styles").Stylesheet = Styles();
        var part = workbook.AddNewPart<WorksheetPart>("sheet1");
        workbook.Workbook = new Workbook(new Sheets(new Sheet { Name = sheet, SheetId = 1, Id = "sheet1" }));
        writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteStartElement(new SheetData());
    }

    /// <summary>Writes the next row.</summary>
    public void Write(IEnumerable<string> cells, RowColour colour = RowColour.None)
    {
        number++;
        var style = new OpenXmlAttribute("s", "", ((int)colour).ToString(CultureInfo.InvariantCulture));
        writer.WriteStartElement(RowElement, [new OpenXmlAttribute("r", "", number.ToString(CultureInfo.InvariantCulture))]);
        var column = 0;
        foreach (var cell in cells)
        {
            column++;
            if (cell.Length > 0)
            {
                writer.WriteStartElement(CellElement, [new OpenXmlAttribute("r", "", Letters(column) + number.ToString(CultureInfo.InvariantCulture)), style, new OpenXmlAttribute("t", "", "inlineStr")]);
                writer.WriteStartElement(InlineElement);
                writer.WriteStartElement(TextElement);
                writer.WriteString(Clean(Cells.Harmless(cell)));
                writer.WriteEndElement();
                writer.WriteEndElement();
                writer.WriteEndElement();
            }
        }

        writer.WriteEndElement();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        writer.WriteEndElement();
        writer.WriteEndElement();
        writer.Dispose();
        document.Dispose();
    }

    // XML knows no control characters; a cell holds at most 32,767 characters.
    private static string Clean(string text)
    {
        var shortened = text.Length <= 32_000 ? text : text[..32_000];
        return shortened.Any(c => (char.IsControl(c) && c is not ('\n' or '\t')) || c is '\uFFFE' or '\uFFFF' || char.IsSurrogate(c))
            ? string.Concat(shortened.EnumerateRunes().Where(rune => rune.Value is '\n' or '\t' || (rune.Value >= 0x20 && rune.Value is not (0x7F or 0xFFFE or 0xFFFF))).Select(rune => rune.ToString()))
            : shortened;
    }

    private static string Letters(int column)
    {
        var letters = "";
        for (; column > 0; column = (column - 1) / 26)
        {
            letters = (char)('A' + ((column - 1) % 26)) + letters;
        }

        return letters;
    }

    private static Stylesheet Styles() => new(
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }), Filled("FFD9E1F2"), Filled("FFFFF2CC"), Filled("FFF8CBAD")),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(Format(font: 0, fill: 0), Format(font: 1, fill: 2), Format(font: 0, fill: 3), Format(font: 0, fill: 4)));

    private static Fill Filled(string colour) => new(new PatternFill(new ForegroundColor { Rgb = colour }) { PatternType = PatternValues.Solid });

    // Number format 49 is text: what is typed later keeps its digits too.
    private static CellFormat Format(uint font, uint fill) => new() { NumberFormatId = 49, FontId = font, FillId = fill, BorderId = 0, ApplyNumberFormat = true, ApplyFill = true, ApplyFont = true };
}
