using System.Text.RegularExpressions;
using LaborBridge.Persistence;
using LaborBridge.Portal.Accounts;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Signing_in_on_sqlite() : Signing_in(SqlKind.Sqlite);

public sealed class Signing_in_on_postgresql() : Signing_in(SqlKind.PostgreSql);

public abstract class Signing_in(SqlKind kind) : IAsyncLifetime
{
    private PortalHost host = null!;
    private string admin = "";

    public async ValueTask InitializeAsync()
    {
        host = await PortalHost.Start(kind);
        admin = await host.Administrator();
    }

    // A missing PostgreSQL skips the test before there is a host.
    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task gives_a_token_that_says_who_somebody_is_and_what_he_sees()
    {
        await host.Station(admin, "xiji");

        var session = await host.Session("Xiji ", PortalHost.Password);

        Assert.Equal((200, "station", "李经办"), (session.Status, (string?)session.Json["role"], (string?)session.Json["displayName"]));
        var token = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken((string)session.Json["accessToken"]!);
        Assert.Equal(("ES256", host.Address, "laborbridge"), (token.Alg, token.Issuer, token.Audiences.Single()));
        Assert.Equal(["640422"], token.Claims.Where(claim => claim.Type == "divisions").Select(claim => claim.Value));
        Assert.Equal(Guid.Empty.ToString(), token.GetClaim("station").Value);
        Assert.InRange(token.ValidTo - host.Clock.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task tells_nobody_what_was_wrong()
    {
        var password = await host.Session("admin", "wrong-password");
        var name = await host.Session("nobody", PortalHost.Password);

        Assert.Equal((401, "wrong-credentials"), (password.Status, password.Code));
        Assert.Equal(password.Text, name.Text);
    }

    [Fact]
    public async Task is_locked_after_five_failures_and_opens_again_later()
    {
        for (var i = 0; i < 5; i++)
        {
            await host.Session("admin", "wrong-password");
        }

        var locked = await host.Session("admin", PortalHost.Password);
        host.Clock.Forward(TimeSpan.FromMinutes(2));
        var open = await host.Session("admin", PortalHost.Password);

        Assert.Equal((401, "wrong-credentials"), (locked.Status, locked.Code));
        Assert.Equal(200, open.Status);
    }

    [Fact]
    public async Task counts_guesses_sent_side_by_side()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Session("admin", "wrong-password")));

        Assert.All(answers, answer => Assert.Equal(401, answer.Status));
        Assert.Equal(401, (await host.Session("admin", PortalHost.Password)).Status);
    }

    [Fact]
    public async Task needs_a_code_once_an_authenticator_is_set_up_and_no_code_works_twice()
    {
        var secret = (string)(await host.Send(HttpMethod.Post, "/api/accounts/own/totp", token: admin)).Json["secret"]!;
        var wrong = await host.Send(HttpMethod.Post, "/api/accounts/own/totp/confirmation", new { code = "12345" }, admin);
        var right = await host.Send(HttpMethod.Post, "/api/accounts/own/totp/confirmation", new { code = Code() }, admin);
        host.Clock.Forward(TimeSpan.FromMinutes(1));

        var without = await host.Session("admin", PortalHost.Password);
        var code = Code();
        var with = await host.Session("admin", PortalHost.Password, code);
        var again = await host.Session("admin", PortalHost.Password, code);

        Assert.Equal((400, 204), (wrong.Status, right.Status));
        Assert.Equal([401, 200, 401], [without.Status, with.Status, again.Status]);

        string Code() => Totp.Code(secret, host.Clock.GetUtcNow().ToUnixTimeSeconds() / 30);
    }

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void computes_the_codes_of_RFC_6238(long seconds, string code) =>
        Assert.Equal(code, Totp.Code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds / 30));

    [Fact]
    public async Task on_the_page_keeps_a_cookie_that_the_API_does_not_take()
    {
        var page = await host.Http.GetAsync("/sign-in");
        var form = Regex.Match(await page.Content.ReadAsStringAsync(), "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(10)).Groups[1].Value;

        using var answer = await host.Http.PostAsync("/sign-in", new FormUrlEncodedContent(
            [new("UserName", "admin"), new("password", PortalHost.Password), new("__RequestVerificationToken", form)]));
        var api = await host.Send(HttpMethod.Get, "/api/accounts");

        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("session=", StringComparison.Ordinal) && cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(401, api.Status);
    }
}
