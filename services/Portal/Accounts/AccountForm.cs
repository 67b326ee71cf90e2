using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal.Accounts;

/// <summary>What an account may see must fit its role.</summary>
internal static class AccountForm
{
    public static string CheckName(Checks checks, string userName)
    {
        var name = Account.Normal(checks.Require("userName", userName, longest: 60));
        checks.That(name.Length == 0 || name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'), "userName", "invalid-value",
            "用户名只能用字母、数字、点、横线和下划线。", "A user name has letters, digits, dots, hyphens and underscores only.");
        return name;
    }

    public static void CheckSight(Checks checks, Role role, Guid? station, Guid? employer, IReadOnlyList<string> divisions)
    {
        checks.That(role != Role.System, "role", "invalid-value", "不能创建系统账号。", "Nobody can be the system.");
        checks.That(role != Role.Station || station is not null, "station", "required", "经办人员账号须指定工作站。", "A station's account names its station.");
        checks.That(role != Role.Employer || employer is not null, "employer", "required", "用人单位账号须指定单位。", "A firm's account names its firm.");
        checks.That(role is Role.Employer or Role.Admin || divisions.Count > 0, "divisions", "required", "请指定管辖区划。", "Name the divisions that the account sees.");
        checks.That(divisions.Count <= ScopeRanges.Most, "divisions", "too-many", $"最多 {ScopeRanges.Most} 个区划，请改用上级区划。", $"At most {ScopeRanges.Most} divisions; name the one above them instead.");
        for (var i = 0; i < divisions.Count; i++)
        {
            checks.That(DivisionCode.TryParse(divisions[i], out var code) && Divisions.Exists(code), $"divisions[{i}]", "division-unknown",
                $"没有区划代码 {divisions[i]}。", $"There is no division {divisions[i]}.");
        }
    }
}
