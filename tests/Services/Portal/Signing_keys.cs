using LaborBridge.Persistence;
using LaborBridge.Portal.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Signing_keys_on_sqlite() : Signing_keys(SqlKind.Sqlite);

public sealed class Signing_keys_on_postgresql() : Signing_keys(SqlKind.PostgreSql);

public abstract class Signing_keys(SqlKind kind) : IAsyncLifetime
{
    private PortalHost host = null!;
    private SigningKeys keys = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PortalHost.Start(kind);
        keys = host.Provided.GetRequiredService<SigningKeys>();
    }

    // A missing PostgreSQL skips the test before there is a host.
    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task are_published_without_their_secret()
    {
        var configuration = await host.Send(HttpMethod.Get, "/.well-known/openid-configuration");
        var published = await host.Send(HttpMethod.Get, "/.well-known/jwks.json");

        Assert.Equal((host.Address, $"{host.Address}/.well-known/jwks.json"), ((string?)configuration.Json["issuer"], (string?)configuration.Json["jwks_uri"]));
        var key = published.Json["keys"]!.AsArray().Single()!.AsObject();
        Assert.Equal(("EC", "P-256", "ES256"), ((string?)key["kty"], (string?)key["crv"], (string?)key["alg"]));
        Assert.False(key.ContainsKey("d"));
    }

    [Fact]
    public async Task are_published_15_minutes_before_they_sign_and_until_the_last_token_has_expired()
    {
        var first = keys.Current.Id;

        await After(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(14));
        Assert.Equal((first, 2), (keys.Current.Id, keys.Published.Count));

        await After(TimeSpan.FromMinutes(16));
        Assert.NotEqual(first, keys.Current.Id);
        Assert.Equal(2, keys.Published.Count);

        await After(TimeSpan.FromMinutes(31));
        Assert.Single(keys.Published);
        Assert.Equal(keys.Published[0].Id, keys.Current.Id);
    }

    [Fact]
    public async Task are_found_when_the_public_name_leads_nowhere_from_inside()
    {
        await using var behindProxy = await PortalHost.Start(kind, authority: "https://laborbridge.example");

        var accounts = await behindProxy.Send(HttpMethod.Get, "/api/accounts", token: await behindProxy.Administrator());

        Assert.Equal(200, accounts.Status);
    }

    private Task After(TimeSpan time)
    {
        host.Clock.Forward(time);
        return keys.Refresh(CancellationToken.None);
    }
}
