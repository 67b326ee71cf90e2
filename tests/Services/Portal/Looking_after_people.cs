using System.Text.Json.Nodes;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Looking_after_people : IAsyncLifetime
{
    private const string Id = "01900000-0000-7000-8000-0000000000aa", Other = "01900000-0000-7000-8000-0000000000bb";

    private const string Companions = $"/api/workers/{Id}/companions";

    private PagesHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PagesHost.Start();
        host.SignIn("station");
        host.Stub.On($"GET /api/workers/{Id}", 200, $$$"""{"id":"{{{Id}}}","version":7,"name":"马*","erased":false,"household":{"number":"640400000123","statuses":[]}}""");
        host.Stub.On($"GET {Companions}", 200, $$"""{"items":[{"id":"{{Other}}","name":"李*"}]}""");
        host.Stub.On($"GET /api/workers/{Id}/trainings", 200, """{"items":[{"id":"01900000-0000-7000-8000-0000000000cc","trade":"garment-sewing","title":"缝纫初级班","hours":40,"on":"2026-10-01"}],"next":null}""");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task a_companion_is_added_by_the_card_and_the_number_is_not_shown_again()
    {
        host.Stub.On($"POST {Companions}", 400, """{"status":400,"code":"validation","detail":"请检查。","errors":[{"field":"residentId","code":"not-registered","message":"请先登记同行人。"}]}""");
        var page = await host.Get($"/station/workers/{Id}/companions");

        var refused = await host.Send(page, "add-companion", ("residentId", "649901199003070021"));

        Assert.Contains("李*", page.Text("companions"), StringComparison.Ordinal);
        Assert.Equal((400, "请先登记同行人。"), (refused.Status, refused.Error("residentId")));
        Assert.DoesNotContain("649901199003070021", refused.Html.DocumentElement.OuterHtml, StringComparison.Ordinal);
        host.Stub.On($"POST {Companions}", 200, $$"""{"id":"{{Id}}","version":8}""");
        Assert.Equal(302, (await host.Send(refused, "add-companion", ("residentId", "649901199003070021"))).Status);
        Assert.Equal("649901199003070021", (string?)JsonNode.Parse(host.Stub.Heard.Last().Body)!["residentId"]);
    }

    [Fact]
    public async Task somebody_leaves_a_group_in_the_version_that_was_shown()
    {
        host.Stub.On($"DELETE {Companions}", 204, "");

        var left = await host.Send(await host.Get($"/station/workers/{Id}/companions"), "leave");

        Assert.Equal((302, $"/station/workers/{Id}/companions"), (left.Status, left.Location));
        Assert.Contains(host.Stub.Heard, asked => asked.Request == $"DELETE {Companions}" && Guid.TryParse(asked.Key, out _));
    }

    [Fact]
    public async Task a_finished_training_is_recorded()
    {
        host.Stub.On($"POST /api/workers/{Id}/trainings", 201, """{"id":"01900000-0000-7000-8000-0000000000cc","trade":"garment-sewing","title":"缝纫","on":"2026-10-01"}""");
        var page = await host.Get($"/station/workers/{Id}/companions");

        var saved = await host.Send(page, "add-training", ("trade", "garment-sewing"), ("on", "2026-10-01"), ("hours", "40"));

        Assert.Contains("缝纫初级班", page.Text("trainings"), StringComparison.Ordinal);
        Assert.Equal(302, saved.Status);
        var body = JsonNode.Parse(host.Stub.Heard.Last().Body)!;
        Assert.Equal(("garment-sewing", "2026-10-01", 40), ((string?)body["trade"], (string?)body["on"], (int)body["hours"]!));
    }

    [Fact]
    public async Task an_official_reads_and_writes_no_companions()
    {
        host.SignIn("official");

        var page = await host.Get($"/station/workers/{Id}/companions");

        Assert.Contains("李*", page.Text("companions"), StringComparison.Ordinal);
        Assert.Empty(page.Html.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task a_household_shows_its_statuses_with_who_said_so_and_takes_a_new_one()
    {
        host.Stub.On("GET /api/households/640400000123", 200, $$"""
            {"number":"640400000123","division":"640422101","statuses":[{"code":"ordinary","from":null,"to":"2024-01-01"},{"code":"out-of-poverty","from":"2024-01-01","to":null,"source":"village","by":"王干事","on":"2024-02-03"}],"members":[{"workerId":"{{Id}}","name":"马*","relationToHead":"spouse","age":36,"status":"willing"}]}
            """);
        host.Stub.On("POST /api/households/640400000123/statuses", 200, """{"number":"640400000123","statuses":[]}""");
        var page = await host.Get("/station/households/640400000123");

        var saved = await host.Send(page, "observe", ("code", "out-of-poverty-unstable"), ("from", "2026-11-01"), ("source", "village"));

        var rows = page.Html.QuerySelectorAll("[data-test=statuses] tbody tr").Select(row => row.TextContent).ToList();
        Assert.Contains("村级名单 · 王干事 · 2024-02-03", rows[0], StringComparison.Ordinal);
        Assert.Contains("2023-12-31", rows[1], StringComparison.Ordinal);
        Assert.Contains("马*", page.Text("members"), StringComparison.Ordinal);
        Assert.Equal((302, "/station/households/640400000123"), (saved.Status, saved.Location));
        var body = JsonNode.Parse(host.Stub.Heard.Last().Body)!;
        Assert.Equal(("out-of-poverty-unstable", "2026-11-01", "village"), ((string?)body["code"], (string?)body["from"], (string?)body["source"]));
    }

    [Fact]
    public async Task a_call_that_reached_somebody_is_evidence_of_the_month_due()
    {
        host.Stub.On("GET /api/follow-ups", 200, $$$"""
            {"items":[{"placement":{"id":"{{{Other}}}","version":1,"workerId":"{{{Id}}}","source":"platform","state":"on-post","firstDay":"2026-08-01","nearHome":false},"month":3,"dueOn":"2026-10-31","daysOverdue":23,"missing":[1,3]}],"next":null}
            """);
        host.Stub.On("GET /api/workers", 200, $$"""{"items":[{"id":"{{Id}}","version":1,"name":"马*","erased":false}],"next":null}""");
        host.Stub.On($"POST /api/placements/{Other}/steps", 200, $$"""{"id":"{{Other}}","version":2,"workerId":"{{Id}}","source":"platform","state":"on-post","nearHome":false}""");
        var page = await host.Get("/station/follow-ups");

        var saved = await host.Send(page, $"reached-{Other}");

        Assert.Contains("马*", page.Text("follow-ups"), StringComparison.Ordinal);
        Assert.Contains("已过 23 天", page.Text("follow-ups"), StringComparison.Ordinal);
        Assert.Equal((302, "/station/follow-ups"), (saved.Status, saved.Location));
        var body = JsonNode.Parse(host.Stub.Heard.Single(asked => asked.Request.StartsWith("POST", StringComparison.Ordinal)).Body)!;
        Assert.Equal(("evidence", 3, "phone"), ((string?)body["kind"], (int)body["month"]!, (string?)body["evidence"]));
    }
}
