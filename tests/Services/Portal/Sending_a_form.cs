using System.Text.Json.Nodes;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Sending_a_form : IAsyncLifetime
{
    private const string Created = """{"id":"01900000-0000-7000-8000-0000000000aa","version":1,"name":"马燕","status":"willing","erased":false,"position":7}""";

    private PagesHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PagesHost.Start();
        host.SignIn("station");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task shows_the_services_own_words_at_the_field()
    {
        host.Stub.On("POST /api/workers", 400, """
            {"status":400,"code":"validation","detail":"请检查标出的项目后再提交。","errors":[{"field":"residentId","code":"id-checksum","message":"末位校验码不符，请对照证件逐位核对。"}]}
            """);

        var page = await Register();

        Assert.Equal(400, page.Status);
        Assert.Equal("末位校验码不符，请对照证件逐位核对。", page.Error("residentId"));
        Assert.Contains("请检查标出的项目后再提交。", page.Text("problem"), StringComparison.Ordinal);
        Assert.Equal("马燕", page.Html.QuerySelector("#name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task sends_what_was_typed_with_key_and_token_and_leads_on()
    {
        host.Stub.On("POST /api/workers", 201, Created);

        var page = await Register(("wishes.willing", "true"), ("wishes.trades", "garment-sewing"), ("wishes.languages", "minnan"), ("consentsToRecommendation", "true"));

        var asked = Assert.Single(host.Stub.Heard);
        var body = JsonNode.Parse(asked.Body)!;
        Assert.Equal(("/station/workers/01900000-0000-7000-8000-0000000000aa?after=7", 302), (page.Location, page.Status));
        Assert.True(Guid.TryParse(asked.Key, out _));
        Assert.Equal("Bearer visitor-token", asked.Authorization);
        Assert.Equal("640422", (string?)body["hukou"]);
        Assert.Equal("garment-sewing", (string?)body["wishes"]!["trades"]![0]);
        Assert.Equal("minnan", (string?)Assert.Single(body["wishes"]!["languages"]!.AsArray()));
        Assert.Equal("recommendation", (string?)body["consents"]![0]!["purpose"]);
        Assert.Empty(body["phones"]!.AsArray());
    }

    [Fact]
    public async Task of_wishes_shows_the_languages_said_before_and_takes_back_what_is_unticked()
    {
        const string Id = "01900000-0000-7000-8000-0000000000aa";
        host.Stub.On($"GET /api/workers/{Id}", 200, $$"""
            {"id":"{{Id}}","version":3,"name":"马燕","status":"willing","erased":false,"wishes":{"willing":true,"languages":["minnan"]} }
            """);
        host.Stub.On($"PUT /api/workers/{Id}/wishes", 200, Created);

        var form = await host.Get($"/station/workers/{Id}/wishes");
        var box = Assert.Single(form.Html.QuerySelectorAll("input[name=languages][checked]"));
        Assert.Equal("minnan", box.GetAttribute("value"));
        box.RemoveAttribute("checked");
        await host.Send(form, "wishes");

        var body = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request == $"PUT /api/workers/{Id}/wishes").Body)!;
        Assert.Empty(body["languages"]!.AsArray());
    }

    [Fact]
    public async Task twice_carries_the_same_key()
    {
        host.Stub.On("POST /api/workers", 201, Created);
        var form = await host.Get("/station/workers/new");

        await host.Send(form, "new-worker", ("name", "马燕"));
        await host.Send(form, "new-worker", ("name", "马燕"));

        Assert.Single(host.Stub.Heard.Select(asked => asked.Key).Distinct());
    }

    [Fact]
    public async Task to_a_service_that_is_away_keeps_words_and_key()
    {
        await using var away = await PagesHost.Start(("workers", $"http://127.0.0.1:{FreePort.Next()}"));
        away.SignIn("station");
        var form = await away.Get("/station/workers/new");
        var key = form.Html.QuerySelector("form[data-test='new-worker'] input[name=key]")!.GetAttribute("value");

        var page = await away.Send(form, "new-worker", ("name", "马燕"));

        Assert.Equal(503, page.Status);
        Assert.Contains("内容没有提交", page.Text("problem"), StringComparison.Ordinal);
        Assert.Equal("马燕", page.Html.QuerySelector("#name")!.GetAttribute("value"));
        Assert.Equal(key, page.Html.QuerySelector("form[data-test='new-worker'] input[name=key]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task without_its_antiforgery_token_is_refused()
    {
        var form = await host.Get("/station/workers/new");

        var page = await host.Send(form, "new-worker", ("__RequestVerificationToken", "forged"));

        Assert.Equal(400, page.Status);
        Assert.Empty(host.Stub.Heard);
    }

    [Fact]
    public async Task with_a_day_that_is_none_says_so_and_sends_nothing()
    {
        var page = await Register(("wishes.from", "明天"));

        Assert.Equal(400, page.Status);
        Assert.NotNull(page.Error("wishes.from"));
        Assert.Empty(host.Stub.Heard);
    }

    [Fact]
    public async Task leads_to_the_sign_in_when_the_session_has_ended()
    {
        host.Stub.On("POST /api/workers", 401, """{"status":401,"code":"unauthenticated","detail":"请先登录。","errors":[]}""");

        var page = await Register();

        Assert.StartsWith("/sign-in?ReturnUrl=", page.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task to_sign_in_is_limited_like_sessions_and_looking_at_the_page_is_not()
    {
        await using var limited = await PagesHost.Start(("LaborBridge:Limits:Sessions", "3"));
        var form = await limited.Get("/sign-in");
        for (var guess = 0; guess < 3; guess++)
        {
            Assert.Equal("密码不对。", (await limited.Send(form, "sign-in", ("password", "x"))).Error("password"));
        }

        var page = await limited.Send(form, "sign-in", ("password", "x"));

        Assert.Equal(429, page.Status);
        Assert.Contains("请一分钟后再试", page.Text("error"), StringComparison.Ordinal);
        Assert.Equal(200, (await limited.Get("/sign-in")).Status);
    }

    private async Task<Page> Register(params (string Name, string Value)[] typed) =>
        await host.Send(await host.Get("/station/workers/new"), "new-worker", [("name", "马燕"), ("residentId", "649901199003070021"), .. typed]);
}
