using System.Security.Claims;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal;

/// <summary>Who looks at the page, from the cookie. What he may do is decided by the services; this only picks the menu.</summary>
internal sealed record Visitor(string Name, Role? Role, Guid? Station, Guid? Employer, IReadOnlyList<string> Divisions)
{
    public bool SignedIn => Role is not null;

    public bool Is(params Role[] roles) => Role is { } own && roles.Contains(own);

    /// <summary>Whether he works on the receiving side only.</summary>
    public bool Receiving => Divisions.Count > 0 && Divisions.All(code => code.StartsWith("35", StringComparison.Ordinal));

    /// <summary>Whether a place lies in his divisions.</summary>
    public bool Covers(string division) => Divisions.Any(own => own.Length > 0 && division.StartsWith(own, StringComparison.Ordinal));

    /// <summary>Where he lands after signing in.</summary>
    public string Home => Role switch
    {
        ServiceDefaults.Role.Collector => "/station/workers",
        ServiceDefaults.Role.Station => "/station",
        ServiceDefaults.Role.Employer => "/employer",
        ServiceDefaults.Role.Official => "/monitor",
        ServiceDefaults.Role.Admin => "/admin/accounts",
        ServiceDefaults.Role.System or null => "/",
        _ => "/",
    };

    public static Visitor Of(ClaimsPrincipal user) => new(
        user.FindFirst("name")?.Value ?? "",
        user.Identity?.IsAuthenticated == true && Kebab.TryParse<Role>(user.FindFirst("role")?.Value, out var role) ? role : null,
        Id(user, "station"),
        Id(user, "employer"),
        [.. user.FindAll("divisions").Select(claim => claim.Value)]);

    private static Guid? Id(ClaimsPrincipal user, string claim) => Guid.TryParse(user.FindFirst(claim)?.Value, out var id) ? id : null;
}
