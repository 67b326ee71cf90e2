using System.Text.Json.Nodes;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Keeping_sites_and_projects : IAsyncLifetime
{
    private const string Id = "01900000-0000-7000-8000-000000000001";

    private const string Firm = $$$"""
        {"id":"{{{Id}}}","version":3,"name":"海沧光电","site":{"division":"350205","divisionName":"福建省厦门市海沧区","text":"新阳路1号","kind":"factory"},"fujianInvested":true,"state":"approved"}
        """;

    private const string Site = $$"""
        {"id":"{{Id}}","version":2,"employerId":"{{Id}}","employerName":"海沧光电","division":"640422","divisionName":"宁夏回族自治区固原市西吉县","text":"吉强镇","kind":"aid-workshop","state":"returned","decisionReason":"地址不全"}
        """;

    private const string Project = $$$"""
        {"id":"{{{Id}}}","version":4,"name":"二期","site":{"division":"350205","text":"新阳路1号"},"planned":[{"by":"2027-03-01","group":"缝纫一线","posts":350},{"by":"2027-06-01","posts":550}],"postings":2,"offered":300,"accepted":120}
        """;

    private PagesHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PagesHost.Start();
        host.Stub.On($"GET /api/employers/{Id}", 200, Firm);
        host.Stub.On($"GET /api/employers/{Id}/sites", 200, Items(Site));
        host.Stub.On($"GET /api/employers/{Id}/projects", 200, Items(Project));
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task a_firm_reads_why_a_site_was_returned_and_corrects_it()
    {
        host.SignIn("employer");
        host.Stub.On($"PUT /api/employers/{Id}/sites/{Id}", 200, Site);
        var sites = await host.Get("/employer/firm/sites");

        var page = await host.Send(sites, $"change-site-{Id}", ("text", "吉强镇文化街9号"));

        Assert.Contains("地址不全", sites.Text("decision-reason"), StringComparison.Ordinal);
        Assert.Equal((302, "/employer/firm/sites"), (page.Status, page.Location));
        var body = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request.StartsWith("PUT", StringComparison.Ordinal)).Body)!;
        Assert.Equal(("640422", "aid-workshop", "吉强镇文化街9号"), ((string?)body["division"], (string?)body["kind"], (string?)body["text"]));
    }

    [Fact]
    public async Task a_refused_site_is_told_at_its_field_in_its_own_form()
    {
        host.SignIn("employer");
        host.Stub.On($"POST /api/employers/{Id}/sites", 400, """{"status":400,"code":"validation","detail":"请检查。","errors":[{"field":"kind","code":"code-missing","message":"只能登记车间。"}]}""");

        var page = await host.Send(await host.Get("/employer/firm/sites"), "new-site", ("kind", "labour-base"), ("division", "350205"), ("text", "二厂"));

        Assert.Equal("只能登记车间。", page.Html.QuerySelector("[data-test=new-site] [data-field=kind] .error")?.TextContent);
        Assert.Null(page.Html.QuerySelector($"[data-test='change-site-{Id}'] .error"));
        Assert.Equal("二厂", page.Html.QuerySelector("#new-site-text")?.GetAttribute("value"));
        Assert.Equal("吉强镇", page.Html.QuerySelector($"#site-{Id}-text")?.GetAttribute("value"));
    }

    [Theory]
    [InlineData("350205", true)]
    [InlineData("640422", false)]
    public async Task only_those_who_look_after_the_firm_write_for_it(string division, bool forms)
    {
        host.SignIn("station", division);

        var page = await host.Get($"/station/firms/{Id}/sites");

        Assert.Contains("吉强镇", page.Text("site"), StringComparison.Ordinal);
        Assert.Equal(forms, page.Html.QuerySelector("[data-test=new-site]") is not null);
        Assert.Equal(forms, page.Html.QuerySelector($"[data-test='change-site-{Id}']") is not null);
    }

    [Fact]
    public async Task a_plan_goes_without_the_lines_left_blank()
    {
        host.SignIn("employer");
        host.Stub.On($"PUT /api/projects/{Id}", 200, Project);
        var projects = await host.Get("/employer/firm/projects");

        var page = await host.Send(projects, $"change-project-{Id}",
            ("planned[0].by", ""), ("planned[0].group", ""), ("planned[0].posts", ""), ("planned[3].by", "2027-09-01"), ("planned[3].group", "质检"), ("planned[3].posts", "20"));

        Assert.Contains("300", projects.Text("project-progress"), StringComparison.Ordinal);
        Assert.Equal((302, "/employer/firm/projects"), (page.Status, page.Location));
        var planned = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request.StartsWith("PUT", StringComparison.Ordinal)).Body)!["planned"]!.AsArray();
        Assert.Equal([("2027-06-01", 550), ("2027-09-01", 20)], planned.Select(line => ((string)line!["by"]!, (int)line["posts"]!)));
    }

    [Fact]
    public async Task a_wrong_line_of_a_plan_is_told_at_that_line()
    {
        host.SignIn("employer");
        host.Stub.On($"POST /api/employers/{Id}/projects", 400, """{"status":400,"code":"validation","detail":"请检查。","errors":[{"field":"planned[0].posts","code":"out-of-range","message":"岗位数应为1到100000。"}]}""");

        var page = await host.Send(await host.Get("/employer/firm/projects"), "new-project", ("name", "三期"), ("planned[1].by", "2027-09-01"));

        Assert.Equal((400, "岗位数应为1到100000。"), (page.Status, page.Html.QuerySelector("[data-test=new-project] [data-field='planned[0].posts'] .error")?.TextContent));
        Assert.Equal("2027-09-01", page.Html.QuerySelector("#new-project-planned-0-by")?.GetAttribute("value"));
    }

    [Fact]
    public async Task a_plan_without_lines_is_told_below_its_heading()
    {
        host.SignIn("employer");
        host.Stub.On($"POST /api/employers/{Id}/projects", 400, """{"status":400,"code":"validation","detail":"请检查。","errors":[{"field":"planned","code":"required","message":"请至少填写一行计划。"}]}""");

        var page = await host.Send(await host.Get("/employer/firm/projects"), "new-project", ("name", "三期"));

        Assert.Equal("请至少填写一行计划。", page.Html.QuerySelector("#new-project-planned .error")?.TextContent);
    }

    [Fact]
    public async Task a_posting_is_tied_to_a_site_and_a_project()
    {
        host.SignIn("employer");
        host.Stub.On("POST /api/postings", 201, $$"""{"id":"{{Id}}","employerId":"{{Id}}","version":1,"state":"draft","accepted":0}""");
        var form = await host.Get("/employer/postings/new");

        await host.Send(form, "posting", ("title", "缝纫工"), ("at", "640422|吉强镇"), ("project", "二期"));

        Assert.Equal(["二期"], form.Html.QuerySelectorAll("#projects option").Select(option => option.GetAttribute("value")));
        var body = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request == "POST /api/postings").Body)!;
        Assert.Equal(("640422", "吉强镇", "二期"), ((string?)body["site"]!["division"], (string?)body["site"]!["text"], (string?)body["project"]));
    }

    [Fact]
    public async Task a_posting_to_mend_shows_the_site_that_it_has()
    {
        host.SignIn("employer");
        host.Stub.On($"GET /api/postings/{Id}", 200, $$$"""{"id":"{{{Id}}}","employerId":"{{{Id}}}","version":1,"state":"draft","accepted":0,"site":{"division":"640422","text":"吉强镇"},"project":"二期"}""");

        var form = await host.Get($"/employer/postings/new?id={Id}");

        Assert.Equal("640422|吉强镇", form.Html.QuerySelector("#at option[selected]")?.GetAttribute("value"));
        Assert.Null(form.Html.QuerySelector("#site-division option[selected]"));
        Assert.Equal("二期", form.Html.QuerySelector("#project")?.GetAttribute("value"));
    }

    [Fact]
    public async Task an_official_decides_about_a_site_and_reads_what_was_decided_before()
    {
        host.SignIn("official", "640422");
        host.Stub.On("GET /api/employers", 200, Items(Firm));
        host.Stub.On("GET /api/employers/sites", 200, Items(Site));
        host.Stub.On($"POST /api/employers/{Id}/sites/{Id}/verification", 200, Site);
        host.Stub.On($"GET /api/employers/{Id}/verifications", 200, Items($$"""{"siteId":"{{Id}}","decision":"returned","reason":"地址不全","evidence":[{"kind":"visit","text":"11月2日到场"}],"decidedAt":"2026-11-02T03:00:00Z"}"""));
        var queue = await host.Get("/monitor/verification");

        var page = await host.Send(queue, $"verify-site-{Id}", ("evidence[1].text", "11月20日到场"), ("decision", "approved"));
        var past = await host.Get($"/monitor/verification?handler=Past&id={Id}");

        Assert.Contains("吉强镇", queue.Text("site"), StringComparison.Ordinal);
        Assert.Null(queue.Html.QuerySelector($"[data-test='verify-{Id}']"));
        Assert.Equal(302, page.Status);
        var body = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request == $"POST /api/employers/{Id}/sites/{Id}/verification").Body)!;
        Assert.Equal(("approved", "visit", "11月20日到场"), ((string?)body["decision"], (string?)body["evidence"]![0]!["kind"], (string?)body["evidence"]![0]!["text"]));
        Assert.Contains("11月2日到场", past.Text("verifications"), StringComparison.Ordinal);
    }

    private static string Items(string item) => $$"""{"items":[{{item}}],"next":null}""";
}
