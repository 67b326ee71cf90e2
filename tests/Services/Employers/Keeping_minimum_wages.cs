using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using Xunit;

namespace LaborBridge.Tests.Services.Employers;

public abstract class Keeping_minimum_wages(SqlKind kind) : IAsyncLifetime
{
    private EmployersHost host = null!;

    public async ValueTask InitializeAsync() => host = await EmployersHost.Start(kind);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task belongs_to_the_officials_of_the_division()
    {
        (await host.Xiji.Post("/api/minimum-wages", Row("350205"))).Is(403, "forbidden-scope");
        (await host.Firm.Post("/api/minimum-wages", Row("350205"))).Is(403);
        (await host.Anyone.Post("/api/minimum-wages", Row("350205"))).Is(401);

        var entered = (await host.Haicang.Post("/api/minimum-wages", Row("350205"))).Is(201);

        (await host.Haicang.Post("/api/minimum-wages", Row("350205"))).Is(409, "already-registered");
        (await host.Xiji.Delete($"/api/minimum-wages/{entered.Id}", entered.ETag)).Is(404);
        Assert.Equal("350205", (string?)Assert.Single((await host.Firm.Get("/api/minimum-wages?division=35")).Is(200).Items)["division"]);
        Assert.Empty((await host.Firm.Get("/api/minimum-wages?division=64")).Is(200).Items);
    }

    [Fact]
    public async Task needs_a_division_a_day_a_figure_and_its_source()
    {
        var refused = (await host.Haicang.Post("/api/minimum-wages", new { division = "350205112233", monthly = 2.345 })).Is(400, "validation");

        Assert.Equal(
            ("division-unknown", "required", "out-of-range", "required"),
            (refused.FieldCode("division"), refused.FieldCode("from"), refused.FieldCode("monthly"), refused.FieldCode("source")));
    }

    [Fact]
    public async Task is_corrected_by_who_saw_the_last_version_only()
    {
        var entered = (await host.Haicang.Post("/api/minimum-wages", Row("350205"))).Is(201);

        (await host.Haicang.Put($"/api/minimum-wages/{entered.Id}", Row("350205", 5100))).Is(428);
        var corrected = (await host.Haicang.Put($"/api/minimum-wages/{entered.Id}", Row("350205", 5100), entered.ETag)).Is(200);
        (await host.Haicang.Put($"/api/minimum-wages/{entered.Id}", Row("350205", 5200), entered.ETag)).Is(412);
        (await host.Haicang.Delete($"/api/minimum-wages/{entered.Id}", entered.ETag)).Is(412);

        Assert.Equal(5100m, (decimal?)corrected.Json["monthly"]);
        (await host.Haicang.Delete($"/api/minimum-wages/{entered.Id}", corrected.ETag)).Is(200);
        Assert.Empty((await host.Firm.Get("/api/minimum-wages")).Items);
    }

    [Fact]
    public async Task says_that_no_figure_is_known_and_finds_nothing_without_a_row()
    {
        var reviewed = (await host.Firm.Post("/api/postings/review", Pay(1))).Is(200);

        Assert.Empty(reviewed.Json["findings"]!.AsArray());
        Assert.False((bool)reviewed.Json["minimumWage"]!["known"]!);
        Assert.Contains("海沧区的最低工资标准尚未录入", (string?)reviewed.Json["minimumWage"]!["sentence"], StringComparison.Ordinal);
        Assert.Contains("No minimum wage is known", (string?)(await host.Firm.Post("/api/postings/review", Pay(1), language: "en")).Json["minimumWage"]!["sentence"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task stops_a_posting_that_pays_less_with_the_article()
    {
        (await host.Haicang.Post("/api/minimum-wages", Row("350205"))).Is(201);
        await host.Decide("approved");

        var below = (await host.Firm.Post("/api/postings", Pay(4999.99m))).Is(201);
        var enough = (await host.Firm.Post("/api/postings", Pay(5000))).Is(201);

        var finding = Assert.Single(below.Json["findings"]!.AsArray())!;
        Assert.Equal(("error", "pay.guaranteed", "below-minimum-wage", "4999.99"), ((string?)finding["severity"], (string?)finding["field"], (string?)finding["rule"], (string?)finding["words"]));
        Assert.Contains("《劳动法》第四十八条", (string?)finding["law"], StringComparison.Ordinal);
        Assert.Contains("5000元", (string?)finding["advice"], StringComparison.Ordinal);
        (await host.Submit(below.Id)).Is(422, "posting-has-errors");
        Assert.Empty(enough.Json["findings"]!.AsArray());
        Assert.True((bool)enough.Json["minimumWage"]!["known"]!);
        Assert.Equal("live", (string?)(await host.Submit(enough.Id)).Is(200).Json["state"]);
    }

    [Fact]
    public async Task takes_the_countys_row_before_its_prefectures_and_the_last_one_in_force()
    {
        var amoy = host.Host.As(Role.Official, "amoy", "3502");
        (await amoy.Post("/api/minimum-wages", Row("3502", 3000))).Is(201);
        Assert.Equal(3000m, await Known());

        (await amoy.Post("/api/minimum-wages", Row("350205", 2000, "2024-01-01"))).Is(201);
        (await amoy.Post("/api/minimum-wages", Row("350205", 2100, "2025-01-01"))).Is(201);
        (await amoy.Post("/api/minimum-wages", Row("350205", 9999, "2099-01-01"))).Is(201);
        Assert.Equal(2100m, await Known());

        var items = new List<string?>();
        for (var path = "/api/minimum-wages?limit=1"; path.Length > 0;)
        {
            var page = (await host.Firm.Get(path)).Is(200);
            items.AddRange(page.Items.Select(item => $"{item["division"]} {item["from"]}"));
            path = (string?)page.Json["next"] is { } next ? $"/api/minimum-wages?limit=1&cursor={next}" : "";
        }

        Assert.Equal(["3502 2026-01-01", "350205 2099-01-01", "350205 2025-01-01", "350205 2024-01-01"], items);

        async Task<decimal?> Known() => (decimal?)(await host.Firm.Post("/api/postings/review", Pay(5000))).Is(200).Json["minimumWage"]!["monthly"];
    }

    [Fact]
    public async Task counts_in_when_a_draft_is_submitted_after_the_row_was_entered()
    {
        await host.Decide("approved");
        var saved = await host.Save();
        (await host.Haicang.Post("/api/minimum-wages", Row("350205", 6000))).Is(201);

        (await host.Submit(saved.Id)).Is(422, "posting-has-errors");
    }

    private object Pay(decimal guaranteed) => host.Terms(new { pay = new { unit = "month", guaranteed } });

    private static object Row(string division, decimal monthly = 5000, string from = "2026-01-01") => new { division, from, monthly, hourly = (decimal?)null, source = "测试文件〔2026〕1号" };

    public sealed class On_SQLite() : Keeping_minimum_wages(SqlKind.Sqlite);

    public sealed class On_PostgreSQL() : Keeping_minimum_wages(SqlKind.PostgreSql);
}
