using System.Diagnostics;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class When_a_service_is_away
{
    private const string Away = """{"status":503,"code":"unavailable","detail":"数据库暂时无法访问，请稍后再试。","errors":[]}""";

    // Enough of everything for any page: no list holds anything.
    private const string Anything = """
        {"items":[],"next":null,"acts":[],"id":"01900000-0000-7000-8000-0000000000aa","version":1,"state":"live","name":"某某","rows":[],"nodes":[],"links":[],"returns":[],
         "passengers":[],"legs":[],"statuses":[],"members":[],"findings":[],"accepted":0,"headcount":5}
        """;

    private const string One = "01900000-0000-7000-8000-0000000000aa";

    private static readonly ApiAddresses Owners =
        new(new Uri("http://portal"), new Uri("http://workers"), new Uri("http://employers"), new Uri("http://matching"), new Uri("http://placements"));

    private static readonly (string Role, string Path)[] Pages =
    [
        ("station", "/"), ("station", $"/jobs/{One}"), ("station", "/station"), ("station", "/station/workers"), ("station", "/station/workers/new"), ("station", $"/station/workers/{One}"),
        ("station", $"/station/workers/{One}/matches"), ("station", $"/station/workers/{One}/wishes"), ("station", "/station/call-list"), ("station", "/station/rosters"),
        ("station", "/station/offers"), ("station", "/station/placements"), ("station", $"/station/placements/{One}"), ("station", "/station/trips"), ("station", "/station/trips/new"),
        ("station", $"/station/trips/{One}/passengers"), ("employer", "/employer"), ("employer", "/employer/postings/new"), ("employer", $"/employer/postings/{One}"),
        ("employer", $"/employer/postings/{One}/workers"), ("employer", "/employer/offers"), ("employer", "/employer/staff"), ("official", "/monitor"), ("official", "/monitor/verification"),
        ("admin", "/admin/accounts"), ("admin", "/admin/stations"), ("admin", "/admin/streams"), ("employer", "/employer/firm"), ("station", "/station/firms"), ("station", $"/station/firms/{One}"),
        ("employer", "/employer/firm/sites"), ("employer", "/employer/firm/projects"), ("station", $"/station/firms/{One}/sites"), ("station", $"/station/workers/{One}/companions"),
        ("station", "/station/households/1"), ("station", "/station/follow-ups"), ("official", "/monitor/targets"),
    ];

    [Theory]
    [InlineData("workers")]
    [InlineData("employers")]
    [InlineData("matching")]
    [InlineData("placements")]
    public async Task every_page_that_asks_it_says_so_and_every_other_works(string service)
    {
        await using var whole = await PagesHost.Start();
        await using var broken = await PagesHost.Start((service, $"http://127.0.0.1:{FreePort.Next()}"));
        whole.Stub.Otherwise = broken.Stub.Otherwise = (200, Anything);
        var (faults, told, worked) = (new List<string>(), 0, 0);
        foreach (var (role, path) in Pages)
        {
            whole.SignIn(role);
            broken.SignIn(role);
            whole.Stub.Heard.Clear();
            var usual = await whole.Get(path);
            var asks = whole.Stub.Heard.Any(asked => Owners.Of(asked.Request.Split(' ')[1]).Host == service);
            var page = await broken.Get(path);
            var notices = page.Html.QuerySelectorAll("[data-test='away']").Select(notice => notice.GetAttribute("data-service")).ToHashSet();
            if (asks ? page.Status is not (200 or 503) || !notices.SetEquals([service]) : page.Status != usual.Status || notices.Count > 0)
            {
                faults.Add($"{path}: {page.Status}, usually {usual.Status}, notices of [{string.Join(' ', notices)}], {(asks ? "asks it" : "does not ask it")}");
            }

            (told, worked) = asks ? (told + 1, worked) : (told, worked + 1);
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.True(told > 3 && worked > 3, $"{told} pages told, {worked} worked");
    }

    [Fact]
    public async Task and_hangs_the_first_visitor_waits_the_next_are_told_at_once_and_it_is_asked_again_when_it_is_back()
    {
        await using var host = await PagesHost.Start();
        host.Stub.On("GET /api/postings", 200, """{"items":[],"next":null}""");
        host.Stub.Gate = new TaskCompletionSource();
        var started = Stopwatch.GetTimestamp();

        Assert.NotNull((await host.Get("/")).Text("away"));

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(16), "the first visitor waits three attempts");
        Assert.Equal(3, host.Stub.Heard.Count);
        started = Stopwatch.GetTimestamp();
        Assert.NotNull((await host.Get("/")).Text("away"));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2), "the second visitor is told at once");
        Assert.Equal(3, host.Stub.Heard.Count);

        host.Stub.Gate.SetResult();

        await Wait.Until(async () => (await host.Get("/")).Text("away") is null, "the board is back");
    }

    [Fact]
    public async Task for_a_moment_a_form_gets_through_with_the_same_key()
    {
        await using var host = await PagesHost.Start();
        host.SignIn("station");
        host.Stub.OnTurn("POST /api/workers", (503, Away), (201, $$"""{"id":"{{One}}","version":1,"name":"马燕","erased":false,"position":7}"""));

        var page = await host.Send(await host.Get("/station/workers/new"), "new-worker", ("name", "马燕"));

        Assert.Equal(302, page.Status);
        var posts = host.Stub.Heard.Where(asked => asked.Request == "POST /api/workers").ToList();
        Assert.Equal(2, posts.Count);
        Assert.Equal((posts[0].Body, posts[0].Key), (posts[1].Body, posts[1].Key));
        Assert.True(Guid.TryParse(posts[0].Key, out _));
    }

    [Fact]
    public async Task its_panel_says_so_and_the_others_work()
    {
        await using var host = await PagesHost.Start(("matching", $"http://127.0.0.1:{FreePort.Next()}"));
        host.SignIn("station");
        host.Stub.On("GET /api/call-list", 200, """{"items":[],"next":null}""");
        host.Stub.On("GET /api/placements", 200, """{"items":[],"next":null}""");

        var page = await host.Get("/station");

        Assert.Equal(200, page.Status);
        Assert.Equal("matching", Assert.Single(page.Html.QuerySelectorAll("[data-test='away']")).GetAttribute("data-service"));
        Assert.Contains("匹配服务暂时无法访问", page.Text("away"), StringComparison.Ordinal);
        Assert.Equal(2, page.Html.QuerySelectorAll(".tile .value").Length);
    }

    [Fact]
    public async Task a_read_is_tried_again_a_few_times()
    {
        await using var host = await PagesHost.Start();
        host.Stub.On("GET /api/postings", 503, Away);

        var page = await host.Get("/");

        Assert.Equal(200, page.Status);
        Assert.NotNull(page.Text("away"));
        Assert.Equal(3, host.Stub.Heard.Count);
    }
}
