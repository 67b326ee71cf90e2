using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LaborBridge.Tests.Browser;

/// <summary>What the official and the public read in the end: three people at work, by the trip, by the roster, and how it stood the day before.</summary>
public sealed partial class The_main_job
{
    private async Task ReadMonitor()
    {
        await official.GotoAsync("/monitor");
        await official.FillAsync("#from", Written(Today.AddYears(-1)));
        await official.ClickAsync("[data-test=monitor-filter] button");
        await Appears(official, Tile("workersTransferred", "3 人"), "the trip's two and the roster's one count");
        await Expect(Tile("departures", "2 人次")).ToBeVisibleAsync();
        await Expect(official.Locator("[data-key=departures]")).ToContainTextAsync("新输转 1，返岗 1；其中赴闽 2");
        await Expect(Tile("onPost", "3 人")).ToBeVisibleAsync();
        await Expect(Tile("stableInFujian", "2 人")).ToBeVisibleAsync();
        var provenance = official.Locator("[data-test=provenance]");
        await Expect(provenance).ToContainTextAsync($"统计日 {Day}");
        await Expect(provenance).ToContainTextAsync(new Regex("来源：本平台就业台账，截至第 \\d+ 条"));

        // Stable are the two with three months proved: by the firm, and by the roster itself.
        // 西吉县: three people, two of them arranged by the programme, one new departure and one return, both by the coach.
        await Expect(official.Locator("[data-test=counties] tbody th")).ToHaveTextAsync(["西吉县"]);
        await CountsOfXiji("3", "2", "1", "1", "2");

        await Browsing.Drawn(official);
        await Expect(official.Locator("[data-test=flows-table] tbody tr")).ToHaveCountAsync(2);
        await Expect(official.Locator("[data-test=flows-table] tbody")).ToContainTextAsync("厦门");
        await Browsing.Look(official, "10-monitor");
    }

    /// <summary>西吉 is paired with 福清, where the roster's man works; 海沧 is another county's partner.</summary>
    private async Task ReadPairings()
    {
        await official.SelectOptionAsync("#by", "pairing");
        await official.ClickAsync("[data-test=monitor-filter] button");
        await Expect(official.Locator("[data-test=counties] tr[data-key='640422-350181'] th")).ToHaveTextAsync("西吉县—福清市");
        await Expect(official.Locator("[data-test=counties] tr[data-key='640422-350181'] td").First).ToHaveTextAsync("1");
        await Expect(official.Locator("[data-test=counties] tr[data-key=none] td").First).ToHaveTextAsync("2");
        await Browsing.Look(official, "10-pairings");
    }

    /// <summary>The day before the coach left nobody had departed.</summary>
    private async Task ReadAnotherDay()
    {
        var before = Written(Today.AddDays(-1));
        await official.FillAsync("#to", before);
        await official.FillAsync("#asOf", before);
        await official.SelectOptionAsync("#by", "county");
        await official.ClickAsync("[data-test=monitor-filter] button");
        await Expect(official.Locator("[data-test=provenance]")).ToContainTextAsync($"统计日 {before}");
        await Expect(Tile("departures", "0 人次")).ToBeVisibleAsync();
        await Expect(Tile("workersTransferred", "2 人")).ToBeVisibleAsync();
        await CountsOfXiji("2", "1", "0", "0", "0");
    }

    private async Task ReadComparison()
    {
        var cumulative = official.Locator("[data-test=reference] tr[data-key=transfers_cumulative]");
        await Expect(cumulative).ToContainTextAsync("约 330,000 人次");
        await Expect(cumulative).ToContainTextAsync("2026-06-17");
        await Expect(cumulative).ToContainTextAsync("新华社");
        Assert.DoesNotMatch("[A-Za-z]", await official.Locator("[data-test=reference]").InnerTextAsync());
    }

    /// <summary>Anybody sees the role, and that one of its two seats is left.</summary>
    private async Task ReadBoard()
    {
        await anyone.GotoAsync("/");
        var card = anyone.Locator("[data-test=board] .card", new() { HasText = "还招 1 人" });
        await Appears(anyone, card, "one seat of two is left");
        await Expect(card).ToContainTextAsync("电子装配普工");
        await Expect(card).ToContainTextAsync(Firm);
        await Browsing.Look(anyone, "11-board");
        await card.Locator("[data-test=posting]").ClickAsync();
        await Expect(anyone.Locator("[data-test=posting-terms]")).ToContainTextAsync("手机配件装配");
        await Browsing.Look(anyone, "11-job");
    }

    /// <summary>Transferred, arranged, new departures, returns, carried by a trip; the table comes after the page.</summary>
    private async Task CountsOfXiji(params string[] counts)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            await Expect(official.Locator("[data-test=counties] tr[data-key='640422'] td").Nth(i)).ToHaveTextAsync(counts[i]);
        }
    }

    private ILocator Tile(string key, string value) => official.Locator($"[data-test=tiles] [data-key={key}] .value", new() { HasTextRegex = new Regex($"^\\s*{value}\\s*$") });
}
