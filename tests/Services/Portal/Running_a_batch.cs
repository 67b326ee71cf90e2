using System.Text.Json.Nodes;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Running_a_batch : IAsyncLifetime
{
    private const string Id = "01900000-0000-7000-8000-0000000000cc";
    private const string Worker = "01900000-0000-7000-8000-0000000000aa";

    private PagesHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PagesHost.Start();
        host.SignIn("official");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task starts_on_the_homes_and_sites_chosen()
    {
        host.Stub.On("POST /api/rounds", 202, Round("queued"));

        var page = await host.Send(await host.Get("/station/rounds"), "new-round", ("name", "春风行动一批"), ("homes", "640422"), ("sites", "3502"), ("monitored", "true"));

        Assert.Equal((302, $"/station/rounds/{Id}"), (page.Status, page.Location));
        var body = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request == "POST /api/rounds").Body)!;
        Assert.Equal(("春风行动一批", "640422", "monitored"), ((string?)body["name"], (string?)body["workers"]!["divisions"]![0], (string?)body["workers"]!["statuses"]![0]));
        Assert.Equal(("3502", false, "stable"), ((string?)body["postings"]!["divisions"]![0], (bool)body["profile"]!["pairing"]!, (string?)body["objective"]));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("10", 10)]
    public async Task asks_for_a_smallest_trip_where_one_is_given(string typed, int? fewest)
    {
        host.Stub.On("POST /api/rounds", 202, Round("queued"));

        await host.Send(await host.Get("/station/rounds"), "new-round", ("name", "一批"), ("minimumWorkers", typed), ("minimumPer", "city"));

        var minimum = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request == "POST /api/rounds").Body)!["minimum"];
        Assert.Equal((fewest, fewest is null ? null : "city"), ((int?)minimum?["workers"], (string?)minimum?["per"]));
    }

    [Fact]
    public async Task tells_a_refusal_at_its_field()
    {
        host.Stub.On("POST /api/rounds", 400, """
            {"status":400,"code":"validation","detail":"请检查标出的项目后再提交。","errors":[{"field":"workers.divisions","code":"outside-scope","message":"只能选择您辖区内的务工人员。"}]}
            """);

        var page = await host.Send(await host.Get("/station/rounds"), "new-round", ("name", "一批"), ("homes", "640425"));

        Assert.Equal((400, "只能选择您辖区内的务工人员。"), (page.Status, page.Error("workers.divisions")));
        Assert.Equal("640425", page.Html.QuerySelector("#workers-divisions option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task asks_for_its_progress_until_it_is_over()
    {
        host.Stub.On($"GET /api/rounds/{Id}", 200, Round("running"));
        var running = await host.Get($"/station/rounds/{Id}");
        host.Stub.On($"GET /api/rounds/{Id}", 200, Round("done"));
        var over = await host.Get($"/station/rounds/{Id}?handler=Progress");

        Assert.NotNull(running.Html.QuerySelector("[data-test=round][hx-get]"));
        Assert.Null(running.Html.QuerySelector("[data-test=publish]"));
        Assert.True(over.Response.Headers.Contains("HX-Refresh"));
    }

    [Fact]
    public async Task shows_who_goes_where_and_why_somebody_got_nothing()
    {
        host.Stub.On($"GET /api/rounds/{Id}", 200, Round("done"));
        host.Stub.On($"GET /api/rounds/{Id}/assignments", 200, $$"""{"items":[{"workerId":"{{Worker}}","postingId":"{{Id}}","workerScore":1100,"firmScore":900}],"next":null}""");
        host.Stub.On($"GET /api/rounds/{Id}/unmatched", 200, $$"""{"items":[{"workerId":"{{Worker}}","workerScore":0,"firmScore":0,"reason":{"code":"full","sentence":"岗位已满，录用线 1520 分，本人 1220 分"} }],"next":null}""");
        host.Stub.On("GET /api/workers", 200, $$"""{"items":[{"id":"{{Worker}}","version":1,"name":"马燕","erased":false}],"next":null}""");

        var page = await host.Get($"/station/rounds/{Id}");

        Assert.Contains("双方均无更优选择", page.Text("round-result"), StringComparison.Ordinal);
        Assert.Contains("马燕", (await host.Get($"/station/rounds/{Id}?handler=Rows&which=assignments")).Text("assignments"), StringComparison.Ordinal);
        Assert.Contains("录用线 1520 分", (await host.Get($"/station/rounds/{Id}?handler=Rows&which=unmatched")).Text("unmatched"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_published_once_for_a_form_and_says_what_is_left()
    {
        host.Stub.On($"GET /api/rounds/{Id}", 200, Round("done"));
        host.Stub.On($"POST /api/rounds/{Id}/publication", 200, $$"""{"id":"{{Id}}","state":"published","sent":248,"refused":2,"left":31}""");
        var form = await host.Get($"/station/rounds/{Id}");

        var page = await host.Send(form, "publish-round");
        var again = await host.Get(page.Location!);

        Assert.Equal(302, page.Status);
        Assert.True(Guid.TryParse(host.Stub.Heard.Single(asked => asked.Request.StartsWith("POST", StringComparison.Ordinal)).Key, out _));
        Assert.Equal("已发出 248 份，2 份因情况变化未发，还有 31 份未发。", again.Text("done"));
    }

    private static string Round(string state) => $$"""
        {"id":"{{Id}}","version":1,"name":"春风行动一批","state":"{{state}}","progress":0.4,"createdAt":"2026-11-20T02:00:00Z","workers":120,"postings":30,"matched":100,"unmatched":20,"blockingPairs":0,"asOf":"2026-11-20"}
        """;
}
