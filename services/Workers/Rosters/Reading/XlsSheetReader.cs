using System.Globalization;
using System.Text;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters.Reading;

/// <summary>Reads .xls, the format of before 2007, and tells of workbooks locked by a password, which come in the same container.</summary>
internal sealed class XlsSheetReader : ISheetReader
{
    // A .xls has 256 at most; a damaged one may say that it has 65,536, in as many rows.
    private const int MostColumns = 500;

    private readonly IExcelDataReader reader;
    private int number;
    private bool started;

    static XlsSheetReader() => System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private XlsSheetReader(IExcelDataReader reader) => this.reader = reader;

    /// <inheritdoc/>
    public string? Encoding => null;

    /// <inheritdoc/>
    public int Lines => reader.RowCount;

    /// <exception cref="ProblemException">Damaged, or locked by a password.</exception>
    public static XlsSheetReader Open(byte[] content) => Guarded(() => new XlsSheetReader(ExcelReaderFactory.CreateReader(
        new MemoryStream(content, writable: false),
        new ExcelReaderConfiguration { FallbackEncoding = System.Text.Encoding.GetEncoding("GB18030"), LeaveOpen = false })));

    /// <inheritdoc/>
    public bool NextSheet()
    {
        while (!started || Guarded(reader.NextResult))
        {
            started = true;
            number = 0;
            if (reader.VisibleState is not ("hidden" or "veryhidden"))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Read(out SheetLine line)
    {
        while (Guarded(reader.Read))
        {
            number++;
            line = new SheetLine(number, Cells());
            if (!line.IsEmpty)
            {
                return true;
            }
        }

        line = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private string[] Cells()
    {
        var cells = new string[Math.Min(reader.FieldCount, MostColumns)];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Text(reader.GetValue(i));
        }

        return cells;
    }

    // A formula that failed comes as null from the library: a blank. Whole numbers as people see them. From 10^15 on a cell has rounded the digits away: then the scientific form remains, which is refused as an ID.
    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        double number when Math.Abs(number) < 1e15 => number.ToString("0.############", CultureInfo.InvariantCulture),
        double number => number.ToString("E5", CultureInfo.InvariantCulture),
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "是" : "否",
        IFormattable other => other.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidPasswordException)
        {
            throw new ProblemException(RosterProblems.Locked());
        }
        catch (Exception error) when (error is ExcelReaderException or InvalidDataException or XmlException or FormatException or OverflowException
            or ArgumentException or IndexOutOfRangeException or EndOfStreamException or NotSupportedException or NullReferenceException or InvalidOperationException or KeyNotFoundException)
        {
            // The parser meets a damaged workbook with whatever its code trips over.
            throw new ProblemException(RosterProblems.Damaged());
        }
    }
}
