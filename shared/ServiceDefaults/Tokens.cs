using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace LaborBridge.ServiceDefaults;

/// <summary>
/// Checks tokens: ES256, signed by a key that the authority publishes (fetched again every 5 minutes), for us, not expired.
/// A token that passed is remembered by its hash until it expires, since a signature check costs more than many requests.
/// </summary>
internal sealed class Tokens(ServiceAddresses addresses, TimeProvider time)
{
    private const int Remembered = 10_000;
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Fingerprint, Entry> known = new();
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly Lazy<ConfigurationManager<OpenIdConnectConfiguration>> authority = new(() => new(
        $"{addresses.Authority}/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new FromInside(addresses))
    {
        AutomaticRefreshInterval = TimeSpan.FromMinutes(5),
        RefreshInterval = TimeSpan.FromSeconds(5),
    });

    /// <summary>The caller, or null when the token is not good.</summary>
    /// <exception cref="ProblemException">The authority's keys cannot be had.</exception>
    public async Task<CallerIdentity?> Check(string token, CancellationToken cancel)
    {
        var fingerprint = Fingerprint.Of(token);
        var now = time.GetUtcNow();
        if (known.TryGetValue(fingerprint, out var entry))
        {
            return entry.Until > now ? entry.Identity : null;
        }

        var result = await Validate(token, cancel);
        if (!result.IsValid || Read(result.ClaimsIdentity) is not { } caller)
        {
            return null;
        }

        var identity = new CallerIdentity(caller, result.ClaimsIdentity.Claims);
        Remember(fingerprint, new Entry(identity, new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero) + Skew), now);
        return identity;
    }

    private static Caller? Read(ClaimsIdentity claims)
    {
        var role = claims.FindFirst("role")?.Value;
        var known = Enum.GetValues<Role>().Where(value => value != Role.System && value.ToString().Equals(role, StringComparison.OrdinalIgnoreCase)).ToList();
        var divisions = claims.FindAll("divisions").Select(claim => claim.Value).ToList();
        return known is [var one] && claims.FindFirst("sub")?.Value is { Length: > 0 } subject && divisions.Count <= ScopeRanges.Most
            ? new Caller(subject, claims.FindFirst("name")?.Value ?? subject, one, Id("station"), Id("employer"), divisions)
            : null;

        Guid? Id(string claim) => Guid.TryParse(claims.FindFirst(claim)?.Value, out var id) ? id : null;
    }

    private async Task<TokenValidationResult> Validate(string token, CancellationToken cancel)
    {
        var result = await Validate(token, await Keys(cancel));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            authority.Value.RequestRefresh();
            result = await Validate(token, await Keys(cancel));
        }

        return result;
    }

    private Task<TokenValidationResult> Validate(string token, ICollection<SecurityKey> keys) => handler.ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        ValidAudience = TokenRules.Audience,
        IssuerSigningKeys = keys,
        ClockSkew = Skew,
        IssuerValidator = (issuer, _, _) => addresses.IsIssuer(issuer) ? issuer : throw new SecurityTokenInvalidIssuerException("Another issuer."),
        LifetimeValidator = (from, until, _, _) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            return until is not null && until + Skew > now && (from is null || from - Skew <= now);
        },
    });

    private async Task<ICollection<SecurityKey>> Keys(CancellationToken cancel)
    {
        try
        {
            return (await authority.Value.GetConfigurationAsync(cancel)).SigningKeys;
        }
        catch (InvalidOperationException unreachable)
        {
            throw new ProblemException(new Problem(503, "sign-in-unavailable", new Text(
                "登录服务暂时无法访问，请稍后再试。", "The sign-in service cannot be reached; try again soon."), [])) { Data = { ["cause"] = unreachable.Message } };
        }
    }

    private void Remember(Fingerprint fingerprint, Entry entry, DateTimeOffset now)
    {
        if (known.Count >= Remembered)
        {
            foreach (var (old, value) in known)
            {
                if (value.Until <= now)
                {
                    known.TryRemove(old, out _);
                }
            }

            if (known.Count >= Remembered)
            {
                known.Clear();
            }
        }

        known[fingerprint] = entry;
    }

    /// <summary>Fetches what the authority publishes from where it can be reached.</summary>
    private sealed class FromInside(ServiceAddresses addresses) : IDocumentRetriever
    {
        private readonly HttpDocumentRetriever http = new() { RequireHttps = false };

        public Task<string> GetDocumentAsync(string address, CancellationToken cancel) => http.GetDocumentAsync(
            address.StartsWith(addresses.Authority, StringComparison.Ordinal) ? addresses.Keys + address[addresses.Authority.Length..] : address, cancel);
    }

    private sealed record Entry(CallerIdentity Identity, DateTimeOffset Until);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Fingerprint(UInt128 First, UInt128 Second)
    {
        public static Fingerprint Of(string token)
        {
            Span<byte> hash = stackalloc byte[32];
            SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
            return new(MemoryMarshal.Read<UInt128>(hash), MemoryMarshal.Read<UInt128>(hash[16..]));
        }
    }
}

/// <summary>What issuer and services agree on about tokens.</summary>
public static class TokenRules
{
    /// <summary>The <c>aud</c> of every token.</summary>
    public const string Audience = "laborbridge";

    /// <summary>How long a token is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>How long a key is published before anything is signed with it; services fetch keys every 5 minutes.</summary>
    public static readonly TimeSpan Publication = TimeSpan.FromMinutes(15);
}

/// <summary>The scheme <c>Bearer</c>; refusals are problem answers.</summary>
internal sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Tokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        return await tokens.Check(header["Bearer ".Length..].Trim(), Context.RequestAborted) is { } identity
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name))
            : AuthenticateResult.Fail("The token is not valid.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemResult.Write(Context, new Problem(401, "unauthenticated", new Text("请先登录，或重新登录。", "Sign in, or sign in again."), []));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ProblemResult.Write(Context, Problem.Forbidden());
}
