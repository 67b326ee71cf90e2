using LaborBridge.Employers;
using LaborBridge.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Services.Employers;

public abstract class Searching_the_board(SqlKind kind) : IAsyncLifetime
{
    private static readonly Sql Forget = Sql.Text("DELETE FROM board_words");

    private EmployersHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await EmployersHost.Start(kind);
        await host.Decide("approved");
        foreach (var (title, trade, work, pay, lodging) in new[]
        {
            ("缝纫工", "garment-sewing", "缝制运动服，会平车优先", 5000, "free"),
            ("电子装配普工", "general", "手机外壳装配", 4500, "offered"),
            ("CNC操作", "general", "看管数控机床", 6000, "none"),
            ("电焊工", "welding", "钢结构焊接", 7000, "none"),
        })
        {
            await host.Live(new { title, trade, work, pay = new { unit = "month", guaranteed = pay }, lodging });
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("缝纫", "缝纫工")]
    [InlineData("海沧缝纫工", "缝纫工")]
    [InlineData("缝纫工 海沧光电", "缝纫工")]
    [InlineData("厦门电子", "电子装配普工")]
    [InlineData("装配手机", "电子装配普工")]
    [InlineData("cnc", "CNC操作")]
    [InlineData("数控 机床", "CNC操作")]
    [InlineData("焊", "电焊工")]
    [InlineData("操作工", "CNC操作,电子装配普工")]
    [InlineData("厦门", "电焊工,CNC操作,电子装配普工,缝纫工")]
    [InlineData("缝纫 电焊", "")]
    [InlineData("挖掘机", "")]
    [InlineData("福州缝纫", "")]
    [InlineData("%", "电焊工,CNC操作,电子装配普工,缝纫工")]
    [InlineData("'; DROP TABLE postings", "")]
    public async Task finds_chinese_words_without_blanks_between_them(string q, string titles) => Assert.Equal(titles, await Found($"q={Uri.EscapeDataString(q)}"));

    [Theory]
    [InlineData("trade=welding", "电焊工")]
    [InlineData("pay=6000", "电焊工,CNC操作")]
    [InlineData("lodging=true", "电子装配普工,缝纫工")]
    [InlineData("division=3502&q=普工", "CNC操作,电子装配普工")]
    [InlineData("division=64", "")]
    public async Task narrows_by_place_trade_pay_and_lodging(string query, string titles) => Assert.Equal(titles, await Found(query));

    [Fact]
    public async Task goes_page_by_page()
    {
        var titles = new List<string?>();
        for (var path = "/api/postings?q=厦门&limit=3"; path.Length > 0;)
        {
            var page = (await host.Anyone.Get(path)).Is(200);
            titles.AddRange(page.Items.Select(item => (string?)item["title"]));
            path = (string?)page.Json["next"] is { } next ? $"/api/postings?q=厦门&limit=3&cursor={next}" : "";
        }

        Assert.Equal(["电焊工", "CNC操作", "电子装配普工", "缝纫工"], titles);
    }

    [Fact]
    public async Task follows_changes_closings_and_suspensions()
    {
        var live = (await host.Anyone.Get("/api/postings?q=缝纫")).Items[0];
        var id = (string)live["id"]!;
        (await host.Firm.Put($"/api/postings/{id}", host.Terms(new { title = "裁剪工", work = "裁布" }), $"\"{live["version"]}\"")).Is(200);
        Assert.Equal(("", "裁剪工"), (await Found("q=缝纫"), await Found("q=裁剪")));

        (await host.Firm.Post($"/api/postings/{id}/closing")).Is(200);
        Assert.Equal("", await Found("q=裁剪"));

        await host.Decide("suspended", "检查");
        Assert.Equal("", await Found(""));
        await host.Decide("approved");
        Assert.Equal("电焊工", await Found("q=焊接"));
    }

    [Fact]
    public async Task finds_postings_that_went_live_before_there_were_words()
    {
        var db = host.Host.Services.GetRequiredService<Db<EmployersService>>();
        await db.Write(tx => tx.Execute(Forget));
        Assert.Equal("", await Found("q=焊接"));

        Assert.Equal(4, await db.Write(IndexBoard.CatchUp));

        Assert.Equal("电焊工", await Found("q=焊接"));
        Assert.Equal(0, await db.Write(IndexBoard.CatchUp));
    }

    private async Task<string> Found(string query) => string.Join(',', (await host.Anyone.Get($"/api/postings?{query}")).Is(200).Items.Select(item => (string?)item["title"]));

    public sealed class On_SQLite() : Searching_the_board(SqlKind.Sqlite);

    public sealed class On_PostgreSQL() : Searching_the_board(SqlKind.PostgreSql);
}

public sealed class Asking_the_board_too_often
{
    [Fact]
    public async Task is_refused_to_strangers_only()
    {
        await using var host = await EmployersHost.Start(SqlKind.Sqlite, ("LaborBridge:Limits:PublicBoard", "5"));
        var answers = new List<int>();
        for (var i = 0; i < 7; i++)
        {
            answers.Add((await host.Anyone.Get("/api/postings?q=缝纫")).Status);
        }

        Assert.Equal([200, 200, 200, 200, 200, 429, 429], answers);
        Assert.Equal(200, (await host.Firm.Get($"/api/employers/{host.FirmId}")).Status);
    }
}
