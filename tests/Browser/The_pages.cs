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

    private readonly List<string> english = [];

    [Fact]
    public async Task fit_a_phone_without_scrolling_sideways_and_read_Chinese()
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
        await Fits(clerk, "/station/call-list", "[data-test=call-list]");
        await Fits(clerk, "/station/transfers", "[data-test=new-transfer]");
        await Fits(clerk, "/station/duplicates", "h1");
        await Fits(clerk, "/station/offers", "[data-test=offers]");
        await Fits(clerk, "/station/workers?status=willing", "[data-test=workers]");
        await clerk.ClickAsync("[data-test=workers] tbody a >> nth=0");
        await Fits(clerk, page: null, "[data-test=timeline]");
        var worker = new Uri(clerk.Url).AbsolutePath;
        await clerk.ClickAsync("[data-test=matches]");
        await Fits(clerk, page: null, "[data-test=match]");
        await Fits(clerk, $"{worker}/companions", "[data-test=add-companion]");
        await Fits(clerk, "/station/follow-ups", "h1");
        await Fits(clerk, "/station/alerts", "[data-test=alerts]");
        await Fits(clerk, "/station/collectors", "h1");
        await Fits(clerk, "/station/placements?state=on-post", "[data-test=placements]");
        await clerk.ClickAsync("[data-test=placements] tbody a >> nth=0");
        await Fits(clerk, page: null, "[data-test=history]");
        await Fits(clerk, "/station/placements/new", "[data-test=new-placement]");
        await Fits(clerk, "/station/trips", "[data-test=trips]");
        await clerk.ClickAsync("[data-test=trips] tbody a >> nth=0");
        await Fits(clerk, page: null, "[data-test=manifest]");
        await Fits(clerk, "/station/trips/new", "[data-test=new-trip]");
        await Fits(clerk, "/station/rounds", "[data-test=new-round]");
        await Fits(clerk, "/station/firms", "[data-test=firms]");
        await Fits(clerk, "/station/firms/new", "[data-test=new-firm]");

        var firm = await browsing.SignIn("employer", Password, lands: "/employer", Phone);
        await Fits(firm, "/employer", "[data-test=new-posting]");
        await Fits(firm, "/employer/postings/new", "[data-test=posting]");
        await Fits(firm, "/employer/offers", "[data-test=offers]");
        await Fits(firm, "/employer/staff", "[data-test=staff]");
        await Fits(firm, "/employer/firm", "[data-test=firm-facts]");
        await Fits(firm, "/employer/firm/sites", "[data-test=new-site]");
        await Fits(firm, "/employer/firm/projects", "[data-test=new-project]");
        await SendsPaper(firm);

        var official = await browsing.SignIn("official", Password, lands: "/monitor", Phone);
        await Fits(official, "/monitor", "[data-test=flows] canvas");
        await Fits(official, "/monitor?by=pairing", "[data-test=reference]");
        await Fits(official, "/monitor/verification?state=approved", "[data-test=firm]");
        await official.ClickAsync("[data-test=papers-page] >> nth=0");
        await Fits(official, page: null, "[data-test=new-paper]");
        await Fits(official, "/monitor/verification", "h1");
        await Fits(official, "/monitor/targets", "[data-test=new-target]");
        await Fits(official, "/monitor/ledger", "[data-test=verification][data-ok=yes]");
        await Fits(official, "/station/collectors", "[data-test=choose-station]");
        await Fits(official, "/monitor/minimum-wages", "[data-test=new-wage]");

        var admin = await browsing.SignIn("admin", Password, lands: "/admin/accounts", Phone);
        await Fits(admin, "/admin/accounts", "[data-test=new-account]");
        await Fits(admin, "/admin/stations", "[data-test=stations]");
        await Fits(admin, "/admin/streams", "[data-test=streams]");
        await Fits(admin, "/admin/access-log", "[data-test=verification]");
        await Fits(admin, "/admin/retention", "[data-test=done-days]");
        Assert.Empty(english);
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
    public async Task run_a_batch_and_send_nothing_before_somebody_publishes_it()
    {
        Requires.Chromium();
        await using var browsing = await Browsing.Start(await demo.Address());
        var official = await browsing.SignIn("official-xiji", Password, lands: "/monitor");
        await official.GotoAsync("/station/rounds");
        await official.FillAsync("#name", "春风行动第一批");
        await official.SelectOptionAsync("#postings-divisions", "3502");
        await official.ClickAsync("[data-test=new-round] [data-test=save]");
        await Expect(official.Locator("[data-test=round-state]")).ToHaveAttributeAsync("data-state", "done");
        await Expect(official.Locator("[data-count=blocking]")).ToHaveTextAsync("0");
        await Expect(official.Locator("[data-test=assignments] tbody tr").First).ToContainTextAsync("未发");
        await Expect(official.Locator("[data-test=unmatched], .empty").First).ToBeVisibleAsync();
        await ReadsChinese(official);
        await Browsing.Look(official, "round");
        await official.ClickAsync("[data-test=publish]");
        await Expect(official.Locator("[data-test=done]")).ToContainTextAsync("已发出");
        await Expect(official.Locator("[data-test=round-state]")).ToHaveAttributeAsync("data-state", "published");
        await Expect(official.Locator("[data-test=assignments] tbody tr").First).ToContainTextAsync("已发出");
        Assert.Empty(english);
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

    /// <summary>A photograph with a long name, sent from a phone; it comes back as it was.</summary>
    private async Task SendsPaper(IPage firm)
    {
        await Fits(firm, "/employer/firm/papers", "[data-test=new-paper]");
        byte[] photograph = [0xFF, 0xD8, 0xFF, .. new byte[200_000]];
        await firm.SetInputFilesAsync("#file", new FilePayload { Name = new string('照', 60) + ".JPG", MimeType = "image/jpeg", Buffer = photograph });
        await firm.ClickAsync("[data-test=new-paper] [data-test=upload]");
        await Expect(firm.Locator("[data-test=done]")).ToBeVisibleAsync();
        var download = await firm.RunAndWaitForDownloadAsync(() => firm.ClickAsync("[data-test=download]"));
        Assert.Equal(photograph, await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken));
        Assert.Equal(new string('照', 60) + ".jpg", download.SuggestedFilename);
        await Fits(firm, page: null, "[data-test=papers]");
    }

    private static async Task<long> Figure(IPage page, string key) =>
        long.Parse((await page.Locator($"[data-test=tiles] [data-key={key}] .value").InnerTextAsync()).Split(' ')[0].Replace(",", "", StringComparison.Ordinal));

    /// <summary>On a Chinese page only what a program is called, or what stands as a code, is written in small Latin letters.</summary>
    private async Task ReadsChinese(IPage visitor)
    {
        var latin = await visitor.EvaluateAsync<string[]>(
            """
            () => {
              const whole = document.querySelector('main').cloneNode(true);
              whole.querySelectorAll('.mono, script').forEach(one => one.remove());
              return (whole.textContent + ' ' + document.title).match(/[A-Za-z]*[a-z]{2,}[A-Za-z]*/g) ?? [];
            }
            """);
        english.AddRange(latin.Except(["Excel", "xlsx", "xls", "csv", "jpg"]).Select(word => $"{new Uri(visitor.Url).AbsolutePath}: {word}"));
    }

    private async Task Fits(IPage visitor, string? page, string waitFor)
    {
        if (page is not null)
        {
            await visitor.GotoAsync(page);
        }

        await Expect(visitor.Locator(waitFor).First).ToBeVisibleAsync();
        await ReadsChinese(visitor);
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
