using System.Net.Http.Headers;
using LaborBridge.Employers;
using LaborBridge.Employers.Papers;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Services.Employers;

/// <summary>Scans that prove a firm: whole, encrypted, for those who look after it, and kept once a decision names them.</summary>
public abstract class Keeping_papers(SqlKind kind) : IAsyncLifetime
{
    private const string Marker = "统一社会信用代码 91350100M0001TGQXM 法定代表人陈某某";

    private static readonly Sql Parts = Sql.Text("SELECT content FROM paper_parts WHERE paper_id = @Id ORDER BY part");
    private static readonly Sql AllParts = Sql.Text("SELECT COUNT(*) FROM paper_parts");
    private static readonly Sql Names = Sql.Text("SELECT file_name FROM papers");
    private static readonly Sql SetPart = Sql.Text("UPDATE paper_parts SET content = @Content WHERE paper_id = @Id AND part = @Part");
    private static readonly Sql DropPart = Sql.Text("DELETE FROM paper_parts WHERE paper_id = @Id AND part = @Part");
    private static readonly Sql SetSize = Sql.Text("UPDATE papers SET file_size = @Size WHERE id = @Id");

    private EmployersHost host = null!;

    public async ValueTask InitializeAsync() => host = await EmployersHost.Start(kind, ("LaborBridge:Keys:SettleSeconds", "0"));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("pdf", 700_000, "application/pdf", "营业执照.pdf")]
    [InlineData("jpeg", 3, "image/jpeg", "营业执照.jpg")]
    [InlineData("png", 256 * 1024, "image/png", "营业执照.png")]
    public async Task gives_them_back_byte_for_byte_to_be_saved_and_not_shown(string format, int size, string type, string name)
    {
        var file = File(format, size);
        var sent = (await Send(file, "C:\\扫描\\营业执照.html")).Is(201);

        var got = await Download(sent.Id);

        Assert.Equal(file, await got.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal((type, "attachment", name), (got.Content.Headers.ContentType?.ToString(), got.Content.Headers.ContentDisposition?.DispositionType, got.Content.Headers.ContentDisposition?.FileNameStar));
        Assert.Equal(("nosniff", "no-store"), (Assert.Single(got.Headers.GetValues("X-Content-Type-Options")), got.Headers.CacheControl?.ToString()));
        Assert.Equal($"{Papers}/{sent.Id}", sent.Location);
        var listed = Assert.Single((await host.Firm.Get(Papers)).Is(200).Items);
        Assert.Equal((name, format, (long)file.Length, false, "employer"),
            ((string?)listed["fileName"], (string?)listed["format"], (long)listed["size"]!, (bool)listed["named"]!, (string?)listed["uploadedBy"]));
    }

    [Fact]
    public async Task lets_only_the_firm_and_those_of_its_sites_near_them()
    {
        var sent = (await Send(File("pdf", 100))).Is(201);
        var other = host.Host.As(new Caller("other", "other", Role.Employer, Station: null, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), ["350205"]));
        var station = host.Host.As(Role.Station, "station", "350205");

        foreach (var stranger in new[] { host.Xiji, other, host.Host.As(Role.Station, "xiji-station", "640422") })
        {
            (await stranger.Get(Papers)).Is(404);
            (await stranger.Get($"{Papers}/{sent.Id}")).Is(404);
            (await stranger.Delete($"{Papers}/{sent.Id}", "\"1\"")).Is(404);
            (await Send(File("pdf", 100), by: stranger)).Is(404);
        }

        Assert.Empty((await host.Xiji.Get($"/api/employers/papers?employers={host.FirmId}")).Is(200).Items);
        (await host.Host.As(Role.Admin, "admin").Get(Papers)).Is(403);
        (await host.Host.As(Role.Collector, "collector", "350205").Get(Papers)).Is(403);
        (await host.Anyone.Get($"{Papers}/{sent.Id}")).Is(401);
        (await host.Firm.Get($"/api/employers/papers?employers={host.FirmId}")).Is(403);
        Assert.Single((await station.Get(Papers)).Is(200).Items);
        Assert.Single((await host.Haicang.Get($"/api/employers/papers?employers={host.FirmId},{sent.Id}")).Is(200).Items);
        (await host.Haicang.Get("/api/employers/papers?employers=x")).Is(400, "validation");

        // A further site lets its county in, and a paper of that site is told from those of the firm.
        var site = (await host.Firm.Post($"/api/employers/{host.FirmId}/sites", new { division = "640422", text = "吉强镇", kind = "aid-workshop" })).Is(201);
        (await Send(File("png", 100), by: host.Xiji, site: site.Id)).Is(201);
        Assert.Equal([null, site.Id], (await host.Xiji.Get(Papers)).Is(200).Items.Select(paper => (string?)paper["site"]));
        Assert.Equal("unknown-value", (await Send(File("png", 100), site: sent.Id)).Is(400, "validation").FieldCode("site"));
    }

    [Fact]
    public async Task refuses_what_is_no_scan_and_keeps_nothing_of_it()
    {
        await Refused([], 422, "empty-file");
        await Refused("PK\u0003\u0004 a workbook"u8.ToArray(), 422, "wrong-file-type");
        await Refused("<html><script>%PDF-1.7"u8.ToArray(), 422, "wrong-file-type");
        await Refused(File("pdf", Paper.Largest - 4), 413, "too-large");
        (await Send(File("pdf", Paper.Largest - 5))).Is(201);
        Assert.Equal("required", (await host.Firm.Post(Papers, new MultipartFormDataContent { { new StringContent("x"), "note" } })).Is(400, "validation").FieldCode("file"));
        var cut = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7"u8.ToArray());
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        Assert.Equal("broken-off", (await host.Firm.Post(Papers, cut)).Is(400, "validation").FieldCode("file"));

        Assert.Single((await host.Firm.Get(Papers)).Is(200).Items);
        Assert.Equal(40, await Db.Read(tx => tx.Scalar<long>(AllParts)));
    }

    [Fact]
    public async Task keeps_what_is_sent_twice_once()
    {
        var key = ApiCaller.NewKey();
        var first = (await Send(File("pdf", 100), key: key)).Is(201);
        Assert.Equal(first.Id, (await Send(File("pdf", 100), key: key)).Is(201).Id);
        (await Send(File("pdf", 101), key: key)).Is(422, "idempotency-key-reused");
        Assert.Single((await host.Firm.Get(Papers)).Is(200).Items);
    }

    [Fact]
    public async Task holds_no_more_than_a_firm_needs()
    {
        for (var i = 0; i < Paper.Most; i++)
        {
            (await Send(File("jpeg", i))).Is(201);
        }

        Assert.Equal("too-many", (await Send(File("jpeg", 99))).Is(400, "validation").FieldCode("file"));
    }

    [Fact]
    public async Task keeps_those_that_a_decision_names_and_lets_the_others_go()
    {
        var (named, mistaken, theirs) = ((await Send(File("pdf", 1))).Is(201), (await Send(File("pdf", 2))).Is(201), (await Send(File("png", 3), by: host.Haicang)).Is(201));
        var elsewhere = (await host.Haicang.Post("/api/employers", new { name = "别家", site = new { division = "350205", text = "二号", kind = "aid-workshop" }, fujianInvested = false })).Is(201);
        var foreign = (await Send(File("pdf", 4), by: host.Haicang, firm: elsewhere.Id)).Is(201);
        Assert.Equal("unknown-value", (await Decide(new { kind = "licence", text = "副本", paper = (string?)null }, new { kind = "document", text = "", paper = (string?)foreign.Id })).Is(400, "validation").FieldCode("evidence[1].paper"));
        Assert.Equal("registered", (string?)(await host.Firm.Get($"/api/employers/{host.FirmId}")).Is(200).Json["state"]);

        (await Decide(new { kind = "licence", text = "与原件一致", paper = (string?)named.Id }, new { kind = "visit", text = "到厂", paper = (string?)null })).Is(200);

        (await host.Firm.Delete($"{Papers}/{named.Id}")).Is(428);
        (await host.Firm.Delete($"{Papers}/{named.Id}", "\"2\"")).Is(409, "paper-in-use");
        (await host.Haicang.Delete($"{Papers}/{named.Id}", "\"2\"")).Is(409, "paper-in-use");
        (await host.Firm.Delete($"{Papers}/{theirs.Id}", "\"1\"")).Is(403, "forbidden-scope");
        (await host.Firm.Delete($"{Papers}/{mistaken.Id}", "\"7\"")).Is(412);
        (await host.Firm.Delete($"{Papers}/{mistaken.Id}", "\"1\"")).Is(204);
        (await host.Haicang.Delete($"{Papers}/{theirs.Id}", "\"1\"")).Is(204);
        (await host.Firm.Get($"{Papers}/{mistaken.Id}")).Is(404);
        Assert.Equal(2, await Db.Read(tx => tx.Scalar<long>(AllParts)));
        Assert.True((bool)Assert.Single((await host.Firm.Get(Papers)).Items)["named"]!);
        var evidence = Assert.Single((await host.Firm.Get($"/api/employers/{host.FirmId}/verifications")).Is(200).Items)["evidence"]!.AsArray();
        Assert.Equal([(named.Id, "营业执照.pdf", "与原件一致"), (null, null, "到厂")], evidence.Select(one => ((string?)one!["paper"], (string?)one["fileName"], (string?)one["text"])));
    }

    [Fact]
    public async Task names_them_in_the_decision_about_a_further_site()
    {
        var site = (await host.Firm.Post($"/api/employers/{host.FirmId}/sites", new { division = "640422", text = "吉强镇", kind = "aid-workshop" })).Is(201);
        var paper = (await Send(File("jpeg", 9), site: site.Id)).Is(201);

        (await host.Xiji.Post($"/api/employers/{host.FirmId}/sites/{site.Id}/verification", new { decision = "approved", evidence = new[] { new { kind = "document", paper = paper.Id } } })).Is(200);

        (await host.Firm.Delete($"{Papers}/{paper.Id}", "\"2\"")).Is(409, "paper-in-use");
    }

    [Fact]
    public async Task notices_what_was_changed_or_cut_in_the_database()
    {
        const int Part = 256 * 1024;
        var (one, other) = ((await Send(File("pdf", (3 * Part) - 5))).Is(201).Id, (await Send(File("pdf", (3 * Part) - 5))).Is(201).Id);
        var (parts, others) = (await Db.Read(tx => tx.Query<byte[]>(Parts, new { Id = one })), await Db.Read(tx => tx.Query<byte[]>(Parts, new { Id = other })));
        Assert.Equal(3, parts.Count);

        var flipped = parts[1].ToArray();
        flipped[1000] ^= 1;
        foreach (var content in new[] { flipped, parts[0], others[1], parts[1][..^1], parts[1][..3] })
        {
            await Db.Write(tx => tx.Execute(SetPart, new { Content = content, Id = one, Part = 1 }));
            (await host.Firm.Get($"{Papers}/{one}")).Is(500, "damaged-file");
        }

        await Db.Write(tx => tx.Execute(SetPart, new { Content = parts[1], Id = one, Part = 1 }));
        (await host.Firm.Get($"{Papers}/{one}")).Is(200);

        // Cut at the border of two parts, with the length set right: only the hash can tell.
        await Db.Write(tx => tx.Execute(DropPart, new { Id = one, Part = 2 }));
        (await host.Firm.Get($"{Papers}/{one}")).Is(500, "damaged-file");
        await Db.Write(tx => tx.Execute(SetSize, new { Size = 2 * Part, Id = one }));
        var told = (await host.Firm.Get($"{Papers}/{one}")).Is(500, "damaged-file");
        Assert.Contains("重新上传", (string?)told.Json["detail"], StringComparison.Ordinal);
        (await host.Firm.Get($"{Papers}/{other}")).Is(200);
    }

    [Fact]
    public async Task writes_nothing_plain()
    {
        var sent = (await Send([.. "%PDF-1.7\n"u8, .. System.Text.Encoding.UTF8.GetBytes(Marker)], "陈某某身份信息.pdf")).Is(201);
        (await host.Haicang.Post($"/api/employers/{host.FirmId}/verification", new { decision = "approved", evidence = new[] { new { kind = "document", paper = sent.Id } } })).Is(200);
        var plain = new PlainText([Marker, "91350100M0001TGQXM 法定", "陈某某"]);

        Assert.Empty(plain.InFiles(host.Host.Folder.Path));
        Assert.All(await Db.Read(tx => tx.Query<byte[]>(Parts, new { sent.Id })), part => Assert.Empty(plain.In("paper_parts", part)));
        Assert.All(await Db.Read(tx => tx.Query<byte[]>(Names)), name => Assert.Empty(plain.In("papers", name)));
        Assert.NotEmpty(plain.In("the answer", (await host.Firm.Get($"{Papers}/{sent.Id}")).Is(200).Text));
    }

    [Fact]
    public async Task outlive_the_key_that_they_were_kept_under()
    {
        var file = File("png", 300_000);
        var sent = (await Send(file)).Is(201);
        var keys = host.Host.Services.GetRequiredService<KeyRing>();
        Assert.Equal(2, keys.Add());

        await KeyRotation.Run(Db, keys, new EmployersService().Sealed, (_, _) => { }, TestContext.Current.CancellationToken);

        var folder = Path.Combine(host.Host.Folder.Path, "keys");
        var rest = new KeyRing(new Dictionary<int, byte[]> { [2] = Secret("field-2.key") }, Secret("lookup.key"));
        var row = Assert.Single(await Db.Read(tx => FindPapers.Of(tx, host.FirmId)));
        Assert.Equal(sent.Id, row.Id.ToString());
        Assert.Equal(file, await DownloadPaper.Load(Db, rest, row, TestContext.Current.CancellationToken));
        Assert.Equal("营业执照.png", row.Name(rest));

        byte[] Secret(string name) => Convert.FromBase64String(System.IO.File.ReadAllText(Path.Combine(folder, name)));
    }

    private string Papers => $"/api/employers/{host.FirmId}/papers";

    private Db<EmployersService> Db => host.Host.Services.GetRequiredService<Db<EmployersService>>();

    private static byte[] File(string format, int further)
    {
        byte[] first = format switch { "pdf" => [.. "%PDF-"u8], "jpeg" => [0xFF, 0xD8, 0xFF], _ => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] };
        var rest = new byte[further];
        new Random(further).NextBytes(rest);
        return [.. first, .. rest];
    }

    private Task<Heard> Decide(params object[] evidence) => host.Haicang.Post($"/api/employers/{host.FirmId}/verification", new { decision = "approved", evidence });

    private Task<Heard> Send(byte[] file, string name = "营业执照.pdf", ApiCaller? by = null, string? site = null, string? key = null, string? firm = null)
    {
        var path = firm is null ? Papers : $"/api/employers/{firm}/papers";
        return (by ?? host.Firm).Post(site is null ? path : $"{path}?site={site}", new MultipartFormDataContent { { new ByteArrayContent(file), "file", name } }, key);
    }

    private async Task<HttpResponseMessage> Download(string id)
    {
        using var http = new HttpClient { BaseAddress = host.Host.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.Host.Token(new Caller("hr", "hr", Role.Employer, Station: null, host.FirmId, [])));
        return await http.GetAsync($"{Papers}/{id}", TestContext.Current.CancellationToken);
    }

    private async Task Refused(byte[] file, int status, string code)
    {
        var refused = (await Send(file)).Is(status, code);
        Assert.Equal(code, refused.FieldCode("file"));
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", (string)refused.Json["detail"]!);
    }

    public sealed class On_SQLite() : Keeping_papers(SqlKind.Sqlite);

    public sealed class On_PostgreSQL() : Keeping_papers(SqlKind.PostgreSql);
}
