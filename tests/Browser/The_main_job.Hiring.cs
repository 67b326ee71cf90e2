using System.Text.RegularExpressions;
using LaborBridge.Tests.Fixtures;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LaborBridge.Tests.Browser;

/// <summary>Firms and postings on one side, workers on the other, until both have said yes.</summary>
public sealed partial class The_main_job
{
    private static readonly string[] Households = ["省", "市", "县", "乡", "村", "户编号", "人口编号", "姓名", "证件类型", "证件号码", "成员联系电话", "年度", "与户主关系", "文化程度", "劳动技能",
        "务工时间（月）", "务工企业名称", "就业渠道", "务工所在地", "识别标准"];

    private async Task RegisterFirm()
    {
        await host.GotoAsync("/station/firms");
        await host.ClickAsync("[data-test=register-firm]");
        await Expect(host.Locator("#site-division")).ToHaveValueAsync("350205");
        await host.FillAsync("#name", Firm);
        await host.FillAsync("#socialCreditCode", CreditCode()[..15]);
        await host.SelectOptionAsync("#site-kind", "factory");
        await host.FillAsync("#site-text", "新阳工业区阳光西路1号");
        await host.CheckAsync("#fujianInvested");
        await host.FillAsync("#contact-name", "陈经理");
        await host.FillAsync("#contact-phone", "13900000001");
        await Refused(host, "new-firm", "socialCreditCode", "统一社会信用代码不正确");
        await Browsing.Look(host, "3-firm-refused");
        await Expect(host.Locator("#site-text")).ToHaveValueAsync("新阳工业区阳光西路1号");
        await host.FillAsync("#socialCreditCode", CreditCode());
        await host.ClickAsync("[data-test=new-firm] [data-test=save]");
        await Expect(host.Locator("[data-test=firm-state]")).ToHaveAttributeAsync("data-state", "registered");
        await Browsing.Look(host, "3-firm");
        await host.GotoAsync("/station/firms");
        await Expect(host.Locator("[data-test=firms]")).ToContainTextAsync(Firm);
        await Browsing.Look(host, "3-firms");
    }

    private async Task VerifyFirm()
    {
        await employer.GotoAsync("/employer/firm");
        await Expect(employer.Locator("[data-test=firm-state]")).ToHaveAttributeAsync("data-state", "registered");
        await official.GotoAsync("/monitor/verification");
        var firm = official.Locator("[data-test=firm]", new() { HasText = Firm });
        await Expect(firm).ToBeVisibleAsync();
        await Browsing.Look(official, "3-verification");
        await firm.Locator("[data-test=approve]").ClickAsync();
        await Expect(official.Locator("[data-test=done]")).ToBeVisibleAsync();
        await Expect(firm).ToHaveCountAsync(0);
        await employer.ReloadAsync();
        await Expect(employer.Locator("[data-test=firm-state]")).ToHaveAttributeAsync("data-state", "approved");
        await employer.ClickAsync("[data-test=correct-open]");
        await Browsing.Look(employer, "3-own-firm");
    }

    /// <summary>The first text asks for what the law bars: the firm sees it while it writes, and cannot send it off.</summary>
    private async Task PostRole()
    {
        await employer.GotoAsync("/employer");
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
        await Expect(employer.Locator("#findings")).Not.ToContainTextAsync("工作地点");
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
    }

    /// <summary>Returns the address of the worker's page, which waits for this write where it reads copies.</summary>
    private async Task<string> RegisterWorker()
    {
        var id = Id("19900307", 12);
        await clerk.ClickAsync("[data-test=register-worker]");
        await clerk.FillAsync("#name", "马燕");
        await clerk.FillAsync("#residentId", Mistyped(id));
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
        await Refused(clerk, "new-worker", "residentId", "校验");
        await Browsing.Look(clerk, "1-register-refused");
        await Expect(clerk.Locator("#name")).ToHaveValueAsync("马燕");
        await Expect(clerk.Locator("[data-test=consent]")).ToBeCheckedAsync();
        await clerk.FillAsync("#residentId", id);
        await clerk.ClickAsync("[data-test=new-worker] [data-test=save]");
        await Expect(clerk.Locator("[data-test=worker-status]")).ToHaveTextAsync("有就业意愿");
        await Expect(clerk.Locator("[data-test=timeline]")).ToBeVisibleAsync();
        await Browsing.Look(clerk, "1-worker");
        return clerk.Url;
    }

    /// <summary>The monitoring system's sheet: somebody who found work himself, two at home, a child, and a mistyped number.</summary>
    private async Task UploadHouseholds()
    {
        static string[] Row(string name, string id, string months = "", string firm = "", string channel = "", string place = "", string skill = "普通劳动力") =>
            ["宁夏回族自治区", "固原市", "西吉县", "将台堡镇", "毛沟村", "6404220001", "1", name, "居民身份证", id, "13800000002", $"{Today.AddMonths(-1).Year}", "户主", "初中", skill, months, firm, channel, place, "脱贫户"];
        var good = Id("19850612", 33);
        await Upload("household", "花名册.xlsx", Spreadsheets.Xlsx(
            ["西吉县脱贫劳动力务工信息花名册"],
            Households,
            Row("李建国", good, "6", "福清市食品厂", "亲友介绍", "福建省福州市福清市"),
            Row("马小龙", Id("19920918", 24)),
            Row("杨秀兰", Id("19881101", 45)),
            Row("马欣怡", Id("20180405", 26), skill: "无劳动力"),
            Row("错一位", Mistyped(good))));

        // The dry run says what would happen, and why a row cannot be taken.
        await Expect(clerk.Locator("[data-test=commit]")).ToBeVisibleAsync();
        await Expect(clerk.Locator("[data-count=error]")).ToHaveTextAsync("1");
        await Expect(clerk.Locator("[data-count=non-labour]")).ToHaveTextAsync("1");
        await Expect(clerk.Locator("[data-code=id-checksum]")).ToContainTextAsync("校验");
        await Browsing.Look(clerk, "2-roster-checked");
        await clerk.ClickAsync("[data-test=commit]");
        await Expect(clerk.Locator("[data-test=undo]")).ToBeVisibleAsync();
        await Expect(clerk.Locator("[data-count=new]")).ToHaveTextAsync("3");
        await Browsing.Look(clerk, "2-roster-stored");
        await clerk.GotoAsync("/station/workers");
        await Expect(clerk.Locator("[data-test=workers]")).ToContainTextAsync("李建国");
        await Expect(clerk.Locator("[data-test=workers]")).Not.ToContainTextAsync("马欣怡");
        await Browsing.Look(clerk, "2-workers");
    }

    /// <summary>The sheet that was filled by calls, as old Excel saves it: GBK, the digits of IDs kept by a formula.</summary>
    private async Task UploadWishes()
    {
        await clerk.GotoAsync("/station/call-list");
        await Expect(clerk.Locator("[data-test=call-list]")).ToContainTextAsync("杨秀兰");
        await Browsing.Look(clerk, "2-call-list");
        await Upload("wishes", "意愿.csv", Spreadsheets.GbkCsv(
            ["姓名", "证件号码", "外出意愿", "意向地区", "意向工种", "期望月薪", "可出发日期", "食宿要求", "技能证书", "同行人", "同意推荐"],
            ["杨秀兰", $"=\"{Id("19881101", 45)}\"", "愿意", "福建省", "普工", "4000", Day, "", "", "", "是"]));
        await clerk.ClickAsync("[data-test=commit]");
        await Expect(clerk.Locator("[data-test=undo]")).ToBeVisibleAsync();
        await Expect(clerk.Locator("[data-count=updated]")).ToHaveTextAsync("1");
        await Browsing.Look(clerk, "2-wishes-stored");
        await clerk.GotoAsync("/station/workers?status=willing");
        await Expect(clerk.Locator("[data-test=workers]")).ToContainTextAsync("杨秀兰");
        await clerk.GotoAsync("/station/call-list");
        await Expect(clerk.Locator("[data-test=call-list]")).Not.ToContainTextAsync("杨秀兰");
    }

    private async Task Upload(string sheet, string fileName, byte[] file)
    {
        await clerk.GotoAsync("/station/rosters");
        await clerk.CheckAsync($"[name=sheet][value={sheet}]");
        await clerk.SetInputFilesAsync("#file", new FilePayload { Name = fileName, MimeType = "application/octet-stream", Buffer = file });
        await clerk.ClickAsync("[data-test=upload]");
    }

    private async Task MakeOffer(string worker)
    {
        await clerk.GotoAsync(worker);
        await clerk.ClickAsync("[data-test=matches]");
        var match = clerk.Locator("[data-test=match]", new() { HasText = "电子装配普工" });
        await Appears(clerk, match, "the posting is ranked for the worker");
        await Expect(match.Locator(".parts li").First).ToContainTextAsync(new Regex("[\\u4e00-\\u9fa5]{2}"));
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
        // The firm finds suitable people without their names, the one with the offer among them or not.
        await employer.ClickAsync("[data-test=suited]");
        await Appears(employer, employer.Locator("[data-test=match]"), "workers are ranked for the posting");
        await Expect(employer.Locator("main")).Not.ToContainTextAsync("杨秀兰");
        await Browsing.Look(employer, "6-suited");
        await employer.GotoAsync("/employer/offers");
        var offer = employer.Locator("[data-test=offers] tbody tr");
        await Expect(offer).Not.ToContainTextAsync("马燕");
        await Browsing.Look(employer, "6-offers");
        await offer.Locator("[data-test=answer-employer] [data-test=accept]").ClickAsync();
        await Expect(offer).ToHaveAttributeAsync("data-state", "accepted");
    }
}
