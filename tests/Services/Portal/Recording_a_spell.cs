using System.Text.Json.Nodes;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Recording_a_spell : IAsyncLifetime
{
    private PagesHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PagesHost.Start();
        host.SignIn("station");
        host.Stub.On("GET /api/employers", 200, """
            {"items":[{"id":"01900000-0000-7000-8000-000000000001","version":1,"name":"海沧光电二厂","state":"approved"},{"id":"01900000-0000-7000-8000-000000000002","version":1,"name":"海沧光电","state":"approved"}],"next":null}
            """);
        host.Stub.On("POST /api/placements", 201, """{"id":"01900000-0000-7000-8000-0000000000bb","version":1,"workerId":"01900000-0000-7000-8000-0000000000aa","source":"self-reported","state":"on-post"}""");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(" 海沧光电 ", "01900000-0000-7000-8000-000000000002", null)]
    [InlineData("光电", null, "光电")]
    public async Task links_a_firm_that_is_registered_under_this_very_name(string typed, string? id, string? name)
    {
        var page = await host.Send(await Form(), "new-placement", ("employer", typed), ("division", "350205"), ("startedOn", "2026-06-01"));

        Assert.Equal((302, "/station/placements/01900000-0000-7000-8000-0000000000bb"), (page.Status, page.Location));
        var employer = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request == "POST /api/placements").Body)!["employer"]!;
        Assert.Equal((id, name), ((string?)employer["id"], (string?)employer["name"]));
    }

    [Fact]
    public async Task records_nothing_when_the_register_cannot_be_asked()
    {
        host.Stub.On("GET /api/employers", 503, """{"status":503,"code":"unavailable","detail":"数据库暂时无法访问，请稍后再试。","errors":[]}""");

        var page = await host.Send(await Form(), "new-placement", ("employer", "海沧光电"), ("division", "350205"), ("startedOn", "2026-06-01"));

        Assert.Equal(503, page.Status);
        Assert.DoesNotContain(host.Stub.Heard, asked => asked.Request == "POST /api/placements");
    }

    private Task<Page> Form() => host.Get("/station/placements/new?worker=01900000-0000-7000-8000-0000000000aa");
}
