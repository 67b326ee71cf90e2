using LaborBridge.Portal.Accounts;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.AllInOne.Demo;

/// <summary>Whether a data folder holds a demo.</summary>
internal enum DemoState
{
    /// <summary>Empty.</summary>
    None,

    /// <summary>Something is there, but not the whole demo.</summary>
    Unfinished,

    /// <summary>The whole demo.</summary>
    Complete,
}

/// <summary>The accounts to try LaborBridge with. They are made last, so that <c>admin</c> tells that the demo is whole.</summary>
internal static class DemoAccounts
{
    public const string Password = "LaborBridge-demo-1";

    private static readonly Sql Stations = Sql.Text("SELECT COUNT(*) FROM stations");

    public static async Task<DemoState> Find(DemoWorld world) =>
        await world.Portal.Read(tx => Account.Find(tx, "admin")) is not null ? DemoState.Complete
        : await world.Workers.Read(tx => tx.Scalar<long>(Stations)) > 0 ? DemoState.Unfinished
        : DemoState.None;

    public static async Task Make(DemoWorld world, Guid xiji, Guid haicang, Guid employer)
    {
        (string Name, string Shown, Role Role, Guid? Station, Guid? Employer, string[] Divisions)[] accounts =
        [
            ("collector", "将台堡镇信息员", Role.Collector, xiji, null, ["640422103"]),
            ("station", "西吉县劳务工作站经办", Role.Station, xiji, null, ["640422"]),
            ("station-haicang", "海沧区劳务协作工作站经办", Role.Station, haicang, null, ["350205"]),
            ("employer", "用人单位人事", Role.Employer, null, employer, []),
            ("official", "闽宁劳务协作主管", Role.Official, null, null, ["64", "35"]),
            ("official-xiji", "西吉县主管部门", Role.Official, null, null, ["640422"]),
            ("official-haicang", "海沧区主管部门", Role.Official, null, null, ["350205"]),
            ("admin", "系统管理员", Role.Admin, null, null, []),
        ];
        var prepared = accounts
            .Select(account => CreateAccount.Prepare(new CreateAccount.Request(account.Name, Password, account.Shown, account.Role, account.Station, account.Employer, account.Divisions), demo: true))
            .ToArray();
        await world.Portal.Write(async tx =>
        {
            foreach (var account in prepared)
            {
                DemoWorld.Accepted(await CreateAccount.Handle(tx, account, world.Clock));
            }
        });
    }
}
