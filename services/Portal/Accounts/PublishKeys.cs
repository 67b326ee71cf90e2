using LaborBridge.ServiceDefaults;
using Microsoft.IdentityModel.Tokens;

namespace LaborBridge.Portal.Accounts;

/// <summary>Publishes the keys where services look for those of any OpenID provider, so that another one can take the portal's place.</summary>
internal static class PublishKeys
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/openid-configuration", (ServiceAddresses addresses) => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = addresses.Authority,
            ["jwks_uri"] = $"{addresses.Authority}/.well-known/jwks.json",
            ["response_types_supported"] = new[] { "token" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { SecurityAlgorithms.EcdsaSha256 },
        })).ExcludeFromDescription();

        app.MapGet("/.well-known/jwks.json", (SigningKeys keys) => Results.Json(new { keys = keys.Published.Select(Public) })).ExcludeFromDescription();
    }

    private static object Public(SigningKey key)
    {
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(key.Key);
        return new { kty = jwk.Kty, crv = jwk.Crv, x = jwk.X, y = jwk.Y, kid = key.Key.KeyId, use = "sig", alg = SecurityAlgorithms.EcdsaSha256 };
    }
}
