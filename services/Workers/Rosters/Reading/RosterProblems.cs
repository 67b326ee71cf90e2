using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers.Rosters.Reading;

/// <summary>What may be wrong with a roster's file as a whole, in a clerk's words. Nothing of such a file is stored.</summary>
internal static class RosterProblems
{
    public static Problem Empty() => Refused(422, "empty-file", "文件是空的，没有任何内容。请选择含有表头和数据的表格。", "The file is empty. Choose a sheet with a header and rows.");

    public static Problem NoRows() => Refused(422, "empty-file", "表头下面没有任何数据行。", "There are no rows below the header.");

    public static Problem OnlyHidden() => Refused(422, "hidden-sheets", "工作簿里没有可见的工作表，隐藏的工作表不会被读取。请取消隐藏要导入的工作表，保存后再上传。",
        "The workbook has no visible sheet, and hidden ones are never read. Show the sheet to be imported, save and send it again.");

    public static Problem TooLarge() => Refused(413, "too-large", "文件超过 50 MB。请按乡镇拆分后分别上传。", "The file is larger than 50 MB. Split it by town and send the parts.");

    public static Problem TooLargeInside() =>
        Refused(413, "too-large", "文件解压后过大，不像是花名册。请将数据复制到新的工作簿后再上传。", "Unpacked, the file is far too large for a roster. Copy the rows to a new workbook and send that.");

    public static Problem Damaged() =>
        Refused(422, "unreadable-file", "文件已损坏，无法打开。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。", "The file is damaged. Open it in a spreadsheet, save it as .xlsx and send that.");

    public static Problem NoWorkbook() =>
        Refused(422, "unreadable-file", "这不是 Excel 工作簿或 CSV 文件。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。", "This is neither a workbook nor CSV. Open it in a spreadsheet, save it as .xlsx and send that.");

    public static Problem Locked() =>
        Refused(422, "unreadable-file", "文件设有打开密码。请取消密码后再上传。", "The workbook is locked by a password. Remove the password and send it again.");

    public static Problem WrongEncoding() => Refused(422, "unreadable-file",
        "CSV 文件的编码无法识别（只接受 UTF-8 或 GBK）。请另存为“CSV UTF-8”，或直接上传 .xlsx。",
        "The encoding of the CSV file is not known (UTF-8 and GBK are). Save it as “CSV UTF-8”, or send the .xlsx.");

    public static Problem OpenQuote(int line) => Refused(422, "unreadable-file",
        $"CSV 第 {line} 行附近有未闭合的引号，其后的内容无法分行。请修改引号，或直接上传 .xlsx。",
        $"Near line {line} of the CSV a quote is never closed. Mend it, or send the .xlsx.");

    public static Problem NoFile() => Problem.Validation("file", "required", "请选择要上传的文件。", "Choose a file to send.");

    public static Problem UnknownHeader(IEnumerable<string> expected) => Refused(422, "unknown-header",
        $"前 20 行内没有找到表头。表头应包含：{string.Join("、", expected)}。若文字显示为乱码，请另存为“CSV UTF-8”或 .xlsx。",
        $"No header within the first 20 rows. It should name: {string.Join(", ", expected)}. If the words look garbled, save the file as “CSV UTF-8” or .xlsx.");

    public static Problem MissingColumn(IEnumerable<string> missing) => Refused(422, "missing-column",
        $"表头缺少必需的列：{string.Join("、", missing)}。", $"The header lacks columns that are needed: {string.Join(", ", missing)}.");

    private static Problem Refused(int status, string code, string zh, string en) =>
        new(status, code, new Text(zh, en), [new FieldError("file", code, new Text(zh, en))]);
}
