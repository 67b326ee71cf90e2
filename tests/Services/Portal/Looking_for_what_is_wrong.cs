using System.Text.Json.Nodes;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Looking_for_what_is_wrong : IAsyncLifetime
{
    private const string One = "01900000-0000-7000-8000-000000000001", Other = "01900000-0000-7000-8000-000000000002";

    private PagesHost host = null!;

    public async ValueTask InitializeAsync() => host = await PagesHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task alerts_stand_by_kind_with_the_way_to_what_they_are_about()
    {
        host.SignIn("station");
        host.Stub.On("GET /api/outflow/alerts", 200, $$"""
            {"items":[{"code":"follow-up-due","on":"2026-10-31","placementId":"{{One}}","tripId":null,"workerId":"{{Other}}","sentence":"在岗第 3 个月已满，尚无在岗凭证。"},
            {"code":"roll-call-missing","on":"2026-11-01","placementId":null,"tripId":"{{Other}}","workerId":null,"sentence":"行程已过出发日，还有乘客没有点名。"}]}
            """);
        host.Stub.On("GET /api/workers", 200, $$"""{"items":[{"id":"{{Other}}","version":1,"name":"马*","erased":false}],"next":null}""");

        var page = await host.Get("/station/alerts");

        Assert.Equal("马*", page.Html.QuerySelector($"[data-code=follow-up-due] a[href='/station/placements/{One}']")?.TextContent);
        Assert.Contains("在岗第 3 个月已满", page.Text("alerts"), StringComparison.Ordinal);
        Assert.NotNull(page.Html.QuerySelector($"[data-code=roll-call-missing] a[href='/station/trips/{Other}']"));
        Assert.Equal(Other, host.Stub.Heard.Single(asked => asked.Request == "GET /api/workers").Query["ids"]);
        Assert.Contains(page.Html.QuerySelectorAll("nav a"), link => link.GetAttribute("href") == "/station/alerts");
    }

    [Fact]
    public async Task no_alerts_are_good_news()
    {
        host.SignIn("official");
        host.Stub.On("GET /api/outflow/alerts", 200, """{"items":[]}""");

        Assert.Contains("没有需要处理的异常", (await host.Get("/station/alerts")).Text("empty"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"entries":12345,"ok":true,"headHash":"abcdef","known":"2026-11-20T02:00:00Z"}""", "12,345 条记录完整，未被改动。")]
    [InlineData("""{"entries":12345,"ok":false,"firstBroken":77,"headHash":"abcdef","known":"2026-11-20T02:00:00Z"}""", "第 77 条起与前面的记录不符")]
    public async Task an_official_hears_whether_the_ledger_is_whole(string answer, string words)
    {
        host.SignIn("official");
        host.Stub.On("GET /api/outflow/ledger/verification", 200, answer);

        var page = await host.Get("/monitor/ledger");

        Assert.Contains(words, page.Text("verification"), StringComparison.Ordinal);
        Assert.Contains("abcdef", page.Text("ledger-facts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_administrator_reads_what_is_due_to_go_and_what_went()
    {
        host.SignIn("admin");
        host.Stub.On("GET /api/retention", 200, """
            {"years":3,"before":"2023-11-23","due":[{"what":"people","count":12},{"what":"timeline","count":1234}],
            "done":[{"on":"2026-11-22","ranAt":"2026-11-22T16:30:00Z","gone":{"people":3,"timeline":0,"rosters":7}}]}
            """);

        var page = await host.Get("/admin/retention");

        Assert.Contains("2023-11-23", page.Text("before"), StringComparison.Ordinal);
        Assert.Equal(["12", "1,234"], page.Html.QuerySelectorAll("[data-test=due] dd").Select(count => count.TextContent));
        Assert.Equal("2026-11-22 3 0 7 2026-11-23 00:30", string.Join(' ', page.Html.QuerySelector("[data-test=done-days] tbody tr")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains(page.Html.QuerySelectorAll("nav a"), link => link.GetAttribute("href") == "/admin/retention");
    }

    [Fact]
    public async Task a_clerk_sees_who_enters_for_the_own_station()
    {
        host.SignIn("station");
        host.Stub.On($"GET /api/stations/{One}/collectors", 200, """
            {"items":[{"account":"01900000-0000-7000-8000-00000000000c","workers":1200,"lastEnteredAt":"2026-11-20T02:00:00Z"},{"account":"import","workers":3,"lastEnteredAt":"2026-11-20T02:00:00Z"}],"next":null}
            """);

        var page = await host.Get($"/station/collectors?station={Other}");

        Assert.Equal(["村干部马 1,200 2026-11-20 10:00", "import 3 2026-11-20 10:00"], page.Html.QuerySelectorAll("[data-test=collectors] tbody tr").Select(row =>
            string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Null(page.Html.QuerySelector("[data-test=choose-station]"));
    }

    [Fact]
    public async Task an_official_chooses_among_the_stations_of_the_own_divisions()
    {
        host.SignIn("official", "6404");
        host.Stub.On("GET /api/stations", 200, $$"""
            {"items":[{"id":"{{One}}","version":1,"name":"永宁县站","side":"sending","division":"640121"},{"id":"{{Other}}","version":1,"name":"西吉县站","side":"sending","division":"640422"}],"next":null}
            """);
        host.Stub.On($"GET /api/stations/{Other}/collectors", 200, """{"items":[],"next":null}""");

        var page = await host.Get("/station/collectors");

        Assert.Equal(["西吉县站"], page.Html.QuerySelectorAll("#station option").Select(option => option.TextContent));
        Assert.Contains("还没有录入", page.Text("empty"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_station_that_asked_takes_its_request_back()
    {
        host.SignIn("station", "640425");
        host.Stub.On("GET /api/transfers", 200, $$"""
            {"items":[{"id":"{{One}}","version":1,"state":"open","name":"马*","workerId":null,"from":"640422","to":"640425100","reason":"户口迁来","requestedBy":"彭阳","requestedAt":"2026-11-20T01:00:00Z","refusal":null,"mayDecide":false,"mayWithdraw":true},
            {"id":"{{Other}}","version":1,"state":"granted","name":"李*","workerId":null,"from":"640422","to":"640425100","reason":"户口迁来","requestedBy":"彭阳","requestedAt":"2026-11-20T01:00:00Z","refusal":null,"mayDecide":false,"mayWithdraw":false}],"next":null}
            """);
        host.Stub.On($"POST /api/transfers/{One}/decision", 200, "{}");
        var page = await host.Get("/station/transfers");

        var done = await host.Send(page, "withdraw", ("decision", "withdrawn"));

        Assert.Single(page.Html.QuerySelectorAll("form[data-test=withdraw]"));
        Assert.Null(page.Html.QuerySelector("form[data-test=decide]"));
        Assert.Equal((302, "/station/transfers"), (done.Status, done.Location));
        var asked = host.Stub.Heard.Last();
        Assert.Equal(($"POST /api/transfers/{One}/decision", "withdrawn"), (asked.Request, (string?)JsonNode.Parse(asked.Body)!["decision"]));
    }
}
