using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LaborBridge.Tests.Browser;

/// <summary>From a registration at a station to the outflow report, as the people at their desks do it: page by page.</summary>
public sealed class The_main_job
{
    private const string Password = "Jishi-2026-tong";
    private const string Firm = "厦门海沧示例电子有限公司";
    private static readonly DateOnly Today = ChinaTime.Today(TimeProvider.System);
    private static readonly string Day = Today.ToString("yyyy-MM-dd");

    private Browsing browsing = null!;
    private IPage clerk = null!, host = null!, official = null!, employer = null!, anyone = null!;

    [Fact]
    public async Task goes_through_the_pages()
    {
        Requires.Chromium();
        using var data = TempFolder.Create();
        await using var deployment = await Deployment.AllInOne(data);
        await deployment.CreateFirstAdministrator();
        await PrepareAccounts(deployment.Addresses);
        await using (browsing = await Browsing.Start(deployment.Addresses.Portal))
        {
            clerk = await browsing.SignIn("xiji-station", Password, lands: "/station");
            host = await browsing.SignIn("haicang-station", Password, lands: "/station");
            official = await browsing.SignIn("both-officials", Password, lands: "/monitor");
            employer = await browsing.SignIn("haicang-firm", Password, lands: "/employer");
            anyone = await browsing.Anyone();

            var worker = await RegisterWorker();
            await UploadRoster();
            await VerifyFirm();
            await PostRole();
            await MakeOffer(worker);
            await Accept();
            await Travel();
            await Start();
            await Report();
            Assert.Empty(browsing.Complaints);
        }
    }

    /// <summary>Stations, accounts and the firm's record: an administrator's and a receiving station's work, for which no page is needed here.</summary>
    private static async Task PrepareAccounts(ApiAddresses addresses)
    {
        using var admin = await ApiClient.SignIn(addresses, Deployment.AdminName, Deployment.AdminPassword);
        var home = (await admin.Post("/api/stations", new { name = "西吉县劳务工作站", side = "sending", division = "640422" }))["id"]!.GetValue<string>();
        var away = (await admin.Post("/api/stations", new { name = "海沧区劳务协作工作站", side = "receiving", division = "350205" }))["id"]!.GetValue<string>();
        await Account(new { userName = "xiji-station", password = Password, displayName = "马站长", role = "station", station = home, divisions = new[] { "640422" } });
        await Account(new { userName = "haicang-station", password = Password, displayName = "林站长", role = "station", station = away, divisions = new[] { "350205" } });
        await Account(new { userName = "both-officials", password = Password, displayName = "协作处", role = "official", divisions = new[] { "64", "35" } });

        using var receiving = await ApiClient.SignIn(addresses, "haicang-station", Password);
        var firm = await receiving.Post("/api/employers", new
        {
            name = Firm,
            socialCreditCode = CreditCode(),
            site = new { division = "350205", text = "新阳工业区阳光西路1号", kind = "factory" },
            fujianInvested = true,
            contact = new { name = "陈经理", phone = "13900000001" },
        });
        await Account(new { userName = "haicang-firm", password = Password, displayName = "陈经理", role = "employer", employer = firm["id"]!.GetValue<string>(), divisions = Array.Empty<string>() });

        Task Account(object account) => admin.Post("/api/accounts", account);
    }

    /// <summary>Returns the address of the worker's page, which waits for this write where it reads copies.</summary>
    private async Task<string> RegisterWorker()
    {
        await clerk.ClickAsync("[data-test=register-worker]");
        await clerk.FillAsync("#name", "马燕");
        await clerk.FillAsync("#residentId", Id("19900307", 12));
        await clerk.FillAsync("#phones-0", "13800000001");
        await Expect(clerk.Locator("#hukou")).ToHaveValueAsync("640422");
        await clerk.SelectOptionAsync("#address-division", new SelectOptionValue { Label = "将台堡镇" });
        await clerk.FillAsync("#address-text", "毛沟村");
        await clerk.SelectOptionAsync("#education", "junior-middle");
        await clerk.SelectOptionAsync("#labourCapacity", "ordinary");
        await clerk.CheckAsync("[name='wishes.willing'][value=true]");
        await clerk.SelectOptionAsync("#wishes-trades", "general");
        await clerk.SelectOptionAsync("#wishes-places", "3502");
        await clerk.FillAsync("#wishes-monthlyPay", "4500");
        await clerk.FillAsync("#wishes-from", Day);
        await clerk.CheckAsync("[data-test=consent]");
        await Browsing.Look(clerk, "1-register");
        await clerk.ClickAsync("[data-test=new-worker] [data-test=save]");
        await Expect(clerk.Locator("[data-test=worker-status]")).ToHaveTextAsync("有就业意愿");
        await Expect(clerk.Locator("[data-test=timeline]")).ToBeVisibleAsync();
        await Browsing.Look(clerk, "1-worker");
        return clerk.Url;
    }

    private async Task UploadRoster()
    {
        string[] header = ["省", "市", "县", "乡", "村", "户编号", "人口编号", "姓名", "证件类型", "证件号码", "成员联系电话", "年度", "与户主关系", "文化程度", "劳动技能", "识别标准"];
        string[] Row(string name, string id, string skill) =>
            ["宁夏回族自治区", "固原市", "西吉县", "将台堡镇", "毛沟村", "6404220001", "1", name, "居民身份证", id, "13800000002", $"{Today.AddMonths(-1).Year}", "户主", "初中", skill, "脱贫户"];
        var good = Id("19850612", 33);
        var sheet = Spreadsheets.Xlsx(
            ["西吉县脱贫劳动力花名册"],
            header,
            Row("李建国", good, "普通劳动力"),
            Row("马欣怡", Id("20180405", 26), "无劳动力"),
            Row("错一位", good[..17] + (good[17] == '1' ? '2' : '1'), "普通劳动力"));

        await clerk.GotoAsync("/station/rosters");
        await clerk.SetInputFilesAsync("#file", new FilePayload { Name = "花名册.xlsx", MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Buffer = sheet });
        await clerk.ClickAsync("[data-test=upload]");

        // The dry run says what would happen, and why a row cannot be taken.
        await Expect(clerk.Locator("[data-test=commit]")).ToBeVisibleAsync();
        await Expect(clerk.Locator("[data-count=error]")).ToHaveTextAsync("1");
        await Expect(clerk.Locator("[data-count=non-labour]")).ToHaveTextAsync("1");
        await Expect(clerk.Locator("[data-code=id-checksum]")).ToContainTextAsync("校验");
        await Browsing.Look(clerk, "2-roster-checked");
        await clerk.ClickAsync("[data-test=commit]");
        await Expect(clerk.Locator("[data-test=undo]")).ToBeVisibleAsync();
        await Expect(clerk.Locator("[data-count=new]")).ToHaveTextAsync("1");
        await Browsing.Look(clerk, "2-roster-stored");
        await clerk.GotoAsync("/station/workers");
        await Expect(clerk.Locator("[data-test=workers]")).ToContainTextAsync("李建国");
        await Browsing.Look(clerk, "2-workers");
    }

    private async Task VerifyFirm()
    {
        await official.GotoAsync("/monitor/verification");
        var firm = official.Locator("[data-test=firm]", new() { HasText = Firm });
        await Expect(firm).ToBeVisibleAsync();
        await Browsing.Look(official, "3-verification");
        await firm.Locator("[data-test=approve]").ClickAsync();
        await Expect(official.Locator("[data-test=done]")).ToBeVisibleAsync();
        await Expect(firm).ToHaveCountAsync(0);
    }

    /// <summary>The first text asks for what the law bars: the firm sees it while it writes, and cannot send it off.</summary>
    private async Task PostRole()
    {
        await employer.ClickAsync("[data-test=new-posting]");
        await employer.FillAsync("#title", "电子装配普工");
        await employer.SelectOptionAsync("#trade", "general");
        await employer.FillAsync("#headcount", "2");
        await employer.FillAsync("#work", "手机配件装配、检验、包装");
        await employer.FillAsync("#shifts", "两班倒");
        await employer.FillAsync("#pay-guaranteed", "5000");
        await employer.FillAsync("#pay-high", "6500");
        await employer.SelectOptionAsync("#lodging", "free");
        await employer.CheckAsync("[name=canteen][value=halal]");
        await employer.CheckAsync("[name=insurance][value=work-injury]");
        await employer.FillAsync("#conditions", "限男，押金200元");
        await Expect(employer.Locator("#findings [data-rule=fees][data-severity=error]")).ToBeVisibleAsync();
        await Browsing.Look(employer, "4-posting-barred");
        await employer.ClickAsync("[data-test=posting] [data-test=save]");
        await Expect(employer.Locator("[data-test=posting-state]")).ToHaveAttributeAsync("data-state", "draft");
        await Expect(employer.Locator("[data-rule=fees]")).ToBeVisibleAsync();
        await Expect(employer.Locator("[data-test=submit]")).ToHaveCountAsync(0);

        await employer.ClickAsync("[data-test=edit]");
        await employer.FillAsync("#conditions", "无特殊要求");
        await Expect(employer.Locator("#findings [data-severity=error]")).ToHaveCountAsync(0);
        await employer.ClickAsync("[data-test=posting] [data-test=save]");
        await employer.ClickAsync("[data-test=submit]");
        await Expect(employer.Locator("[data-test=posting-state]")).ToHaveAttributeAsync("data-state", "live");
        await Browsing.Look(employer, "4-posting-live");

        await anyone.GotoAsync("/");
        var card = anyone.Locator("[data-test=board] .card", new() { HasText = "电子装配普工" });
        await Expect(card).ToContainTextAsync(Firm);
        await Browsing.Look(anyone, "4-board");
        await card.Locator("[data-test=posting]").ClickAsync();
        await Expect(anyone.Locator("[data-test=posting-terms]")).ToContainTextAsync("手机配件装配");
        await Browsing.Look(anyone, "4-job");
    }

    private async Task MakeOffer(string worker)
    {
        await clerk.GotoAsync(worker);
        await clerk.ClickAsync("[data-test=matches]");
        var match = clerk.Locator("[data-test=match]", new() { HasText = "电子装配普工" });
        await Appears(clerk, match, "the posting is ranked for the worker");
        await Expect(match.Locator(".parts li").First).ToContainTextAsync(new System.Text.RegularExpressions.Regex("[\\u4e00-\\u9fa5]{2}"));
        await Browsing.Look(clerk, "5-matches");
        await match.Locator("[data-test=make-offer]").ClickAsync();
        await Expect(clerk.Locator("[data-test=done]")).ToBeVisibleAsync();

        // The clerk asks the worker, who sits in front of him, and answers for her.
        var offer = clerk.Locator("[data-test=offers] tbody tr");
        await Browsing.Look(clerk, "5-offer");
        await offer.Locator("[data-test=answer-worker] [data-test=accept]").ClickAsync();
        await Expect(offer.Locator("[data-test=answer-worker]")).ToHaveCountAsync(0);
        await Expect(offer).ToHaveAttributeAsync("data-state", "open");
    }

    private async Task Accept()
    {
        await employer.GotoAsync("/employer/offers");
        var offer = employer.Locator("[data-test=offers] tbody tr");
        await Expect(offer).Not.ToContainTextAsync("马燕");
        await Browsing.Look(employer, "6-offers");
        await offer.Locator("[data-test=answer-employer] [data-test=accept]").ClickAsync();
        await Expect(offer).ToHaveAttributeAsync("data-state", "accepted");
    }

    private async Task Travel()
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

        await clerk.GotoAsync("/station/trips/new");
        await clerk.SelectOptionAsync("#mode", "coach");
        await clerk.FillAsync("#legs-0-from", "西吉县");
        await clerk.FillAsync("#legs-0-to", "厦门市海沧区");
        await clerk.FillAsync("#legs-0-departsAt", $"{Day}T07:00");
        await clerk.FillAsync("#meeting", "西吉县汽车站，早上七点");
        await clerk.FillAsync("#leader", "带队干部");
        await Browsing.Look(clerk, "8-new-trip");
        await clerk.ClickAsync("[data-test=new-trip] [data-test=save]");
        await clerk.ClickAsync("[data-test=add-passengers]");
        await Browsing.Look(clerk, "8-passengers");
        await clerk.Locator("[data-test=candidates] tbody tr", new() { HasText = "马燕" }).Locator("[data-test=book]").ClickAsync();
        await Expect(clerk.Locator("[data-test=manifest] tbody tr")).ToHaveCountAsync(1);
        await Browsing.Look(clerk, "8-manifest");
        var trip = clerk.Url;
        await clerk.ClickAsync("[data-test=depart]");
        await Expect(clerk.Locator("[data-test=trip-state]")).ToHaveAttributeAsync("data-state", "departed");

        // The receiving station meets the coach and hands the people over to the firm.
        await host.GotoAsync(trip);
        await Browsing.Look(host, "8-handover");
        await host.ClickAsync("[data-test=handover] [data-test=arrive]");
        await Expect(host.Locator("[data-test=trip-state]")).ToHaveAttributeAsync("data-state", "arrived");
        await Browsing.Look(host, "8-arrived");
    }

    private async Task Start()
    {
        await employer.GotoAsync("/employer/staff");
        var staff = employer.Locator("[data-test=staff] tbody tr");
        await Expect(staff).ToHaveAttributeAsync("data-state", "arrived");
        await Browsing.Look(employer, "9-staff");
        await staff.Locator("[data-test=started] button").ClickAsync();
        await Expect(staff).ToHaveAttributeAsync("data-state", "on-post");
    }

    private async Task Report()
    {
        await official.GotoAsync("/monitor");
        var transferred = official.Locator("[data-test=tiles] [data-key=workersTransferred] .value");
        await Appears(official, official.Locator("[data-test=tiles] [data-key=workersTransferred] .value", new() { HasText = "1" }), "the placement counts");
        await Expect(transferred.Locator("small")).ToHaveTextAsync("人");
        await Expect(official.Locator("[data-test=tiles] [data-key=departures] .value")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^1\\s*人次$"));
        var provenance = official.Locator("[data-test=provenance]");
        await Expect(provenance).ToContainTextAsync($"统计日 {Day}");
        await Expect(provenance).ToContainTextAsync("来源：");
        await Expect(official.Locator("[data-test=counties] tr[data-key='640422']")).ToContainTextAsync("西吉县");

        var canvas = official.Locator("[data-test=flows] canvas");
        await Expect(canvas).ToBeVisibleAsync();
        var box = (await canvas.BoundingBoxAsync())!;
        Assert.True(box.Width > 300 && box.Height > 200, $"the chart is {box.Width} × {box.Height}");
        await Expect(official.Locator("[data-test=flows-table] tbody tr")).ToContainTextAsync("厦门");
        await Browsing.Look(official, "10-monitor");
    }

    /// <summary>Copies follow events: looks again, as somebody would, until it is there.</summary>
    private static Task Appears(IPage page, ILocator what, string words) => Wait.Until(
        async () =>
        {
            if (await what.CountAsync() > 0)
            {
                return true;
            }

            await page.ReloadAsync();
            return false;
        },
        words,
        TimeSpan.FromSeconds(45),
        () => page.Url);

    private static string Id(string birth, int serial)
    {
        var first = $"649901{birth}{serial:000}";
        return first + ResidentId.CheckDigit(first);
    }

    private static string CreditCode()
    {
        var organisation = "MA2XJ7K8";
        var first = "91350205" + organisation + SocialCreditCode.OrganisationCheckDigit(organisation);
        return first + SocialCreditCode.CheckDigit(first);
    }
}
