using LaborBridge.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Xunit;

namespace LaborBridge.Tests.Distributed.Deployments;

/// <summary>The command that encrypts everything under a new key is killed with SIGKILL while AllInOne runs on the same data, and started again.</summary>
public sealed class A_kill_in_the_middle_of_a_rotation
{
    private const int Rows = 4000;

    [Fact]
    public async Task leaves_everything_readable_and_the_next_run_ends_it()
    {
        using var data = TempFolder.Create();
        var settings = new Dictionary<string, string?> { ["LaborBridge__Keys__SettleSeconds"] = "0" };
        await using var deployment = await Deployment.AllInOne(data, settings);
        await deployment.CreateFirstAdministrator();
        using var admin = await ApiClient.SignIn(deployment.Addresses, Deployment.AdminName, Deployment.AdminPassword);
        var station = (await admin.Post("/api/stations", new { name = "西吉县劳务工作站", side = "sending", division = "640422" }))["id"]!.GetValue<string>();
        await admin.Post("/api/accounts", new { userName = "xiji", password = Deployment.AdminPassword, displayName = "西吉经办", role = "station", station, divisions = new[] { "640422" } });
        using var clerk = await ApiClient.SignIn(deployment.Addresses, "xiji", Deployment.AdminPassword);
        await Import(clerk);
        var people = Under(data, key: 1);
        Assert.True(people > Rows / 2);

        settings["LaborBridge__Data"] = data.Path;
        await using (var rotation = Rotate(settings, "--new-key"))
        {
            await Wait.Until(() => Under(data, key: 2) > 0, "some are encrypted anew", TimeSpan.FromSeconds(60), () => rotation.Output);
            await rotation.Kill();
        }

        // Both keys hold somebody, and whoever asks meets no difference.
        Assert.InRange(Under(data, key: 1), 1, people - 1);
        Assert.Equal(people, Under(data, key: 1) + Under(data, key: 2));
        var names = await Names(clerk);
        Assert.Equal(people, names.Count);

        await using (var rotation = Rotate(settings))
        {
            await Wait.Until(() => rotation.HasExited, "the rotation ends", TimeSpan.FromSeconds(120), () => rotation.Output);
            Assert.Equal(0, rotation.ExitCode);
            Assert.Contains("Nothing in these databases is under an older key than field-2.key.", rotation.Output, StringComparison.Ordinal);
        }

        Assert.Equal((0, people), (Under(data, key: 1), Under(data, key: 2)));
        File.Delete(data["keys/field-1.key"]);
        await deployment.KillAndRestart();
        using var again = await ApiClient.SignIn(deployment.Addresses, "xiji", Deployment.AdminPassword);
        Assert.Equal(names, await Names(again));
    }

    private static ServiceProcess Rotate(Dictionary<string, string?> settings, params string[] arguments) => ServiceProcess.Launch(
        "rotate-keys", Path.Combine(Repository.OutputOf("services/AllInOne"), "LaborBridge.AllInOne"), ["rotate-keys", .. arguments], settings, port: null);

    private static async Task Import(ApiClient clerk)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var file = RosterFiles.Xlsx(RosterFiles.HouseholdColumns, RosterFiles.Households(Rows, seed: 4, today.Year, today));
        var roster = (await clerk.Upload("/api/rosters?sheet=household&mode=commit", "花名册.xlsx", file))["id"]!.GetValue<string>();
        await Wait.Until(async () => (await clerk.Get($"/api/rosters/{roster}"))["state"]!.GetValue<string>() == "done", "the import is done", TimeSpan.FromSeconds(90));
    }

    // The first byte of what is encrypted is the number of its key.
    private static int Under(TempFolder data, byte key)
    {
        using var connection = new SqliteConnection($"Data Source={data["workers.db"]};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM workers WHERE SUBSTR(name, 1, 1) = $key";
        command.Parameters.AddWithValue("$key", new[] { key });
        return Convert.ToInt32(command.ExecuteScalar());
    }

    private static async Task<SortedDictionary<string, string>> Names(ApiClient clerk)
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await clerk.Get($"/api/workers?limit=200{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            foreach (var one in page["items"]!.AsArray())
            {
                names.Add(one!["id"]!.GetValue<string>(), one["name"]!.GetValue<string>());
            }

            cursor = page["next"]?.GetValue<string>();
        }

        return names;
    }
}
