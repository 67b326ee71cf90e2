using System.Security.Claims;
using System.Security.Cryptography;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LaborBridge.Tests.Fixtures;

/// <summary>Stands where the portal stands for services under test: publishes a key and signs tokens with it.</summary>
public sealed class TestAuthority : ILaborBridgeService, IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string Name => "authority";

    public void Add(IHostApplicationBuilder builder)
    {
    }

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/.well-known/openid-configuration", (ServiceAddresses own) => Results.Json(new { issuer = own.Authority, jwks_uri = $"{own.Authority}/.well-known/jwks.json" }))
            .ExcludeFromDescription();
        app.MapGet("/.well-known/jwks.json", () =>
        {
            var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(key) { KeyId = "test" });
            return Results.Json(new { keys = new[] { new { kty = jwk.Kty, crv = jwk.Crv, x = jwk.X, y = jwk.Y, kid = "test", use = "sig", alg = "ES256" } } });
        }).ExcludeFromDescription();
    }

    public string Token(string issuer, DateTimeOffset expires, Caller caller)
    {
        List<Claim> claims = [new("sub", caller.Subject), new("name", caller.Name), new("role", caller.Role.ToString().ToLowerInvariant())];
        claims.AddRange(caller.Divisions.Select(code => new Claim("divisions", code)));
        if (caller.Station is { } station)
        {
            claims.Add(new("station", station.ToString()));
        }

        if (caller.Employer is { } employer)
        {
            claims.Add(new("employer", employer.ToString()));
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = "laborbridge",
            Expires = expires.UtcDateTime,
            Subject = new ClaimsIdentity(claims),
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = "test" }, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public void Dispose() => key.Dispose();
}
