using LaborBridge.ServiceDefaults;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LaborBridge.Portal.Accounts;

/// <summary>Signs tokens.</summary>
internal sealed class AccessTokens(SigningKeys keys, ServiceAddresses addresses, TimeProvider time)
{
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token that says who the account is and what it sees.</summary>
    public (string Token, DateTimeOffset Expires) Issue(Account account)
    {
        var now = time.GetUtcNow();
        var expires = DateTimeOffset.FromUnixTimeSeconds((now + TokenRules.Lifetime).ToUnixTimeSeconds());
        var claims = new Dictionary<string, object>
        {
            ["sub"] = account.Id.ToString(),
            ["name"] = account.DisplayName,
            ["role"] = account.Role,
            ["divisions"] = account.DivisionCodes.ToArray(),
        };
        if (account.Station is { } station)
        {
            claims["station"] = station.ToString();
        }

        if (account.Employer is { } employer)
        {
            claims["employer"] = employer.ToString();
        }

        var token = handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = addresses.Authority,
            Audience = TokenRules.Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(keys.Current.Key, SecurityAlgorithms.EcdsaSha256),
        });
        return (token, expires);
    }
}
