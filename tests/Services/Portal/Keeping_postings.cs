using System.Text.Json.Nodes;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Keeping_postings : IAsyncLifetime
{
    private const string Id = "01900000-0000-7000-8000-000000000006", Copy = "01900000-0000-7000-8000-000000000007", Firm = "01900000-0000-7000-8000-000000000001";

    private PagesHost host = null!;

    public async ValueTask InitializeAsync() => host = await PagesHost.Start();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task a_firm_copies_last_seasons_posting_and_mends_the_draft()
    {
        host.SignIn("employer");
        host.Stub.On($"GET /api/postings/{Id}", 200, Posting(Id, "closed"));
        host.Stub.On($"POST /api/postings/{Id}/copy", 201, Posting(Copy, "draft"));

        var page = await host.Send(await host.Get($"/employer/postings/{Id}"), "copy-posting");

        Assert.Equal((302, $"/employer/postings/new?id={Copy}"), (page.Status, page.Location));
    }

    [Fact]
    public async Task a_warning_is_confirmed_with_a_reason_and_the_reason_is_shown_afterwards()
    {
        host.SignIn("employer");
        host.Stub.On($"GET /api/postings/{Id}", 200, Posting(Id, "draft", findings: """[{"severity":"warning","field":"conditions","words":"18-45岁","rule":"age","law":"《就业促进法》第三条","advice":"写明理由"}]"""));
        host.Stub.On($"POST /api/postings/{Id}/submission", 200, Posting(Id, "live"));

        var page = await host.Send(await host.Get($"/employer/postings/{Id}"), "submit-posting", ("confirmations[0].reason", "重体力搬运"));

        Assert.Equal(302, page.Status);
        var sent = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request == $"POST /api/postings/{Id}/submission").Body)!["confirmations"]![0]!;
        Assert.Equal(("age", "重体力搬运"), ((string?)sent["rule"], (string?)sent["reason"]));

        host.Stub.On($"GET /api/postings/{Id}", 200, Posting(Id, "live", confirmations: """[{"rule":"age","reason":"重体力搬运","words":"18-45岁","at":"2026-11-22T02:00:00Z"}]"""));
        Assert.Contains("重体力搬运", (await host.Get($"/employer/postings/{Id}")).Text("confirmed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_posting_asks_for_languages_and_shows_them()
    {
        host.SignIn("employer");
        host.Stub.On($"GET /api/postings/{Id}", 200, Posting(Id, "draft", languages: """["minnan"]"""));
        host.Stub.On($"PUT /api/postings/{Id}", 200, Posting(Id, "draft"));
        Assert.Equal("闽南语", (await host.Get($"/employer/postings/{Id}")).Text("languages")?.Trim());

        var form = await host.Get($"/employer/postings/new?id={Id}");
        Assert.Equal(["minnan"], form.Html.QuerySelectorAll("input[name=languages][checked]").Select(box => box.GetAttribute("value")));
        var page = await host.Send(form, "posting", ("languages", "mandarin"));

        Assert.Equal(302, page.Status);
        var sent = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request == $"PUT /api/postings/{Id}").Body)!;
        Assert.Contains("mandarin", sent["languages"]!.AsArray().Select(one => (string?)one));
    }

    [Fact]
    public async Task every_wording_can_be_read()
    {
        host.SignIn("employer");
        host.Stub.On($"GET /api/postings/{Id}/versions", 200, $$$"""
            {"items":[{"version":2,"savedBy":"hr","savedAt":"2026-11-22T02:00:00Z","changed":["work","pay"],"terms":{"employerId":"{{{Firm}}}","title":"装配工","trade":"general","headcount":5,"work":"装配和包装","conditions":"无","pay":{"unit":"month","guaranteed":4500,"high":null},"interview":false,"medical":false}}],"next":null}
            """);

        var page = await host.Get($"/employer/postings/{Id}/history");

        Assert.Contains("装配和包装", page.Text("version"), StringComparison.Ordinal);
        Assert.Contains("工作内容 · 工资", page.Text("version"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_official_notes_what_he_looked_at()
    {
        host.SignIn("official", "350205");
        host.Stub.On("GET /api/employers", 200, $$"""{"items":[{"id":"{{Firm}}","version":1,"name":"海沧光电","state":"registered","fujianInvested":false,"site":{"division":"350205"} }],"next":null}""");
        host.Stub.On($"POST /api/employers/{Firm}/verification", 200, $$"""{"id":"{{Firm}}","version":2,"name":"海沧光电","state":"approved","fujianInvested":false}""");

        var page = await host.Send(await host.Get("/monitor/verification"), $"verify-{Firm}", ("evidence[1].text", "11月20日到厂"), ("decision", "approved"));

        Assert.Equal(302, page.Status);
        var evidence = Assert.Single(JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request.StartsWith("POST", StringComparison.Ordinal)).Body)!["evidence"]!.AsArray())!;
        Assert.Equal(("visit", "11月20日到厂"), ((string?)evidence["kind"], (string?)evidence["text"]));
    }

    private static string Posting(string id, string state, string findings = "[]", string confirmations = "[]", string languages = "[]") => $$"""
        {"id":"{{id}}","employerId":"{{Firm}}","version":1,"state":"{{state}}","title":"装配工","trade":"general","headcount":5,"accepted":0,"work":"装配","conditions":"无","interview":false,"medical":false,
        "monthlyGuaranteed":4500,"findings":{{findings}},"confirmations":{{confirmations}},"languages":{{languages}}}
        """;
}
