using Xunit;

namespace LaborBridge.Tests.Services.Portal;

/// <summary>Erasing a person with a confirmation, a copy for the person, the search box, and the administrators' look at the access log.</summary>
public sealed class Handling_personal_data : IAsyncLifetime
{
    private const string Id = "01900000-0000-7000-8000-00000000000b";

    private const string Worker = $$"""
        {"id":"{{Id}}","version":3,"name":"马燕","residentId":"649901********0021","phones":[],"sex":"female","birthYear":1990,"age":36,"status":"registered","hukou":"640422","home":"640422",
        "address":{"division":null,"text":null},"skills":[],"certificates":[],"groups":[],"consents":[],"erased":false}
        """;

    private PagesHost host = null!;

    public async ValueTask InitializeAsync() => host = await PagesHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task erases_only_with_the_tick_that_says_so()
    {
        host.SignIn("station");
        host.Stub.On($"GET /api/workers/{Id}", 200, Worker);
        host.Stub.On("GET /api/placements", 200, """{"items":[],"next":null}""");
        host.Stub.On($"POST /api/workers/{Id}/erasure", 200, $$"""{"id":"{{Id}}","version":4,"status":"out","erased":true}""");
        var page = await host.Get($"/station/workers/{Id}");

        Assert.Equal(400, (await host.Send(page, "erase", ("reason", "本人要求"))).Status);
        Assert.DoesNotContain(host.Stub.Heard, asked => asked.Request.EndsWith("/erasure", StringComparison.Ordinal));

        var done = await host.Send(page, "erase", ("reason", "本人要求"), ("confirmed", "true"));

        Assert.Equal($"/station/workers/{Id}", done.Location);
        Assert.Contains("本人要求", Assert.Single(host.Stub.Heard, asked => asked.Request.EndsWith("/erasure", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task hands_out_a_copy_and_offers_neither_to_collectors_nor_for_the_erased()
    {
        host.SignIn("station");
        host.Stub.On($"GET /api/workers/{Id}", 200, Worker);
        host.Stub.On("GET /api/placements", 200, """{"items":[],"next":null}""");
        host.Stub.On($"GET /api/workers/{Id}/export", 200, """{"name":"马燕"}""");
        var page = await host.Get($"/station/workers/{Id}");

        Assert.Equal(200, (await host.Get(page.Html.QuerySelector("[data-test='export-json']")!.GetAttribute("href")!)).Status);

        host.Stub.On($"GET /api/workers/{Id}", 200, Worker.Replace("\"erased\":false", "\"erased\":true", StringComparison.Ordinal));
        var erased = await host.Get($"/station/workers/{Id}");
        Assert.NotNull(erased.Html.QuerySelector("[data-test='erased']"));
        Assert.Null(erased.Html.QuerySelector("[data-test='own-data']"));
        host.Stub.On($"GET /api/workers/{Id}", 200, Worker);
        host.SignIn("collector");
        Assert.Null((await host.Get($"/station/workers/{Id}")).Html.QuerySelector("[data-test='own-data']"));
    }

    [Fact]
    public async Task takes_somebody_out_of_the_programme_and_brings_him_back()
    {
        host.SignIn("station");
        host.Stub.On($"GET /api/workers/{Id}", 200, Worker);
        host.Stub.On("GET /api/placements", 200, """{"items":[],"next":null}""");
        host.Stub.On($"POST /api/workers/{Id}/leaving", 200, $$"""{"id":"{{Id}}","version":4,"status":"out","outReason":"moved-away"}""");
        host.Stub.On($"POST /api/workers/{Id}/return", 200, $$"""{"id":"{{Id}}","version":5,"status":"registered","outReason":null}""");
        var page = await host.Get($"/station/workers/{Id}");
        Assert.Null(page.Html.QuerySelector("[data-test='return']"));

        Assert.Equal($"/station/workers/{Id}", (await host.Send(page, "leave", ("reason", "moved-away"), ("on", "2026-11-20"))).Location);
        Assert.Equal("""{"reason":"moved-away","on":"2026-11-20"}""", Assert.Single(host.Stub.Heard, asked => asked.Request.EndsWith("/leaving", StringComparison.Ordinal)).Body);

        host.Stub.On($"GET /api/workers/{Id}", 200, Worker.Replace("\"erased\":false", "\"erased\":false,\"outReason\":\"moved-away\"", StringComparison.Ordinal));
        var gone = await host.Get($"/station/workers/{Id}");
        Assert.Null(gone.Html.QuerySelector("[data-test='leave']"));
        Assert.Equal("户口已迁出", gone.Html.QuerySelector("[data-test='out']")!.TextContent);
        Assert.Equal($"/station/workers/{Id}", (await host.Send(gone, "return")).Location);
        Assert.Single(host.Stub.Heard, asked => asked.Request.EndsWith("/return", StringComparison.Ordinal));
    }

    [Fact]
    public async Task asks_for_those_who_are_free_on_a_day()
    {
        host.SignIn("station");
        host.Stub.On("GET /api/workers", 200, """{"items":[],"next":null}""");

        await host.Get("/station/workers?available=2026-12-01&q=8765");

        var asked = Assert.Single(host.Stub.Heard).Query;
        Assert.Equal(("2026-12-01", "8765"), (asked["available"], asked["q"]));
    }

    [Fact]
    public async Task shows_administrators_whether_the_access_log_is_whole()
    {
        host.SignIn("admin");
        host.Stub.On("GET /api/access-log/verification", 200, """{"entries":12,"ok":true,"firstBroken":null,"lastHash":"ab12"}""");
        var page = await host.Get("/admin/access-log");
        Assert.Contains("12", page.Text("verification"), StringComparison.Ordinal);
        Assert.Contains("ab12", page.Html.QuerySelector("dd")!.TextContent, StringComparison.Ordinal);

        host.Stub.On("GET /api/access-log/verification", 200, """{"entries":12,"ok":false,"firstBroken":7,"lastHash":"ab12"}""");
        Assert.Contains("第 7 条", (await host.Get("/admin/access-log")).Text("verification"), StringComparison.Ordinal);
        host.SignIn("station");
        Assert.Equal(403, (await host.Get("/admin/access-log")).Status);
    }
}
