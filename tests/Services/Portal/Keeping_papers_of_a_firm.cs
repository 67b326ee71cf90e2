using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Keeping_papers_of_a_firm : IAsyncLifetime
{
    private const string Id = "01900000-0000-7000-8000-000000000001";
    private const string Licence = "01900000-0000-7000-8000-00000000000a";
    private const string Lease = "01900000-0000-7000-8000-00000000000b";

    private const string Firm = $$$"""
        {"id":"{{{Id}}}","version":3,"name":"海沧光电","site":{"division":"350205","divisionName":"福建省厦门市海沧区","text":"新阳路1号","kind":"factory"},"fujianInvested":true,"state":"registered"}
        """;

    private const string Site = $$"""
        {"id":"{{Id}}","version":2,"employerId":"{{Id}}","employerName":"海沧光电","division":"350205","divisionName":"福建省厦门市海沧区","text":"二厂","kind":"factory","state":"registered"}
        """;

    private PagesHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PagesHost.Start();
        host.Stub.On($"GET /api/employers/{Id}", 200, Firm);
        host.Stub.On($"GET /api/employers/{Id}/sites", 200, Items(Site));
        host.Stub.On($"GET /api/employers/{Id}/papers", 200, Items(Paper(Licence, "营业执照.pdf", named: true), Paper(Lease, "租赁合同.pdf", site: Id), Paper(Id, "现场.jpg", by: "official")));
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task a_firm_finds_its_papers_from_its_entry_and_takes_out_what_it_sent_itself()
    {
        host.SignIn("employer");
        host.Stub.On($"DELETE /api/employers/{Id}/papers/{Lease}", 204, "");
        Assert.Equal("/employer/firm/papers", (await host.Get("/employer/firm")).Html.QuerySelector("[data-test=papers]")!.GetAttribute("href"));
        var papers = await host.Get("/employer/firm/papers");

        var page = await host.Send(papers, $"remove-{Lease}");

        Assert.Equal(["营业执照.pdf", "租赁合同.pdf", "现场.jpg"], papers.Html.QuerySelectorAll("[data-test=download]").Select(link => link.TextContent));
        Assert.Contains("审核已引用", papers.Html.QuerySelector($"tr[data-id='{Licence}']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("二厂", papers.Html.QuerySelector($"tr[data-id='{Lease}']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("684 KB", papers.Html.QuerySelector($"tr[data-id='{Lease}']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal([$"remove-{Lease}"], papers.Html.QuerySelectorAll("form[data-test^=remove]").Select(form => form.GetAttribute("data-test")));
        Assert.Equal((302, "/employer/firm/papers"), (page.Status, page.Location));
        Assert.Contains("材料已删除", (await host.Get("/employer/firm/papers")).Text("done"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_file_goes_to_the_service_whole_with_its_site()
    {
        host.SignIn("employer");
        host.Stub.On($"POST /api/employers/{Id}/papers", 201, Paper(Lease, "营业执照.pdf"));
        var file = "%PDF-1.7 " + new string('x', 3_000_000) + " end";

        var page = await host.SendFile(await host.Get("/employer/firm/papers"), "new-paper", "营业执照.pdf", Encoding.UTF8.GetBytes(file), ("site", Id));

        Assert.Equal((302, "/employer/firm/papers"), (page.Status, page.Location));
        var sent = host.Stub.Heard.Single(asked => asked.Request.StartsWith("POST", StringComparison.Ordinal));
        Assert.Equal(Id, sent.Query["site"]);
        Assert.Contains(file, sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_refused_file_is_told_at_its_field_in_the_services_words()
    {
        host.SignIn("station", "350205");
        host.Stub.On($"POST /api/employers/{Id}/papers", 422, """{"status":422,"code":"wrong-file-type","detail":"只接受 PDF。","errors":[{"field":"file","code":"wrong-file-type","message":"只接受 PDF。"}]}""");
        var papers = await host.Get($"/station/firms/{Id}/papers");

        Assert.Equal((422, "只接受 PDF。"), await Sent("a.docx", [1]));
        Assert.Equal(422, (await Sent("large.pdf", new byte[12_000_000])).Status);
        Assert.Equal((400, "请选择要上传的文件。"), (await host.Send(papers, "new-paper")) is var none ? (none.Status, none.Error("file")) : default);

        async Task<(int Status, string? Error)> Sent(string name, byte[] file) => await host.SendFile(papers, "new-paper", name, file) is var page ? (page.Status, page.Error("file")) : default;
    }

    [Fact]
    public async Task a_paper_is_passed_on_to_be_saved()
    {
        host.SignIn("official", "350205");
        host.Stub.On($"GET /api/employers/{Id}/papers/{Licence}", 200, "%PDF-1.7");

        var file = await host.Get($"/station/firms/{Id}/papers?handler=File&paper={Licence}");

        Assert.Equal("attachment", file.Response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(("nosniff", "no-store"), (Assert.Single(file.Response.Headers.GetValues("X-Content-Type-Options")), file.Response.Headers.CacheControl?.ToString()));
        Assert.Contains("%PDF-1.7", file.Html.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task whoever_may_not_see_them_is_told_so()
    {
        host.SignIn("station", "640422");
        host.Stub.On($"GET /api/employers/{Id}/papers", 404, """{"status":404,"code":"not-found","detail":"没有找到。","errors":[]}""");

        var page = await host.Get($"/station/firms/{Id}/papers");

        Assert.Contains("没有找到", page.Text("refused"), StringComparison.Ordinal);
        Assert.Null(page.Html.QuerySelector("[data-test=new-paper]"));
    }

    [Fact]
    public async Task an_official_ticks_those_that_he_looked_at()
    {
        host.SignIn("official", "350205");
        host.Stub.On("GET /api/employers", 200, Items(Firm));
        host.Stub.On("GET /api/employers/sites", 200, Items(Site));
        host.Stub.On("GET /api/employers/papers", 200, Items(Paper(Licence, "营业执照.pdf"), Paper(Lease, "租赁合同.pdf", site: Lease)));
        host.Stub.On($"POST /api/employers/{Id}/verification", 200, Firm);
        var queue = await host.Get("/monitor/verification");

        var page = await host.Send(queue, $"verify-{Id}", ("decision", "approved"), ("evidence[1].text", "11月20日到厂"), ("papers", Licence));

        Assert.Equal(302, page.Status);
        Assert.Equal(Id, host.Stub.Heard.Single(asked => asked.Request == "GET /api/employers/papers").Query["employers"]);
        Assert.Equal([Licence, Lease], Boxes($"verify-{Id}"));
        Assert.Equal([Licence], Boxes($"verify-site-{Id}"));
        Assert.Equal($"/station/firms/{Id}/papers?handler=File&paper={Licence}", queue.Html.QuerySelector("[data-test=papers] a")!.GetAttribute("href"));
        var evidence = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request.EndsWith("/verification", StringComparison.Ordinal)).Body)!["evidence"]!.AsArray();
        Assert.Equal([("visit", "11月20日到厂", null), ("document", null, Licence)], evidence.Select(one => ((string?)one!["kind"], (string?)one["text"], (string?)one["paper"])));

        IEnumerable<string?> Boxes(string form) => queue.Html.QuerySelectorAll($"form[data-test='{form}'] input[name=papers]").Select(box => box.GetAttribute("value"));
    }

    [Fact]
    public async Task what_was_decided_points_at_them()
    {
        host.SignIn("official", "350205");
        host.Stub.On($"GET /api/employers/{Id}/verifications", 200, Items($$"""
            {"siteId":null,"decision":"approved","reason":null,"evidence":[{"kind":"document","text":null,"paper":"{{Licence}}","fileName":"营业执照.pdf"}],"decidedAt":"2026-11-20T02:00:00Z"}
            """));

        var past = await host.Get($"/monitor/verification?handler=Past&id={Id}");

        Assert.Equal("营业执照.pdf", past.Html.QuerySelector($"a[href='/station/firms/{Id}/papers?handler=File&paper={Licence}']")?.TextContent);
    }

    private static string Items(params string[] items) => $$"""{"items":[{{string.Join(',', items)}}],"next":null}""";

    private static string Paper(string id, string name, bool named = false, string? site = null, string by = "employer") => $$"""
        {"id":"{{id}}","version":1,"employerId":"{{Id}}","site":{{(site is null ? "null" : $"\"{site}\"")}},"fileName":"{{name}}","format":"pdf","size":700000,"named":{{(named ? "true" : "false")}},
        "uploadedBy":"{{by}}","uploadedAt":"2026-11-20T02:00:00Z"}
        """;
}
