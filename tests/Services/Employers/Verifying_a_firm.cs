using LaborBridge.Persistence;
using Xunit;

namespace LaborBridge.Tests.Services.Employers;

public abstract class Verifying_a_firm(SqlKind kind) : IAsyncLifetime
{
    private EmployersHost host = null!;

    public async ValueTask InitializeAsync() => host = await EmployersHost.Start(kind);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task is_done_by_the_county_of_the_site_and_kept_with_its_evidence()
    {
        (await host.Decide("approved", by: host.Xiji)).Is(403, "forbidden-scope");
        Assert.Empty((await host.Xiji.Get("/api/employers?state=registered")).Items);
        Assert.Single((await host.Haicang.Get("/api/employers?state=registered")).Items);
        Assert.Single((await host.Haicang.Get("/api/employers?q=光电")).Items);
        Assert.Empty((await host.Haicang.Get("/api/employers?q=光_电")).Items);
        (await host.Decide("returned")).Is(400, "validation");
        (await host.Decide("returned", "营业执照看不清")).Is(200);
        var evidence = new[] { new { kind = "licence", text = "副本，发照日期2020-01-02" }, new { kind = "visit", text = "11月20日到厂" } };
        (await host.Haicang.Post(Verification, new { decision = "approved", evidence = new[] { new { kind = "rumour", text = "x" } } })).Is(400, "validation");
        (await host.Haicang.Post(Verification, new { decision = "approved", evidence })).Is(200);

        var kept = (await host.Firm.Get($"/api/employers/{host.FirmId}/verifications")).Is(200).Items;

        Assert.Equal(["approved", "returned"], kept.Select(one => (string?)one["decision"]));
        Assert.Equal(["licence", "visit"], kept[0]["evidence"]!.AsArray().Select(one => (string?)one!["kind"]));
        Assert.Equal(("haicang", "营业执照看不清"), ((string?)kept[0]["decidedBy"], (string?)kept[1]["reason"]));
        (await host.Xiji.Get($"/api/employers/{host.FirmId}/verifications")).Is(404);
    }

    [Fact]
    public async Task takes_a_suspended_firms_postings_off_the_board_and_brings_them_back()
    {
        var live = await host.Live();
        var closed = await host.Live();
        (await host.Firm.Post($"/api/postings/{closed.Id}/closing")).Is(200);

        Assert.Equal(2, (await host.Haicang.Get("/api/postings?mine=true")).Items.Count);
        Assert.Empty((await host.Xiji.Get("/api/postings?mine=true")).Items);

        (await host.Decide("suspended", "拖欠工资")).Is(200);

        Assert.Empty((await host.Anyone.Get("/api/postings")).Items);
        (await host.Anyone.Get($"/api/postings/{live.Id}")).Is(404);
        var waiting = (await host.Firm.Get($"/api/postings/{live.Id}")).Is(200);
        Assert.Equal(("in-review", "employer-suspended"), ((string?)waiting.Json["state"], (string?)waiting.Json["closedReason"]));
        var draft = await host.Save();
        (await host.Submit(draft.Id)).Is(409, "employer-suspended");
        (await host.Haicang.Post($"/api/postings/{live.Id}/publication")).Is(409, "employer-not-approved");

        (await host.Decide("approved")).Is(200);

        Assert.Equal(live.Id, (string?)Assert.Single((await host.Anyone.Get("/api/postings")).Items)["id"]);
        Assert.Equal("closed", (string?)(await host.Firm.Get($"/api/postings/{closed.Id}")).Json["state"]);
        Assert.Null((await host.Firm.Get($"/api/postings/{live.Id}")).Json["closedReason"]);
    }

    [Fact]
    public async Task brings_back_only_what_stands_up_to_todays_review()
    {
        var live = await host.Live();
        (await host.Decide("suspended", "检查")).Is(200);
        (await host.Haicang.Post("/api/minimum-wages", new { division = "350205", from = "2026-01-01", monthly = 9000, source = "测试文件" })).Is(201);

        (await host.Decide("approved")).Is(200);

        Assert.Equal("draft", (string?)(await host.Firm.Get($"/api/postings/{live.Id}")).Json["state"]);
    }

    [Fact]
    public async Task covers_further_sites_each_by_its_own_county()
    {
        await host.Decide("approved");
        var site = (await host.Firm.Post(Sites, new { division = "640422", text = "吉强镇帮扶车间", kind = "aid-workshop" })).Is(201);
        (await host.Firm.Post(Sites, new { division = "64", kind = "shop" })).Is(400, "validation");
        var posting = await host.Save(new { site = new { division = "640422", text = "吉强镇" } });
        Assert.Equal("in-review", (string?)(await host.Submit(posting.Id)).Is(200).Json["state"]);
        (await host.Haicang.Post($"/api/postings/{posting.Id}/publication")).Is(409, "site-not-verified");

        Assert.Empty((await host.Haicang.Get("/api/employers/sites")).Is(200).Items);
        Assert.Equal("海沧光电", (string?)Assert.Single((await host.Xiji.Get("/api/employers/sites")).Is(200).Items)["employerName"]);
        (await host.Haicang.Post($"{Sites}/{site.Id}/verification", new { decision = "approved" })).Is(403, "forbidden-scope");
        (await host.Xiji.Post($"{Sites}/{site.Id}/verification", new { decision = "approved", evidence = new[] { new { kind = "visit", text = "到场" } } })).Is(200);

        Assert.Equal("live", (string?)(await host.Anyone.Get($"/api/postings/{posting.Id}")).Is(200).Json["state"]);
        (await host.Xiji.Post($"{Sites}/{site.Id}/verification", new { decision = "suspended", reason = "停产" })).Is(200);
        (await host.Anyone.Get($"/api/postings/{posting.Id}")).Is(404);
        Assert.Equal("suspended", (string?)Assert.Single((await host.Firm.Get(Sites)).Is(200).Items)["state"]);
    }

    [Theory]
    [InlineData("350212", "factory", "registered")]
    [InlineData("350205", "labour-base", "registered")]
    [InlineData("350205", "factory", "approved")]
    public async Task is_asked_for_again_when_a_site_becomes_another(string division, string kind, string state)
    {
        var site = (await host.Firm.Post(Sites, new { division = "350205", text = "二厂", kind = "factory" })).Is(201);
        (await host.Haicang.Post($"{Sites}/{site.Id}/verification", new { decision = "approved" })).Is(200);
        (await host.Firm.Put($"{Sites}/{site.Id}", new { division, text = "三厂", kind }, "\"1\"")).Is(412, "stale-version");
        (await host.Firm.Put($"{Sites}/{site.Id}", new { division = "35", text = "三厂", kind }, "\"2\"")).Is(400, "validation");
        (await host.Xiji.Put($"{Sites}/{site.Id}", new { division, text = "三厂", kind }, "\"2\"")).Is(404);

        var changed = (await host.Firm.Put($"{Sites}/{site.Id}", new { division, text = "三厂", kind }, "\"2\"")).Is(200);

        Assert.Equal((state, "三厂", 3), ((string?)changed.Json["state"], (string?)changed.Json["text"], (int)changed.Json["version"]!));
    }

    [Fact]
    public async Task takes_a_returned_site_back_once_it_is_mended()
    {
        var site = (await host.Firm.Post(Sites, new { division = "350205", text = "二厂", kind = "factory" })).Is(201);
        (await host.Haicang.Post($"{Sites}/{site.Id}/verification", new { decision = "returned", reason = "地址不全" })).Is(200);

        (await host.Firm.Put($"{Sites}/{site.Id}", new { division = "350205", text = "新阳路9号二厂", kind = "factory" }, "\"2\"")).Is(200);

        Assert.Equal("新阳路9号二厂", (string?)Assert.Single((await host.Haicang.Get("/api/employers/sites")).Is(200).Items)["text"]);
    }

    [Theory]
    [InlineData("factory", 400)]
    [InlineData("labour-base", 400)]
    [InlineData("stable-employment-base", 400)]
    [InlineData("aid-workshop", 201)]
    [InlineData("disability-workshop", 201)]
    [InlineData("e-commerce-room", 201)]
    public async Task needs_a_credit_code_of_all_but_workshops(string kind, int status) =>
        (await host.Xiji.Post("/api/employers", new { name = "将台堡缝纫", site = new { division = "640422", text = "将台堡镇", kind }, fujianInvested = false })).Is(status);

    private string Verification => $"/api/employers/{host.FirmId}/verification";

    private string Sites => $"/api/employers/{host.FirmId}/sites";

    public sealed class On_SQLite() : Verifying_a_firm(SqlKind.Sqlite);

    public sealed class On_PostgreSQL() : Verifying_a_firm(SqlKind.PostgreSql);
}
