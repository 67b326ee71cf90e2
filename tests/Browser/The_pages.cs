using LaborBridge.Tests.Fixtures;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LaborBridge.Tests.Browser;

/// <summary>What somebody sees who tries LaborBridge with the demo's data, on a desk and on a phone.</summary>
public sealed class The_pages(DemoProcess demo) : IClassFixture<DemoProcess>
{
    private const string Password = "LaborBridge-demo-1";
    private const int Phone = 360;

    /// <summary>Where the demo's people are at home, in the order of their codes.</summary>
    private static readonly string[] CountiesOfNingxia = ["永宁县", "红寺堡区", "盐池县", "同心县", "原州区", "西吉县", "隆德县", "泾源县", "彭阳县", "海原县"];

    [Fact]
    public async Task fit_a_phone_without_scrolling_sideways()
    {
        Requires.Chromium();
        await using var browsing = await Browsing.Start(await demo.Address());
        var anyone = await browsing.Anyone(Phone, 740);
        await Fits(anyone, "/", "[data-test=board] .card");
        await anyone.ClickAsync("[data-test=posting] >> nth=0");
        await Fits(anyone, page: null, "[data-test=posting-terms]");
        await Fits(anyone, "/sign-in", "[data-test=sign-in]");
        await Fits(anyone, "/about-data", "h2");

        var clerk = await browsing.SignIn("station", Password, lands: "/station", Phone);
        await Fits(clerk, "/station", "[data-test=desk]");
        await Fits(clerk, "/station/workers", "[data-test=workers]");
        await Fits(clerk, "/station/workers/new", "[data-test=new-worker]");
        await Fits(clerk, "/station/rosters", "[data-test=roster-upload]");
        await Fits(clerk, "/station/placements", "[data-test=placements]");
        await Fits(clerk, "/station/trips", "h1");

        var firm = await browsing.SignIn("employer", Password, lands: "/employer", Phone);
        await Fits(firm, "/employer", "[data-test=new-posting]");
        await Fits(firm, "/employer/postings/new", "[data-test=posting]");
        await Fits(firm, "/employer/staff", "h1");

        var official = await browsing.SignIn("official", Password, lands: "/monitor", Phone);
        await Fits(official, "/monitor", "[data-test=flows] canvas");
        await Fits(official, "/monitor/verification", "h1");

        var admin = await browsing.SignIn("admin", Password, lands: "/admin/accounts", Phone);
        await Fits(admin, "/admin/accounts", "[data-test=new-account]");
        await Fits(admin, "/admin/streams", "[data-test=streams]");
        Assert.Empty(browsing.Complaints);
    }

    [Fact]
    public async Task show_the_outflow_with_unit_day_and_source()
    {
        Requires.Chromium();
        await using var browsing = await Browsing.Start(await demo.Address());
        var official = await browsing.SignIn("official", Password, lands: "/monitor");
        await Expect(official.Locator("[data-test=flows] canvas")).ToBeVisibleAsync();
        await Expect(official.Locator("[data-test=reference] tbody tr").First).ToBeVisibleAsync();
        Assert.DoesNotMatch("[A-Za-z]", await official.Locator("[data-test=reference]").InnerTextAsync());
        await Expect(official.Locator("[data-test=demo-banner]")).ToBeVisibleAsync();
        Assert.NotEqual(0, await Figure(official, "workersTransferred"));
        Assert.NotEqual(0, await Figure(official, "departures"));
        await Expect(official.Locator("[data-key=workersTransferred] .value small")).ToHaveTextAsync("人");
        await Expect(official.Locator("[data-key=departures] .value small")).ToHaveTextAsync("人次");
        await Expect(official.Locator("[data-test=counties] tbody th")).ToHaveTextAsync(CountiesOfNingxia);
        await Browsing.Drawn(official);
        await Browsing.Look(official, "monitor");

        // The same seen from the side that receives: rows are the counties of Fujian.
        await official.SelectOptionAsync("#side", "receiving");
        await official.ClickAsync("[data-test=monitor-filter] button");
        await Expect(official.Locator("[data-test=counties] tbody tr[data-key='350205']")).ToContainTextAsync("海沧区");
        Assert.Empty(browsing.Complaints);
    }

    [Fact]
    public async Task speak_English_to_who_asks()
    {
        Requires.Chromium();
        await using var browsing = await Browsing.Start(await demo.Address());
        var anyone = await browsing.Anyone();
        await anyone.GotoAsync("/");
        await Expect(anyone.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await anyone.ClickAsync("[data-test=language]");
        await Expect(anyone.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(anyone.Locator("h1")).ToHaveTextAsync("Jobs");
        await Browsing.Look(anyone, "board-english");

        // The choice stays on the next page, and goes back by the same link.
        await anyone.ClickAsync("[data-test=sign-in-link]");
        await Expect(anyone.Locator("h1")).ToHaveTextAsync("Sign in");
        await anyone.ClickAsync("[data-test=language]");
        await Expect(anyone.Locator("h1")).ToHaveTextAsync("登录");
        Assert.Empty(browsing.Complaints);
    }

    private static async Task<long> Figure(IPage page, string key) =>
        long.Parse((await page.Locator($"[data-test=tiles] [data-key={key}] .value").InnerTextAsync()).Split(' ')[0].Replace(",", "", StringComparison.Ordinal));

    private static async Task Fits(IPage visitor, string? page, string waitFor)
    {
        if (page is not null)
        {
            await visitor.GotoAsync(page);
        }

        await Expect(visitor.Locator(waitFor).First).ToBeVisibleAsync();
        await Browsing.Look(visitor, "phone" + new Uri(visitor.Url).AbsolutePath.Replace('/', '-'));
        var wide = await visitor.EvaluateAsync<string[]>(
            """
            () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] : [...document.querySelectorAll('body *')]
              .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !one.closest('.scroll, .menu'))
              .map(one => one.outerHTML.slice(0, 120))
            """);
        Assert.True(wide.Length == 0, $"{visitor.Url} is wider than {Phone} px: {string.Join("\n", wide)}");
        Assert.True(
            await visitor.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
            $"{visitor.Url} is wider than {Phone} px");
    }
}
