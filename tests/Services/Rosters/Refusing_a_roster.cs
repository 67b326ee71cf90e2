using System.IO.Compression;
using System.Text;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Rosters;

/// <summary>What is wrong with a file as a whole is said at once, in words for a clerk, and leaves nothing behind.</summary>
[Collection(OnSqlite.Name)]
public sealed class Refusing_a_roster(SqliteRosters host) : RosterTest(host)
{
    [Fact]
    public async Task that_is_empty() => await Refused([], 422, "empty-file");

    [Fact]
    public async Task without_rows() => await Refused(RosterHost.Households(), 422, "empty-file");

    [Fact]
    public async Task of_60_megabytes() => await Refused(new byte[60 * 1024 * 1024], 413, "too-large", "花名册.csv");

    [Fact]
    public async Task that_is_a_zip_bomb() => await Refused(Bomb(), 413, "too-large");

    [Fact]
    public async Task that_is_no_workbook() => await Refused("%PDF-1.7"u8.ToArray(), 422, "unreadable-file");

    [Fact]
    public async Task in_the_wrong_encoding() =>
        await Refused([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("姓名,证件号码,县\r\n马燕,1,西吉县\r\n")], 422, "unreadable-file", "花名册.csv");

    [Fact]
    public async Task with_an_unknown_header() => await Refused(RosterFiles.Xlsx(["甲", "乙"], [["1", "2"]]), 422, "unknown-header");

    [Fact]
    public async Task without_a_column_that_is_needed() => await Refused(RosterFiles.Xlsx(["姓名", "县", "乡"], [["马燕", "西吉县", "将台堡镇"]]), 422, "missing-column");

    [Fact]
    public async Task for_an_unknown_sheet_or_mode()
    {
        var refused = await Rosters.Send(RosterHost.Households(RosterHost.Person(RosterHost.NewId())), "people", "import");
        Assert.Equal((400, "unknown-value", "unknown-value"), (refused.Status, refused.FieldCode("sheet"), refused.FieldCode("mode")));
    }

    [Fact]
    public async Task without_a_file() => Assert.Equal(
        "required", (await Rosters.Station.Post("/api/rosters?sheet=household&mode=commit", new MultipartFormDataContent { { new StringContent("x"), "note" } })).Is(400, "validation").FieldCode("file"));

    [Fact]
    public async Task by_who_may_not_import()
    {
        var official = Rosters.Host.As(LaborBridge.ServiceDefaults.Role.Official, "official", "64");
        (await Rosters.Send(RosterHost.Households(RosterHost.Person(RosterHost.NewId())), by: official)).Is(403);
        (await Rosters.Send(RosterHost.Households(RosterHost.Person(RosterHost.NewId())), by: Rosters.Host.AsAnyone())).Is(401);
    }

    [Fact]
    public async Task sent_again_under_the_same_key_gives_the_first_answer_and_another_file_is_refused()
    {
        var key = ApiCaller.NewKey();
        var file = RosterHost.Households(RosterHost.Person(RosterHost.NewId()));
        var first = (await Rosters.Send(file, key: key)).Is(202);
        var again = (await Rosters.Send(file, key: key)).Is(202);
        Assert.Equal(first.Id, again.Id);
        (await Rosters.Send(RosterHost.Households(RosterHost.Person(RosterHost.NewId())), key: key)).Is(422, "idempotency-key-reused");
        (await Rosters.Send(file, mode: "dry-run", key: key)).Is(422, "idempotency-key-reused");
        await Rosters.Over(first.Id);
    }

    private async Task Refused(byte[] file, int status, string code, string name = "花名册.xlsx")
    {
        var before = (await Rosters.Station.Get("/api/rosters?limit=200")).Is(200).Items.Count;
        var chinese = (await Rosters.Send(file, name: name)).Is(status, code);
        Assert.Equal(code, chinese.FieldCode("file"));
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", (string)chinese.Json["detail"]!);
        Assert.Equal(before, (await Rosters.Station.Get("/api/rosters?limit=200")).Is(200).Items.Count);
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
}
