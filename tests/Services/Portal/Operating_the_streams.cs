using System.Text.Json.Nodes;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

/// <summary>The administrator's page of the streams between the services.</summary>
public sealed class Operating_the_streams : IAsyncLifetime
{
    private const string Flowing = """{"items":[{"service":"workers","stream":"workers","head":1200,"shipped":1200,"lag":0}],"acts":[]}""";

    private const string Stuck = """
        {"items":[{"service":"matching","stream":"matching","head":7,"shipped":7,"lag":0},
         {"service":"matching","stream":"workers","head":1200,"checkpoint":1100,"lag":100,
          "stuck":{"position":1101,"kind":"worker-willing","reason":"JsonException: <b>no trade</b>","tries":3,"nextTry":"2026-11-22T10:00:00Z"}}],
         "acts":[{"stream":"workers","doneAt":"2026-11-21T02:03:04Z","act":"skip","position":900,"reason":"手工补录","who":"赵管理 (7)"}]}
        """;

    private PagesHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PagesHost.Start();
        host.SignIn("admin");
        foreach (var service in new[] { "workers", "employers", "placements" })
        {
            host.Stub.On($"GET /api/operations/{service}/streams", 200, Flowing);
        }

        host.Stub.On("GET /api/operations/matching/streams", 200, Stuck);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task shows_where_each_stands_and_why_one_is_stuck()
    {
        var page = await host.Get("/admin/streams");

        Assert.Equal(200, page.Status);
        Assert.Equal(4, page.Html.QuerySelectorAll("[data-test='streams']").Length);
        var row = page.Html.QuerySelector("[data-service='matching'] tr[data-stream='workers']")!;
        Assert.Equal("1,200", row.QuerySelector("td[data-label='最新位置']")!.TextContent);
        Assert.Equal("1,100", row.QuerySelector("td[data-label='已处理']")!.TextContent);
        Assert.Equal("100", row.QuerySelector("td[data-label='落后']")!.TextContent);
        Assert.Equal("workers", Assert.Single(page.Html.QuerySelectorAll("[data-test='stuck']")).GetAttribute("data-stream"));
        Assert.Equal("JsonException: <b>no trade</b>", page.Text("reason"));
        Assert.Contains("赵管理 (7)", page.Text("acts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task passes_over_the_stuck_event_with_reason_and_key()
    {
        host.Stub.On("POST /api/operations/matching/streams/skip", 204, "");

        var page = await host.Send(await host.Get("/admin/streams"), "skip", ("reason", "已电话核实，手工补录"));

        Assert.Equal((302, "/admin/streams"), (page.Status, page.Location));
        var asked = host.Stub.Heard.Single(one => one.Request.StartsWith("POST", StringComparison.Ordinal));
        var body = JsonNode.Parse(asked.Body)!;
        Assert.Equal(("workers", 1101, "已电话核实，手工补录"), ((string?)body["stream"], (long)body["position"]!, (string?)body["reason"]));
        Assert.True(Guid.TryParse(asked.Key, out _));
    }

    [Fact]
    public async Task asks_for_events_again_and_shows_what_the_service_refuses()
    {
        host.Stub.On("POST /api/operations/matching/streams/replay", 400, """
            {"status":400,"code":"validation","detail":"请检查标出的项目后再提交。","errors":[{"field":"reason","code":"required","message":"必填。"}]}
            """);

        var page = await host.Send(await host.Get("/admin/streams"), "replay");

        Assert.Equal(400, page.Status);
        Assert.Equal("必填。", page.Error("reason"));
        Assert.False((bool)JsonNode.Parse(host.Stub.Heard.Single(one => one.Request == "POST /api/operations/matching/streams/replay").Body)!["rebuild"]!);
    }

    [Fact]
    public async Task speaks_English_to_who_asks()
    {
        host.Cookies.Add(new System.Net.Cookie("lang", "en", "/", "127.0.0.1"));

        var page = await host.Get("/admin/streams");

        Assert.Contains("is stuck at event 1101", page.Text("stuck"), StringComparison.Ordinal);
    }
}
