using System.Text.Json.Nodes;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Keeping_targets : IAsyncLifetime
{
    private PagesHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PagesHost.Start();
        host.Stub.On("GET /api/outflow/targets", 200, """
            {"items":[{"division":"640522","name":"海原县","year":2025,"indicator":"organisedRate","unit":"","value":0.4,"dueOn":"2025-12-31","source":"县工作方案","ours":0.3125,"reached":0.7813,"version":3},
            {"division":"640522","name":"海原县","year":2025,"indicator":"workersTransferred","unit":"人","value":100000,"dueOn":"2025-12-31","source":"县工作方案","ours":812,"reached":0.0081,"version":1}]}
            """);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task shows_rates_in_per_cent_and_people_with_their_unit()
    {
        host.SignIn("station", "640522");

        var page = await host.Get("/monitor/targets");

        var rows = page.Html.QuerySelectorAll("[data-test=targets] tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td.n").Select(cell => cell.TextContent))).ToList();
        Assert.Equal(["40.0%|31.3%|78.1%", "100,000 人|812 人|0.8%"], rows);
        Assert.Empty(page.Html.QuerySelectorAll("form[method=post] [name=indicator]"));
    }

    [Fact]
    public async Task changes_a_rate_written_in_per_cent_in_the_version_shown()
    {
        host.SignIn("official", "640522");
        const string path = "/api/outflow/targets/640522/2025/organisedRate";
        host.Stub.On($"PUT {path}", 200, """{"version":4}""");
        var page = await host.Get("/monitor/targets");

        var saved = await host.Send(page, "target-640522-2025-organisedRate", ("value", "45"));

        Assert.Equal("40", page.Html.QuerySelector("[id='640522-2025-organisedRate-value']")?.GetAttribute("value"));
        Assert.Equal((302, "/monitor/targets?year=2025"), (saved.Status, saved.Location));
        var body = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request == $"PUT {path}").Body)!;
        Assert.Equal((0.45m, "2025-12-31", "县工作方案"), ((decimal)body["value"]!, (string?)body["dueOn"], (string?)body["source"]));
    }

    [Fact]
    public async Task tells_a_refusal_at_its_field()
    {
        host.SignIn("official", "640522");
        host.Stub.On("PUT /api/outflow/targets/640522/2026/trained", 400, """{"status":400,"code":"validation","detail":"请检查。","errors":[{"field":"source","code":"required","message":"请填写依据。"}]}""");

        var page = await host.Send(await host.Get("/monitor/targets"), "new-target", ("division", "640522"), ("forYear", "2026"), ("indicator", "trained"), ("value", "50"), ("dueOn", "2026-12-31"));

        Assert.Equal((400, "请填写依据。"), (page.Status, page.Html.QuerySelector("[data-test=new-target] [data-field=source] .error")?.TextContent));
        Assert.Equal("50", page.Html.QuerySelector("#target-value")?.GetAttribute("value"));
    }
}
