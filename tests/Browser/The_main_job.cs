using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LaborBridge.Tests.Browser;

/// <summary>
/// From an empty installation to the outflow report, as the people at their desks do it: page by page, nothing by the API.
/// Here the people and what the order of their work is; how each does his part stands in the other files of this class.
/// </summary>
public sealed partial class The_main_job
{
    private const string Password = "Jishi-2026-tong";
    private const string Firm = "厦门海沧示例电子有限公司";
    private const string HomeStation = "西吉县劳务工作站", AwayStation = "海沧区劳务协作工作站";
    private static readonly DateOnly Today = ChinaTime.Today(TimeProvider.System);
    private static readonly string Day = Written(Today);

    private Browsing browsing = null!;
    private IPage admin = null!, clerk = null!, host = null!, official = null!, employer = null!, anyone = null!;

    [Fact]
    public async Task goes_through_the_pages()
    {
        Requires.Chromium();
        using var data = TempFolder.Create();
        await using var deployment = await Deployment.AllInOne(data);
        await using (browsing = await Browsing.Start(deployment.Addresses.Portal))
        {
            anyone = await browsing.Anyone();
            await BecomeAdministrator(await deployment.FirstAdministratorLink());
            await AddStation(HomeStation, "sending", "640422");
            await AddStation(AwayStation, "receiving", "350205");
            clerk = await SignUp("xiji-station", "马站长", "station", lands: "/station", "640422", station: HomeStation);
            host = await SignUp("haicang-station", "林站长", "station", lands: "/station", "350205", station: AwayStation);
            official = await SignUp("both-officials", "协作处", "official", lands: "/monitor", "64, 35");

            await RegisterFirm();
            employer = await SignUp("haicang-firm", "陈经理", "employer", lands: "/employer", divisions: "", firm: Firm);
            await VerifyFirm();
            await PostRole();

            var worker = await RegisterWorker();
            await UploadHouseholds();
            await UploadWishes();
            await MakeOffer(worker);
            await Accept();
            await SignContract();

            await RecordOlderSpell();
            await ConfirmThreeMonths();
            await GoOnLeave();
            await Travel();
            await Arrive();
            await Start();

            await ReadMonitor();
            await ReadPairings();
            await ReadAnotherDay();
            await ReadComparison();
            await ReadBoard();
            Assert.Empty(browsing.Complaints);
        }
    }

    private async Task BecomeAdministrator(Uri link)
    {
        await anyone.GotoAsync(link.ToString());
        await anyone.FillAsync("[name=userName]", Deployment.AdminName);
        await anyone.FillAsync("[name=displayName]", "系统管理员");
        await anyone.FillAsync("[name=password]", Deployment.AdminPassword);
        await Browsing.Look(anyone, "0-first-administrator");
        await anyone.ClickAsync("button");
        await Expect(anyone).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in$"));
        admin = await browsing.SignIn(Deployment.AdminName, Deployment.AdminPassword, lands: "/admin/accounts");
    }

    private async Task AddStation(string name, string side, string division)
    {
        await admin.GotoAsync("/admin/stations");
        await admin.FillAsync("#name", name);
        await admin.SelectOptionAsync("#side", side);
        await admin.SelectOptionAsync("#division", division);
        await admin.ClickAsync("[data-test=new-station] [data-test=save]");
        await Expect(admin.Locator("[data-test=stations]")).ToContainTextAsync(name);
        await Browsing.Look(admin, "0-stations");
    }

    /// <summary>The administrator makes an account, whose owner signs in with it.</summary>
    private async Task<IPage> SignUp(string userName, string displayName, string role, string lands, string divisions, string? station = null, string? firm = null)
    {
        await admin.GotoAsync("/admin/accounts");
        await admin.FillAsync("#userName", userName);
        await admin.FillAsync("#displayName", displayName);
        await admin.FillAsync("#password", Password);
        await admin.SelectOptionAsync("#role", role);
        await admin.FillAsync("#divisions", divisions);
        if (station is not null)
        {
            await admin.SelectOptionAsync("#station", new SelectOptionValue { Label = station });
        }

        if (firm is not null)
        {
            await admin.SelectOptionAsync("#employer", new SelectOptionValue { Label = firm });
        }

        await Browsing.Look(admin, "0-accounts");
        await admin.ClickAsync("[data-test=new-account] [data-test=save]");
        await Expect(admin.Locator("[data-test=accounts]")).ToContainTextAsync(userName);
        return await browsing.SignIn(userName, Password, lands);
    }

    /// <summary>The form comes back with the service's words at the field and with what was typed; nothing is stored by halves.</summary>
    private async Task Refused(IPage visitor, string form, string field, string words)
    {
        await visitor.ClickAsync($"[data-test={form}] [data-test=save]");
        await Expect(visitor.Locator($"[data-field='{field}'] .error")).ToContainTextAsync(words);
        await Expect(visitor.Locator("[data-test=problem]")).ToBeVisibleAsync();
        browsing.Forgive("the server responded with a status of 400");
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

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd");

    private static string Id(string birth, int serial)
    {
        var first = $"649901{birth}{serial:000}";
        return first + ResidentId.CheckDigit(first);
    }

    /// <summary>The same ID with another check character.</summary>
    private static string Mistyped(string id) => id[..17] + (id[17] == '1' ? '2' : '1');

    private static string CreditCode()
    {
        var organisation = "MA2XJ7K8";
        var first = "91350205" + organisation + SocialCreditCode.OrganisationCheckDigit(organisation);
        return first + SocialCreditCode.CheckDigit(first);
    }
}
