using System.Collections.Concurrent;
using LaborBridge.Tests.Fixtures;
using Microsoft.Playwright;
using Xunit;

namespace LaborBridge.Tests.Browser;

/// <summary>One Chromium with a context of its own per visitor, as people at different desks; keeps what any console complained about.</summary>
internal sealed class Browsing : IAsyncDisposable
{
    /// <summary>Patience for a machine where other tests run beside; a wait ends as soon as its condition holds.</summary>
    private const float Patience = 45_000;

    /// <summary>A folder for pictures of the pages, for somebody who wants to look at them.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("LABORBRIDGE_TEST_PICTURES");

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly Uri address;
    private readonly ConcurrentQueue<string> complaints = [];

    private Browsing(IPlaywright playwright, IBrowser browser, Uri address) => (this.playwright, this.browser, this.address) = (playwright, browser, address);

    /// <summary>Errors in consoles and scripts so far.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    public static async Task<Browsing> Start(Uri address)
    {
        Microsoft.Playwright.Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        try
        {
            var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.ExecutablePath, Args = Chromium.Arguments, Timeout = 120_000 });
            return new Browsing(playwright, browser, address);
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>Somebody who has not signed in.</summary>
    public async Task<IPage> Anyone(int width = 1200, int height = 900)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = address.ToString(), Locale = "zh-CN", TimezoneId = "Asia/Shanghai", ViewportSize = new() { Width = width, Height = height } });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Enqueue($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => complaints.Enqueue($"{page.Url}: {error}");
        return page;
    }

    /// <summary>Somebody who signs in at the page and lands at his own.</summary>
    public async Task<IPage> SignIn(string userName, string password, string lands, int width = 1200)
    {
        var page = await Anyone(width);
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#userName", userName);
        await page.FillAsync("#password", password);
        await page.ClickAsync("[data-test=sign-in] button");
        await Microsoft.Playwright.Assertions.Expect(page).ToHaveURLAsync(new Uri(address, lands).ToString());
        return page;
    }

    /// <summary>A complaint that a test brought about and answered for; there must be one.</summary>
    public void Forgive(string words)
    {
        var all = complaints.ToArray();
        Assert.Contains(all, complaint => complaint.Contains(words, StringComparison.Ordinal));
        complaints.Clear();
        foreach (var other in all.Where(complaint => !complaint.Contains(words, StringComparison.Ordinal)))
        {
            complaints.Enqueue(other);
        }
    }

    /// <summary>Takes a picture when somebody asked for pictures.</summary>
    public static async Task Look(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}.png"), FullPage = true });
        }
    }

    /// <summary>The chart has said that its drawing is finished, and there is ink on it.</summary>
    public static async Task Drawn(IPage page)
    {
        await Microsoft.Playwright.Assertions.Expect(page.Locator("[data-test=flows] .chart")).ToHaveAttributeAsync("data-finished", "yes");
        var ink = await page.Locator("[data-test=flows] canvas").EvaluateAsync<double>(
            """
            canvas => {
              const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              let painted = 0;
              for (let i = 3; i < pixels.length; i += 4) if (pixels[i] > 0) painted++;
              return painted * 4 / pixels.length;
            }
            """);
        Assert.InRange(ink, 0.01, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
