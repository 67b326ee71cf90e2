using System.Globalization;
using LaborBridge.Domain;
using LaborBridge.Tests.Fixtures;
using Xunit;

namespace LaborBridge.Tests.Distributed.Deployments;

/// <summary>AllInOne is killed with SIGKILL while it imports a roster and clerks register people, and started again.</summary>
public sealed class A_kill_in_the_middle_of_an_import
{
    private const int Rows = 6000;

    [Fact]
    public async Task loses_nothing_acknowledged_and_doubles_nothing()
    {
        using var data = TempFolder.Create();
        await using var deployment = await Deployment.AllInOne(data);
        await deployment.CreateFirstAdministrator();
        using var admin = await ApiClient.SignIn(deployment.Addresses, Deployment.AdminName, Deployment.AdminPassword);
        var stationId = (await admin.Post("/api/stations", new { name = "西吉县劳务工作站", side = "sending", division = "640422" }))["id"]!.GetValue<string>();
        await admin.Post("/api/accounts", new { userName = "xiji", password = Deployment.AdminPassword, displayName = "西吉经办", role = "station", station = stationId, divisions = new[] { "640422" } });
        using var clerk = await ApiClient.SignIn(deployment.Addresses, "xiji", Deployment.AdminPassword);

        var roster = (await clerk.Upload("/api/rosters?sheet=household&mode=commit", "花名册.csv", Sheet()))["id"]!.GetValue<string>();
        var acknowledged = new List<(Guid Key, object Body, string Id)>();
        await Wait.Until(
            async () =>
            {
                acknowledged.Add(await Register(clerk, acknowledged.Count));
                return Committed(await clerk.Get($"/api/rosters/{roster}")) is > 250 and < Rows - 250;
            },
            "the import is in its middle",
            TimeSpan.FromSeconds(90));

        await deployment.KillAndRestart();

        using var again = await ApiClient.SignIn(deployment.Addresses, "xiji", Deployment.AdminPassword);
        await Wait.Until(async () => (await again.Get($"/api/rosters/{roster}"))["state"]!.GetValue<string>() == "done", "the import goes on to its end", TimeSpan.FromSeconds(180));
        var done = await again.Get($"/api/rosters/{roster}");
        Assert.Equal(Rows, done["counts"]!["new"]!.GetValue<int>());
        Assert.Equal(0, done["counts"]!["error"]!.GetValue<int>());

        // Everything that was answered is there; the same request with its key gets the first answer; and the register holds each person once.
        foreach (var (key, body, id) in acknowledged)
        {
            Assert.Equal(id, (await again.Post("/api/workers", body, key))["id"]!.GetValue<string>());
        }

        Assert.Equal(Rows + acknowledged.Count, await Count(again));
    }

    private static int Committed(System.Text.Json.Nodes.JsonNode roster) => roster["counts"]!["new"]!.GetValue<int>();

    private static async Task<(Guid, object, string)> Register(ApiClient clerk, int number)
    {
        var key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        object body = new { name = "登记人", residentId = Id("649902", number), phones = Array.Empty<string>(), hukou = "640422" };
        var answer = await clerk.Post("/api/workers", body, key);
        return (key, body, answer["id"]!.GetValue<string>());
    }

    private static async Task<int> Count(ApiClient clerk)
    {
        var (count, cursor) = (0, "");
        do
        {
            var page = await clerk.Get($"/api/workers?limit=200{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            count += page["items"]!.AsArray().Count;
            cursor = page["next"]?.GetValue<string>() ?? "";
        }
        while (cursor.Length > 0);
        return count;
    }

    private static byte[] Sheet()
    {
        var rows = new List<string[]> { new[] { "省", "市", "县", "乡", "户编号", "姓名", "证件号码", "年度", "与户主关系", "文化程度", "劳动技能" } };
        for (var i = 0; i < Rows; i++)
        {
            rows.Add(["宁夏回族自治区", "固原市", "西吉县", "吉强镇", (6404220000 + i).ToString(CultureInfo.InvariantCulture), "花名册", $"=\"{Id("649903", i)}\"", "2026", "户主", "初中", "普通劳动力"]);
        }

        return Spreadsheets.GbkCsv([.. rows]);
    }

    private static string Id(string prefix, int number)
    {
        var first = $"{prefix}{new DateOnly(1985, 1, 1).AddDays(number / 900):yyyyMMdd}{number % 900:000}";
        return first + ResidentId.CheckDigit(first);
    }
}
