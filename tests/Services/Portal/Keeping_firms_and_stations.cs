using System.Text.Json.Nodes;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Keeping_firms_and_stations : IAsyncLifetime
{
    private const string Id = "01900000-0000-7000-8000-000000000001";

    private PagesHost host = null!;

    public async ValueTask InitializeAsync() => host = await PagesHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task a_station_registers_a_firm_of_its_area()
    {
        host.SignIn("station", "350205");
        host.Stub.On("POST /api/employers", 201, Firm("registered"));
        var form = await host.Get("/station/firms/new");

        var page = await host.Send(form, "new-firm", ("name", "海沧光电"), ("socialCreditCode", "91350205MA2XJ7K8"), ("site.kind", "factory"), ("site.text", "新阳路1号"), ("fujianInvested", "true"), ("contact.name", "陈经理"));

        Assert.Equal((302, $"/station/firms/{Id}"), (page.Status, page.Location));
        var body = JsonNode.Parse(Assert.Single(host.Stub.Heard).Body)!;
        Assert.Equal(("350205", "factory", "新阳路1号"), ((string?)body["site"]!["division"], (string?)body["site"]!["kind"], (string?)body["site"]!["text"]));
        Assert.Equal(("陈经理", true), ((string?)body["contact"]!["name"], (bool)body["fujianInvested"]!));
    }

    [Fact]
    public async Task a_refused_firm_is_told_at_its_field()
    {
        host.SignIn("station", "350205");
        host.Stub.On("POST /api/employers", 400, """
            {"status":400,"code":"validation","detail":"请检查标出的项目后再提交。","errors":[{"field":"socialCreditCode","code":"code-invalid","message":"统一社会信用代码不正确，请对照营业执照逐位核对。"},{"field":"contact.phone","code":"phone-invalid","message":"联系电话不正确。"}]}
            """);

        var page = await host.Send(await host.Get("/station/firms/new"), "new-firm", ("name", "海沧光电"), ("socialCreditCode", "1"));

        Assert.Equal((400, "统一社会信用代码不正确，请对照营业执照逐位核对。", "联系电话不正确。"), (page.Status, page.Error("socialCreditCode"), page.Error("contact.phone")));
        Assert.Equal("海沧光电", page.Html.QuerySelector("#name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task a_returned_firm_reads_the_reason_and_corrects_its_entry()
    {
        host.SignIn("employer");
        host.Stub.On($"GET /api/employers/{Id}", 200, Firm("returned"));
        host.Stub.On($"PUT /api/employers/{Id}", 200, Firm("registered"));
        var own = await host.Get("/employer/firm");

        var page = await host.Send(own, "correct-firm", ("site.text", "新阳路2号"));

        Assert.Contains("营业执照看不清", own.Text("decision-reason"), StringComparison.Ordinal);
        Assert.Equal((302, "/employer/firm"), (page.Status, page.Location));
        var put = host.Stub.Heard.Single(asked => asked.Request.StartsWith("PUT", StringComparison.Ordinal));
        var body = JsonNode.Parse(put.Body)!;
        Assert.Equal(("海沧光电", "新阳路2号", "陈经理"), ((string?)body["name"], (string?)body["site"]!["text"], (string?)body["contact"]!["name"]));
        Assert.Null((string?)body["contact"]!["phone"]);
    }

    [Theory]
    [InlineData("350205", true)]
    [InlineData("35", true)]
    [InlineData("640422", false)]
    public async Task only_those_who_look_after_a_site_get_the_form(string division, bool form)
    {
        host.SignIn("station", division);
        host.Stub.On($"GET /api/employers/{Id}", 200, Firm("approved"));

        var page = await host.Get($"/station/firms/{Id}");

        Assert.Contains("海沧光电", page.Html.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.Text("decision-reason"));
        Assert.Equal(form, page.Html.QuerySelector("[data-test=correct-firm]") is not null);
    }

    [Fact]
    public async Task an_administrator_adds_a_station_and_chooses_it_for_an_account()
    {
        host.SignIn("admin");
        host.Stub.On("POST /api/stations", 201, Station);
        host.Stub.On("GET /api/stations", 200, $$"""{"items":[{{Station}}],"next":null}""");
        host.Stub.On("GET /api/employers", 200, $$"""{"items":[{{Firm("registered")}}],"next":null}""");

        var page = await host.Send(await host.Get("/admin/stations"), "new-station", ("name", "西吉县劳务工作站"), ("division", "640422"));

        Assert.Equal((302, "/admin/stations"), (page.Status, page.Location));
        Assert.Equal("""{"name":"西吉县劳务工作站","side":"sending","division":"640422"}""", JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request == "POST /api/stations").Body)!.ToJsonString(Readable));
        Assert.Contains("西吉县劳务工作站", (await host.Get("/admin/stations")).Text("stations"), StringComparison.Ordinal);
        var accounts = await host.Get("/admin/accounts");
        Assert.Contains("西吉县劳务工作站", accounts.Html.QuerySelector("#station")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("海沧光电", accounts.Html.QuerySelector("#employer")!.TextContent, StringComparison.Ordinal);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Station = """{"id":"01900000-0000-7000-8000-000000000002","version":1,"name":"西吉县劳务工作站","side":"sending","division":"640422","divisionName":"宁夏回族自治区固原市西吉县"}""";

    private static string Firm(string state) => $$"""
        {"id":"{{Id}}","version":3,"name":"海沧光电","socialCreditCode":"91350205MA2XJ7K8","warnings":[],"site":{"division":"350205","divisionName":"福建省厦门市海沧区","text":"新阳路1号","kind":"factory"},
        "fujianInvested":true,"contact":{"name":"陈经理","phone":"139****0001"},"state":"{{state}}","decisionReason":{{(state == "returned" ? "\"营业执照看不清\"" : "null")}},"registeredAt":"2026-11-20T02:00:00Z"}
        """;
}
