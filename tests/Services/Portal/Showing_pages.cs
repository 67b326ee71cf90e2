using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Showing_pages : IAsyncLifetime
{
    private const string Posting = """
        {"items":[{"id":"01900000-0000-7000-8000-00000000000a","employerId":"01900000-0000-7000-8000-000000000001","employerName":"海沧光电","version":1,"state":"live","title":"电子装配工",
        "trade":"general","headcount":20,"accepted":5,"pay":{"unit":"month","guaranteed":4500,"high":6500},"lodging":"free","validTo":"2027-01-01"}],"next":"n2"}
        """;

    private PagesHost host = null!;

    public async ValueTask InitializeAsync() => host = await PagesHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task the_board_needs_no_sign_in_and_sends_no_token()
    {
        host.Stub.On("GET /api/postings", 200, Posting);

        var page = await host.Get("/?q=装配&pay=4000");

        Assert.Equal(200, page.Status);
        Assert.Equal("电子装配工", page.Text("posting"));
        Assert.Contains("还招 15 人", page.Text("board"), StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(host.Stub.Heard).Authorization);
        Assert.Contains("cursor=n2", page.Html.QuerySelector("[data-test='more']")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task english_comes_by_a_click_and_stays()
    {
        host.Stub.On("GET /api/postings", 200, Posting);

        var click = await host.Get("/?lang=en&q=x");
        var page = await host.Get(click.Location!);

        Assert.Equal("/?q=x", click.Location);
        Assert.Equal("Jobs", page.Html.QuerySelector("h1")!.TextContent);
        Assert.Equal("en", page.Html.DocumentElement.GetAttribute("lang"));
        Assert.Equal("en", Assert.Single(host.Stub.Heard).Language);
    }

    [Fact]
    public async Task a_page_for_staff_asks_for_sign_in_or_refuses()
    {
        Assert.NotEqual(200, (await host.Get("/station/workers")).Status);

        host.SignIn("employer");

        Assert.Equal(403, (await host.Get("/station/workers")).Status);
    }

    [Fact]
    public async Task nothing_but_own_scripts_may_run()
    {
        host.Stub.On("GET /api/postings", 200, Posting);

        var page = await host.Get("/");

        Assert.Contains("script-src 'self';", page.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.All(page.Html.Scripts, script => Assert.True(script.Source?.StartsWith('/') == true && script.Text.Trim().Length == 0));
        Assert.Empty(page.Html.QuerySelectorAll("[style],[onclick]"));
    }

    [Fact]
    public async Task an_unknown_page_is_said_in_words()
    {
        var page = await host.Get("/no-such-page");

        Assert.Equal(404, page.Status);
        Assert.Contains("没有这个页面", page.Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task demo_data_are_marked()
    {
        await using var demo = await PagesHost.Start(("LaborBridge:Demo", "true"));

        Assert.Contains("演示数据", (await demo.Get("/about-data")).Text("demo-banner"), StringComparison.Ordinal);
        Assert.Null((await host.Get("/about-data")).Text("demo-banner"));
    }

    [Fact]
    public async Task a_workbook_has_no_encoding_and_leaves_no_gap()
    {
        host.SignIn("station");
        host.Stub.On("GET /api/rosters/01900000-0000-7000-8000-00000000000b", 200, """
            {"id":"01900000-0000-7000-8000-00000000000b","state":"done","phase":"check","sheet":"household","mode":"dry-run","fileName":"花名册.xlsx","encoding":null,"rows":3,"rowsDone":3,
            "uploadedAt":"2026-11-20T02:00:00Z","uploadedBy":"马站长"}
            """);

        var page = await host.Get("/station/rosters/01900000-0000-7000-8000-00000000000b");

        Assert.Equal("花名册（监测系统导出） · 2026-11-20 10:00 · 马站长", page.Text("roster-facts"));
    }

    [Fact]
    public async Task the_monitors_rows_stand_for_what_was_chosen()
    {
        host.SignIn("official");
        host.Stub.On("GET /api/outflow/indicators", 200, """
            {"from":"2026-01-01","to":"2026-11-20","asOf":"2026-11-20","knownAt":"2026-11-20T02:00:00Z","rows":[{"key":"640422-350181","label":"西吉县—福清市","departures":{}}]}
            """);

        var page = await host.Get("/monitor?by=pairing&asOf=2026-11-20");
        var part = page.Html.QuerySelector("[hx-get*='handler=Counties']")!.GetAttribute("hx-get")!;
        var rows = await host.Get(part);

        Assert.Contains("结对", page.Html.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("by=pairing", part, StringComparison.Ordinal);
        Assert.Contains("asOf=2026-11-20", part, StringComparison.Ordinal);
        Assert.Contains("西吉县—福清市", rows.Text("counties"), StringComparison.Ordinal);
        Assert.Equal(["none", "pairing"], host.Stub.Heard.Select(asked => asked.Query["by"]));
        Assert.All(host.Stub.Heard, asked => Assert.Equal("2026-11-20", asked.Query["asOf"]));
    }

    [Theory]
    [InlineData("zh", "来源：本平台就业台账，截至第 7 条", "330,000 人次")]
    [InlineData("en", "source: our placement ledger, up to entry 7", "330,000 person-times")]
    public async Task figures_name_the_ledgers_entry_and_their_unit(string language, string source, string unit)
    {
        host.SignIn("official");
        await host.Get($"/about-data?lang={language}");
        host.Stub.On("GET /api/outflow/indicators", 200, """
            {"from":"2026-01-01","to":"2026-11-20","asOf":"2026-11-20","knownAt":"2026-11-20T02:00:00Z","ledger":{"position":7},"rows":[{"key":"all","label":"","departures":{}}]}
            """);
        host.Stub.On("GET /api/outflow/reference", 200, """
            {"items":[{"key":"x","label":"","reported":330000,"bound":"exact","unit":"人次","scope":"","asOf":"2026-06-17","source":"","comparable":true,"note":""}]}
            """);

        Assert.EndsWith(source, (await host.Get("/monitor")).Text("provenance"), StringComparison.Ordinal);
        Assert.Contains(unit, (await host.Get("/monitor?handler=Reference")).Text("reference"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("station", "/station")]
    [InlineData("station", "/station/workers/new")]
    [InlineData("station", "/station/rosters")]
    [InlineData("station", "/station/call-list")]
    [InlineData("station", "/station/offers")]
    [InlineData("station", "/station/placements")]
    [InlineData("station", "/station/trips")]
    [InlineData("station", "/station/trips/new")]
    [InlineData("station", "/station/rounds")]
    [InlineData("station", "/station/firms")]
    [InlineData("station", "/station/firms/new")]
    [InlineData("employer", "/employer/firm", 404)]
    [InlineData("employer", "/employer")]
    [InlineData("employer", "/employer/postings/new")]
    [InlineData("employer", "/employer/offers")]
    [InlineData("employer", "/employer/staff")]
    [InlineData("official", "/monitor")]
    [InlineData("official", "/monitor/verification")]
    [InlineData("admin", "/admin/accounts")]
    [InlineData("admin", "/admin/stations")]
    [InlineData("admin", "/admin/streams")]
    public async Task every_page_stands_when_a_service_refuses(string role, string path, int status = 200)
    {
        host.SignIn(role);

        var page = await host.Get(path);

        Assert.Equal(status, page.Status);
        Assert.NotNull(page.Html.QuerySelector("h1"));
        Assert.All(page.Html.QuerySelectorAll("form[method=post]:not([action='/sign-out'])"), form => Assert.NotNull(form.QuerySelector("input[name=key]")));
    }
}
