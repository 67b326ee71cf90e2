using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class When_a_service_is_away
{
    [Fact]
    public async Task its_panel_says_so_and_the_others_work()
    {
        await using var host = await PagesHost.Start(("matching", $"http://127.0.0.1:{FreePort.Next()}"));
        host.SignIn("station");
        host.Stub.On("GET /api/call-list", 200, """{"items":[],"next":null}""");
        host.Stub.On("GET /api/placements", 200, """{"items":[],"next":null}""");

        var page = await host.Get("/station");

        Assert.Equal(200, page.Status);
        Assert.Equal("matching", Assert.Single(page.Html.QuerySelectorAll("[data-test='away']")).GetAttribute("data-service"));
        Assert.Contains("匹配服务暂时无法访问", page.Text("away"), StringComparison.Ordinal);
        Assert.Equal(2, page.Html.QuerySelectorAll(".tile .value").Length);
    }

    [Fact]
    public async Task a_read_is_tried_again_a_few_times()
    {
        await using var host = await PagesHost.Start();
        host.Stub.On("GET /api/postings", 503, """{"status":503,"code":"unavailable","detail":"数据库暂时无法访问，请稍后再试。","errors":[]}""");

        var page = await host.Get("/");

        Assert.Equal(200, page.Status);
        Assert.NotNull(page.Text("away"));
        Assert.Equal(3, host.Stub.Heard.Count);
    }
}
