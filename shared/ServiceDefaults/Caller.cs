using System.Security.Claims;

namespace LaborBridge.ServiceDefaults;

/// <summary>What an account may do; see api.md of the contract: the token's <c>role</c>.</summary>
public enum Role
{
    /// <summary>村镇信息员: registers and updates only.</summary>
    Collector,
    /// <summary>经办人员 of one station.</summary>
    Station,
    /// <summary>用人单位, one firm.</summary>
    Employer,
    /// <summary>主管部门 of some divisions.</summary>
    Official,
    /// <summary>Accounts and operations.</summary>
    Admin,
    /// <summary>The software itself; never in a token.</summary>
    System,
}

/// <summary>Who calls.</summary>
/// <param name="Subject">Account id.</param>
/// <param name="Name">Shown name.</param>
/// <param name="Role">The one role.</param>
/// <param name="Station">The station of a clerk or collector.</param>
/// <param name="Employer">The firm of an HR account.</param>
/// <param name="Divisions">Codes that the account sees, each with all below it.</param>
public sealed record Caller(string Subject, string Name, Role Role, Guid? Station, Guid? Employer, IReadOnlyList<string> Divisions)
{
    /// <summary>The software itself: sees everything.</summary>
    public static Caller System { get; } = new("system", "system", Role.System, Station: null, Employer: null, []);

    /// <summary>The divisions as ranges for SQL.</summary>
    public ScopeRanges Scope => Role is Role.Admin or Role.System ? ScopeRanges.Everything : ScopeRanges.Of(Divisions);

    /// <summary>Whether the division, or one above it, is among the caller's. Nothing covers a missing division but everything.</summary>
    public bool Covers(string? division) =>
        Role is Role.Admin or Role.System
        || (division is { Length: > 0 } && Divisions.Any(own => own.Length > 0 && division.StartsWith(own, StringComparison.Ordinal)));
}

/// <summary>An identity that carries the caller, made once per token.</summary>
internal sealed class CallerIdentity(Caller caller, IEnumerable<Claim> claims) : ClaimsIdentity(claims, "Bearer", "name", "role")
{
    public Caller Caller { get; } = caller;
}
