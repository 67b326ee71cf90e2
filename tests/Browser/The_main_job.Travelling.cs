using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LaborBridge.Tests.Browser;

/// <summary>From the contract to the post: one newly hired, one who returns to the post that he has; and the evidence of months worked.</summary>
public sealed partial class The_main_job
{
    private async Task SignContract()
    {
        await clerk.GotoAsync("/station/placements");
        var placement = clerk.Locator("[data-test=placements] tbody tr", new() { HasText = "马燕" });
        await Appears(clerk, placement, "the hire opened a placement");
        await Browsing.Look(clerk, "7-placements");
        await placement.Locator("a").ClickAsync();
        await clerk.SelectOptionAsync("#contract-form", "direct");
        await clerk.FillAsync("#contract-months", "12");
        await Browsing.Look(clerk, "7-placement");
        await clerk.ClickAsync("[data-test=step-contract] [data-test=record]");
        await Expect(clerk.Locator("[data-test=placement-state]")).ToHaveAttributeAsync("data-state", "contracted");
    }

    /// <summary>马小龙 has worked at the firm for five months: the station arranged it before there was this platform.</summary>
    private async Task RecordOlderSpell()
    {
        await clerk.GotoAsync("/station/workers");
        await clerk.ClickAsync("[data-test=workers] >> text=马小龙");
        await clerk.ClickAsync("[data-test=open-placement]");
        await clerk.FillAsync("#employer", Firm[..4]);
        await Expect(clerk.Locator($"#firms option[value='{Firm}']")).ToHaveCountAsync(1);
        await clerk.FillAsync("#employer", Firm);
        await clerk.SelectOptionAsync("#workplace-division", "350205");
        await clerk.FillAsync("#workplace-text", "新阳工业区");
        await clerk.SelectOptionAsync("#channel", "station");
        await clerk.FillAsync("#startedOn", Written(Today.AddMonths(-5)));
        await clerk.FillAsync("#monthlyPay", "5200");
        await Browsing.Look(clerk, "7-new-placement");
        await clerk.ClickAsync("[data-test=new-placement] [data-test=save]");
        await Expect(clerk.Locator("[data-test=placement-state]")).ToHaveAttributeAsync("data-state", "on-post");
    }

    /// <summary>The firm confirms who is still there, month by month.</summary>
    private async Task ConfirmThreeMonths()
    {
        await employer.GotoAsync("/employer/staff");
        var post = employer.Locator("[data-test=staff] tbody tr[data-state=on-post]");
        for (var month = 1; month <= 3; month++)
        {
            var still = post.Locator("[data-test=still-here] button");
            await Expect(still).ToContainTextAsync($"第 {month} 个月");
            await still.ClickAsync();
            await Expect(employer.Locator("[data-test=done]")).ToBeVisibleAsync();
        }

        await Expect(post).ToContainTextAsync("1 2 3");
        await Browsing.Look(employer, "7-evidence");
        await clerk.ReloadAsync();
        await Expect(clerk.Locator("[data-test=evidence]")).ToContainTextAsync("第 3 个月");
    }

    private async Task GoOnLeave()
    {
        await clerk.ClickAsync("[data-test=step-leave] summary");
        await clerk.FillAsync("#leave-on", Written(Today.AddDays(-10)));
        await clerk.FillAsync("#leave-until", Written(Today.AddDays(5)));
        await clerk.ClickAsync("[data-test=step-leave] [data-test=record]");
        await Expect(clerk.Locator("[data-test=placement-state]")).ToHaveAttributeAsync("data-state", "on-leave");
        await Browsing.Look(clerk, "7-on-leave");
    }

    private async Task Travel()
    {
        await clerk.GotoAsync("/station/trips/new");
        await clerk.SelectOptionAsync("#mode", "coach");
        await clerk.FillAsync("#legs-0-from", "西吉县");
        await clerk.FillAsync("#legs-0-to", "厦门市海沧区");
        await clerk.FillAsync("#legs-0-departsAt", $"{Day}T07:00");
        await clerk.FillAsync("#meeting", "西吉县汽车站，早上七点");
        await clerk.FillAsync("#leader", "带队干部");
        await Browsing.Look(clerk, "8-new-trip");
        await clerk.ClickAsync("[data-test=new-trip] [data-test=save]");
        await Book("contracted", "马燕", "新输转", passengers: 1);
        await Book("on-leave", "马小龙", "返岗", passengers: 2);
        await Expect(clerk.Locator("[data-test=manifest] tbody tr", new() { HasText = "马小龙" })).ToContainTextAsync("返岗");
        await Expect(clerk.Locator("[data-test=manifest] tbody tr", new() { HasText = "马燕" })).ToContainTextAsync("新输转");
        await Browsing.Look(clerk, "8-manifest");
        await clerk.ClickAsync("[data-test=depart]");
        await Expect(clerk.Locator("[data-test=trip-state]")).ToHaveAttributeAsync("data-state", "departed");
        await Browsing.Look(clerk, "8-departed");
    }

    private async Task Book(string state, string name, string kind, int passengers)
    {
        await clerk.ClickAsync("[data-test=add-passengers]");
        await clerk.ClickAsync($"[data-test=state-{state}]");
        var candidate = clerk.Locator("[data-test=candidates] tbody tr", new() { HasText = name });
        await Expect(candidate).ToContainTextAsync(kind);
        await Browsing.Look(clerk, $"8-passengers-{state}");
        await candidate.Locator("[data-test=book]").ClickAsync();
        await Expect(clerk.Locator("[data-test=manifest] tbody tr")).ToHaveCountAsync(passengers);
    }

    /// <summary>The receiving station meets the coach and hands both over to the firm.</summary>
    private async Task Arrive()
    {
        await host.GotoAsync(clerk.Url);
        var handover = host.Locator("[data-test=handover]");
        await Expect(handover.Locator("[name=placements]")).ToHaveCountAsync(2);
        await Browsing.Look(host, "8-handover");
        var (panel, heading) = ((await handover.BoundingBoxAsync())!, (await handover.Locator("h2").BoundingBoxAsync())!);
        Assert.InRange(heading.Y - panel.Y, 0, 30);
        await handover.Locator("[data-test=arrive]").ClickAsync();
        await Expect(host.Locator("[data-test=trip-state]")).ToHaveAttributeAsync("data-state", "arrived");
        await Browsing.Look(host, "8-arrived");
    }

    private async Task Start()
    {
        await employer.GotoAsync("/employer/staff");
        var staff = employer.Locator("[data-test=staff] tbody tr");
        await Expect(staff).ToHaveCountAsync(2);
        var arrived = employer.Locator("[data-test=staff] tbody tr[data-state=arrived]");
        await Expect(arrived).ToHaveCountAsync(1);
        await Browsing.Look(employer, "9-staff");
        await arrived.Locator("[data-test=started] button").ClickAsync();
        await Expect(employer.Locator("[data-test=staff] tbody tr[data-state=on-post]")).ToHaveCountAsync(2);
    }
}
