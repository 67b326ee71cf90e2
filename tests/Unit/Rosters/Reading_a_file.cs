using System.IO.Compression;
using System.Text;
using LaborBridge.Workers.Rosters.Reading;
using Xunit;

namespace LaborBridge.Tests.Unit.Rosters;

public sealed class Reading_a_file
{
    private static readonly string[] Header = ["姓名", "证件号码", "县", "乡"];

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-8-bom")]
    [InlineData("gb18030")]
    public void tells_the_encoding_of_csv(string encoding)
    {
        var text = $"姓名,证件号码,县,乡\r\n马燕,=\"{Sheets.Id()}\",西吉县,将台堡镇\r\n";
        var content = encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8-bom" => Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(text)).ToArray(),
            _ => Sheets.Gb18030.GetBytes(text),
        };
        var line = Assert.Single(Sheets.Read(content, RosterSheet.Household, out _, out var told));
        Assert.Equal(encoding, told);
        Assert.Equal(("马燕", "将台堡镇", 2), (line[Column.Name], line[Column.Town], line.Number));
        Assert.True(LaborBridge.Domain.ResidentId.TryParse(line[Column.ResidentId], out _));
    }

    [Fact]
    public void skips_titles_and_empty_rows_and_keeps_the_numbers_of_the_file()
    {
        var content = Sheets.Xlsx(["西吉县农村劳动力花名册"], ["填报单位：将台堡镇", "", "2026年11月"], [], Header, ["马燕", Sheets.Id(), "西吉县", "将台堡镇"], [], ["李军", Sheets.Id(number: 2), "西吉县", "将台堡镇"]);
        Assert.Equal([5, 7], Sheets.Read(content).Select(line => line.Number));
    }

    [Fact]
    public void knows_columns_by_synonyms_in_any_order_and_tells_of_the_others()
    {
        var content = Sheets.Xlsx(["序号", "身份证号*", "户主证件号码", "政治面貌", "户籍乡镇", "人员姓名", "务工时间", "鞋码"], ["1", Sheets.Id(), "x", "群众", "将台堡镇", "马燕", "3", "38"]);
        var line = Assert.Single(Sheets.Read(content, RosterSheet.Household, out var header, out _));
        Assert.Equal(("马燕", "将台堡镇", "3"), (line[Column.Name], line[Column.Town], line[Column.Months]));
        Assert.Null(line[Column.HeadId]);
        Assert.Null(line[Column.PoliticalStatus]);
        var report = header.Report();
        Assert.Equal(["鞋码"], report.Unknown);
        Assert.Equal(["序号", "户主证件号码", "政治面貌"], report.NotStored);
        Assert.Contains("县", report.Missing);
        Assert.Contains("务工时间(月)", report.Recognised);
    }

    [Fact]
    public void knows_every_column_of_the_two_forms()
    {
        foreach (var name in new[] { "省", "市", "县", "乡", "村", "户编号", "人口编号", "姓名", "性别", "出生日期", "证件类型", "证件号码", "民族", "户联系电话", "成员联系电话", "年度", "与户主关系", "文化程度",
            "在校生状况", "劳动技能", "务工时间（月）", "健康状况", "政治面貌", "务工企业名称", "是否享受低保", "是否会讲普通话", "产业分类", "公益性岗位类型", "公益性岗位(月数)", "就业渠道", "残疾类别", "务工所在地",
            "户主姓名", "户主证件号码", "识别标准", "外出意愿", "意向地区", "意向工种", "期望月薪", "可出发日期", "食宿要求", "技能证书", "会讲语言", "同行人", "同意推荐" })
        {
            Assert.NotNull(Columns.Find(name));
        }

        Assert.Equal(Column.PublicPostMonths, Columns.Find("公益性岗位(月数)"));
        Assert.Equal(Column.PublicPost, Columns.Find("公益性岗位类型"));
    }

    [Fact]
    public void reads_on_behind_a_thousand_empty_rows()
    {
        var rows = Enumerable.Repeat(Array.Empty<string>(), 1_200).Append(["李军", Sheets.Id(number: 2), "西吉县", "将台堡镇"]);
        var content = Sheets.Xlsx([Header, ["马燕", Sheets.Id(), "西吉县", "将台堡镇"], .. rows]);
        Assert.Equal([2, 1_203], Sheets.Read(content).Select(line => line.Number));
    }

    [Fact]
    public void refuses_an_empty_file() => Assert.Equal("empty-file", Sheets.Refused(() => RosterFile.Check([], "a.xlsx")));

    [Fact]
    public void refuses_a_file_beyond_50_megabytes() => Assert.Equal("too-large", Sheets.Refused(() => RosterFile.Check(new byte[RosterFile.Largest + 1], "a.csv")));

    [Theory]
    [InlineData("roster.xlsx", "this is no workbook")]
    [InlineData("roster.xls", "<html><table></table></html>")]
    [InlineData("roster.csv", "\n <table><tr></tr></table>")]
    public void refuses_what_only_pretends_to_be_a_sheet(string name, string content) =>
        Assert.Equal("unreadable-file", Sheets.Refused(() => RosterFile.Check(Encoding.UTF8.GetBytes(content), name)));

    [Fact]
    public void refuses_a_damaged_workbook()
    {
        var content = Sheets.Xlsx(Header, ["马燕", Sheets.Id(), "西吉县", "将台堡镇"]);
        Assert.Equal("unreadable-file", Sheets.Refused(() => RosterFile.Check(content[..(content.Length / 2)], "a.xlsx")));
    }

    [Fact]
    public void refuses_a_zip_that_is_no_workbook()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("word/document.xml");
        }

        Assert.Equal("unreadable-file", Sheets.Refused(() => RosterFile.Check(stream.ToArray(), "a.xlsx")));
    }

    [Fact]
    public void refuses_a_zip_bomb_whatever_sizes_it_declares()
    {
        var bomb = Bomb();
        Assert.True(bomb.Length < RosterFile.Largest);
        Assert.Equal("too-large", Sheets.Refused(() => RosterFile.Check(bomb, "roster.xlsx")));

        // One that lies is inflated as far as it says, and is no workbook then.
        var lying = WithSmallSizes(bomb);
        Assert.Equal("unreadable-file", Sheets.Refused(() =>
        {
            RosterFile.Check(lying, "roster.xlsx");
            Sheets.Read(lying);
        }));
    }

    [Fact]
    public void refuses_utf_16_and_bytes_of_no_encoding()
    {
        Assert.Equal("unreadable-file", Sheets.Refused(() => RosterFile.Open(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("姓名,证件号码")).ToArray())));
        Assert.Equal("unreadable-file", Sheets.Refused(() => RosterFile.Open([.. Encoding.ASCII.GetBytes("name,id\r\n"), .. Enumerable.Repeat((byte)0xFF, 600)])));
    }

    [Fact]
    public void refuses_a_header_that_it_does_not_know()
    {
        Assert.Equal("unknown-header", Sheets.Refused(() => Sheets.Read(Sheets.Xlsx(["a", "b", "c"], ["1", "2", "3"]))));
        Assert.Equal("unknown-header", Sheets.Refused(() => Sheets.Read(Encoding.UTF8.GetBytes("1,2,3\r\n4,5,6\r\n"))));
    }

    [Fact]
    public void refuses_a_header_without_what_is_needed()
    {
        Assert.Equal("missing-column", Sheets.Refused(() => Sheets.Read(Sheets.Xlsx(["姓名", "县", "乡"], ["马燕", "西吉县", "将台堡镇"]))));
        Assert.Equal("missing-column", Sheets.Refused(() => Sheets.Read(Sheets.Xlsx(["姓名", "证件号码", "外出意愿"], ["马燕", Sheets.Id(), "是"]))));
        Assert.Equal("missing-column", Sheets.Refused(() => Sheets.Read(Sheets.Xlsx(["姓名", "证件号码", "意向地区"], ["马燕", Sheets.Id(), "福建"]), RosterSheet.Wishes)));
    }

    [Fact]
    public void refuses_a_quote_that_is_never_closed()
    {
        var text = new StringBuilder("姓名,证件号码,县,乡\r\n\"马燕,x,西吉县,将台堡镇\r\n");
        text.Insert(text.Length, "李军,x,西吉县,将台堡镇\r\n", 60_000);
        Assert.Equal("unreadable-file", Sheets.Refused(() => Sheets.Read(Encoding.UTF8.GetBytes(text.ToString()))));
    }

    private static byte[] Bomb()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (zip.CreateEntry("xl/workbook.xml").Open())
            {
            }

            using var sheet = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 620; i++)
            {
                sheet.Write(zeros);
            }
        }

        return stream.ToArray();
    }

    // The directory says that the sheet holds 1,000 bytes.
    private static byte[] WithSmallSizes(byte[] bomb)
    {
        var lying = (byte[])bomb.Clone();
        var at = lying.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(lying.AsSpan(at + 24), 1_000);
        return lying;
    }
}
