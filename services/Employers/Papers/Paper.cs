using System.Globalization;
using System.Text;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Employers.Papers;

internal enum PaperFormat
{
    Pdf,
    Jpeg,
    Png,
}

/// <summary>What a paper may be, and what is wrong with one that is not taken. Pure.</summary>
internal static class Paper
{
    public const int Largest = 10 * 1024 * 1024;

    /// <summary>How many a firm may have: a licence, leases and photographs of each site.</summary>
    public const int Most = 60;

    private const int LongestName = 80;

    /// <summary>The format by the first bytes, whatever the file is called; null for any other.</summary>
    public static PaperFormat? FormatOf(ReadOnlySpan<byte> content) =>
        content.StartsWith("%PDF-"u8) ? PaperFormat.Pdf
        : content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? PaperFormat.Jpeg
        : content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? PaperFormat.Png
        : null;

    public static string ContentType(PaperFormat format) => format switch
    {
        PaperFormat.Pdf => "application/pdf",
        PaperFormat.Jpeg => "image/jpeg",
        PaperFormat.Png => "image/png",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>A name that is safe in any folder: nothing that steers a path, a terminal or the direction of reading, and the ending of what the file is.</summary>
    public static string NameOf(string given, PaperFormat format)
    {
        var name = new StringBuilder();
        foreach (var letter in Path.GetFileNameWithoutExtension(given).EnumerateRunes().Take(LongestName))
        {
            name.Append(IsSafe(letter) ? letter.ToString() : "_");
        }

        var ending = format switch { PaperFormat.Pdf => ".pdf", PaperFormat.Jpeg => ".jpg", PaperFormat.Png => ".png", _ => throw new ArgumentOutOfRangeException(nameof(format)) };
        return (name.ToString().Trim(' ', '.') is { Length: > 0 } kept ? kept : "paper") + ending;
    }

    public static Problem NoFile() => Problem.Validation("file", "required", "请选择要上传的文件。", "Choose a file to send.");

    public static Problem BrokenOff() => Problem.Validation("file", "broken-off", "文件没有传完，请重新上传。", "The file did not arrive whole; send it again.");

    public static Problem Empty() => Refused(422, "empty-file", "文件是空的，没有任何内容。请重新扫描或拍照后上传。", "The file is empty. Scan or photograph the paper again and send that.");

    public static Problem TooLarge() => Refused(413, "too-large", "文件超过 10 MB。请降低扫描分辨率（200 至 300 dpi 即可），或分成几个文件上传。",
        "The file is larger than 10 MB. Scan with a lower resolution (200 to 300 dpi will do), or send it in several files.");

    public static Problem WrongType() => Refused(422, "wrong-file-type",
        "只接受 PDF、JPEG、PNG 文件，以文件内容为准，改扩展名无效。Word、WPS 文档请另存为 PDF，手机照片请存为 JPEG 后上传。",
        "Only PDF, JPEG and PNG are taken, by what the file holds and not by its name. Save a document as PDF or a photograph as JPEG and send that.");

    public static Problem TooMany() => Problem.Validation("file", "too-many",
        $"一个单位最多保存 {Most} 份材料。请先删除误传的材料，或把几页合并为一个 PDF。", $"A firm keeps at most {Most} papers. Remove those sent by mistake, or put several pages into one PDF.");

    public static Problem UnknownSite() => Problem.Validation("site", "unknown-value", "该单位没有这个用工地点，请从列表中选择。", "The firm has no such site; choose one from the list.");

    public static Problem InUse() => Problem.Conflict("paper-in-use", new Text(
        "审核结论已引用这份材料，不能删除。如有新版本，请另行上传。", "A decision names this paper, so it stays. If there is a newer one, send that as well."));

    public static Problem NotYours() => Problem.Forbidden(new Text(
        "这份材料由主管部门或工作站上传，请由上传方删除。", "This paper was sent by the authority or the station; they may remove it."));

    public static Problem Damaged() => new(500, "damaged-file", new Text(
        "这份材料在数据库中已损坏或被改动，不能使用。请重新上传，并告知系统管理员。", "This paper was damaged or changed in the database and cannot be used. Send it again, and tell the administrator."), []);

    private static bool IsSafe(Rune letter) =>
        Rune.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate)
        && !(letter.IsAscii && "\\/:*?\"<>|%;'`$&".Contains((char)letter.Value));

    private static Problem Refused(int status, string code, string zh, string en) => new(status, code, new Text(zh, en), [new FieldError("file", code, new Text(zh, en))]);
}
