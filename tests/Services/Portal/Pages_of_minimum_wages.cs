using System.Text.Json.Nodes;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Pages_of_minimum_wages : IAsyncLifetime
{
    private const string Id = "01900000-0000-7000-8000-000000000005";

    private const string Wage = $$"""{"id":"{{Id}}","version":2,"division":"350205","divisionName":"福建省厦门市海沧区","from":"2026-01-01","monthly":2265,"hourly":23.5,"source":"测试文件"}""";

    private PagesHost host = null!;

    public async ValueTask InitializeAsync() => host = await PagesHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task let_an_official_enter_a_figure_of_his_divisions()
    {
        host.SignIn("official", "350205");
        host.Stub.On("GET /api/minimum-wages", 200, """{"items":[],"next":null}""");
        host.Stub.On("POST /api/minimum-wages", 201, Wage);
        var empty = await host.Get("/monitor/minimum-wages");

        var page = await host.Send(empty, "new-wage", ("division", "350205"), ("from", "2026-01-01"), ("monthly", "2265"), ("hourly", "23.5"), ("source", "测试文件"));

        Assert.Equal(["", "350205"], empty.Html.QuerySelectorAll("#division option").Select(option => option.GetAttribute("value")));
        Assert.Equal((302, "/monitor/minimum-wages"), (page.Status, page.Location));
        var body = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request == "POST /api/minimum-wages").Body)!;
        Assert.Equal(("350205", "2026-01-01", 2265m, 23.5m), ((string?)body["division"], (string?)body["from"], (decimal)body["monthly"]!, (decimal)body["hourly"]!));
    }

    [Theory]
    [InlineData("official", "350205", true, true)]
    [InlineData("official", "640422", true, false)]
    [InlineData("station", "350205", false, false)]
    public async Task show_the_forms_to_those_who_keep_the_figures(string role, string division, bool enter, bool remove)
    {
        host.SignIn(role, division);
        host.Stub.On("GET /api/minimum-wages", 200, $$"""{"items":[{{Wage}}],"next":null}""");
        host.Stub.On($"DELETE /api/minimum-wages/{Id}", 200, Wage);

        var page = await host.Get("/monitor/minimum-wages");

        Assert.Contains("¥2,265", page.Text("wages"), StringComparison.Ordinal);
        Assert.Equal((enter, remove), (page.Html.QuerySelector("[data-test=new-wage]") is not null, page.Html.QuerySelector("[data-test^=remove-]") is not null));
        if (remove)
        {
            Assert.Equal(302, (await host.Send(page, "remove-350205-2026-01-01")).Status);
            Assert.Contains(host.Stub.Heard, asked => asked.Request == $"DELETE /api/minimum-wages/{Id}");
        }
    }

    [Theory]
    [InlineData(false, "note")]
    [InlineData(true, "small")]
    public async Task tell_the_firm_what_its_pay_was_compared_with(bool known, string shown)
    {
        host.SignIn("employer");
        host.Stub.On($"GET /api/postings/{Id}", 200, $$$"""
            {"id":"{{{Id}}}","employerId":"{{{Id}}}","version":1,"state":"draft","title":"装配","accepted":0,"findings":[],"confirmations":[],"minimumWage":{"known":{{{(known ? "true" : "false")}}},"sentence":"海沧区的最低工资标准"}}
            """);

        var findings = await host.Get($"/employer/postings/new?id={Id}");

        Assert.Equal("海沧区的最低工资标准", findings.Text("minimum-wage"));
        Assert.Equal(shown, findings.Html.QuerySelector("[data-test=minimum-wage]")!.ClassName);
    }
}
