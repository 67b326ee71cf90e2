using System.Collections.Concurrent;
using System.Security.Claims;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace LaborBridge.Portal.Accounts;

/// <summary>
/// The session of somebody who uses the pages. The cookie says which account and in which version; the token for calls to the services is
/// signed here when needed and never leaves the server. A changed or disabled account ends its sessions when the token is due again.
/// </summary>
internal sealed class PortalSession(Db<PortalService> db, Credentials credentials, AccessTokens tokens, TimeProvider time)
{
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<(Guid Id, long Version), (string Token, DateTimeOffset Expires)> issued = new();

    /// <summary>Checks the password and signs the visitor in, or says what is wrong.</summary>
    public async Task<Problem?> SignIn(HttpContext http, string userName, string password, string? totp)
    {
        if (await credentials.Check(userName, password, totp) is not { } account)
        {
            return Credentials.Wrong;
        }

        var identity = new ClaimsIdentity(
            [
                new("sub", account.Id.ToString()), new("version", account.Version.ToString()), new("name", account.DisplayName), new("role", account.Role),
                .. account.DivisionCodes.Select(code => new Claim("divisions", code)),
            ], PortalPages.CookieScheme, "name", "role");
        if (account.Station is { } station)
        {
            identity.AddClaim(new Claim("station", station.ToString()));
        }

        if (account.Employer is { } employer)
        {
            identity.AddClaim(new Claim("employer", employer.ToString()));
        }

        await http.SignInAsync(PortalPages.CookieScheme, new ClaimsPrincipal(identity));
        return null;
    }

    /// <summary>Ends the visitor's session.</summary>
    public Task SignOut(HttpContext http) => http.SignOutAsync(PortalPages.CookieScheme);

    /// <summary>A token for the services, good for at least two minutes; null when nobody is signed in or the account has changed.</summary>
    public async ValueTask<string?> Token(HttpContext http) => await Token(http.User);

    /// <summary>Ends the session when the account is not what the cookie says.</summary>
    public async Task Validate(CookieValidatePrincipalContext context)
    {
        if (await Token(context.Principal) is null)
        {
            context.RejectPrincipal();
            await SignOut(context.HttpContext);
        }
    }

    private async ValueTask<string?> Token(ClaimsPrincipal? user)
    {
        if (user?.Identity is not { IsAuthenticated: true, AuthenticationType: PortalPages.CookieScheme }
            || !Guid.TryParse(user.FindFirst("sub")?.Value, out var id) || !long.TryParse(user.FindFirst("version")?.Value, out var version))
        {
            return null;
        }

        if (issued.TryGetValue((id, version), out var known) && known.Expires - Spare > time.GetUtcNow())
        {
            return known.Token;
        }

        if (await db.Read(tx => Account.Find(tx, id)) is not { Disabled: false } account || account.Version != version)
        {
            issued.TryRemove((id, version), out _);
            return null;
        }

        var fresh = tokens.Issue(account);
        issued[(id, version)] = fresh;
        return fresh.Token;
    }
}
