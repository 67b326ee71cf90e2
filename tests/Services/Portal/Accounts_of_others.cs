using LaborBridge.Persistence;
using LaborBridge.Portal.Accounts;
using Xunit;

namespace LaborBridge.Tests.Services.Portal;

public sealed class Accounts_of_others_on_sqlite() : Accounts_of_others(SqlKind.Sqlite);

public sealed class Accounts_of_others_on_postgresql() : Accounts_of_others(SqlKind.PostgreSql);

public abstract class Accounts_of_others(SqlKind kind) : IAsyncLifetime
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
    public async Task are_made_and_listed_by_administrators_only()
    {
        var made = await host.Station(admin, "xiji");
        var list = await host.Send(HttpMethod.Get, "/api/accounts?limit=1", token: admin);
        var rest = await host.Send(HttpMethod.Get, $"/api/accounts?cursor={(string?)list.Json["next"]}", token: admin);
        var clerk = await host.Send(HttpMethod.Get, "/api/accounts", token: await host.SignIn("xiji"));

        Assert.Equal(201, made.Status);
        Assert.DoesNotContain("password", made.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("admin", (string?)list.Json["items"]![0]!["userName"]);
        Assert.Equal("xiji", (string?)rest.Json["items"]!.AsArray().Single()!["userName"]);
        Assert.Equal((403, "forbidden-scope"), (clerk.Status, clerk.Code));
    }

    [Theory]
    [InlineData("LaborBridge-demo-1", "demo-password")]
    [InlineData("short", "too-short")]
    [InlineData("my-xiji-pass", "contains-user-name")]
    [InlineData(" ", "required")]
    public async Task need_a_password_that_nobody_knows(string password, string code)
    {
        var answer = await host.Station(admin, "xiji", password);

        Assert.Equal((400, code), (answer.Status, answer.FieldCode("password")));
    }

    [Fact]
    public async Task see_divisions_that_exist_and_what_fits_their_role()
    {
        var unknown = await host.Station(admin, "a", divisions: "999999");
        var nothing = await host.Send(HttpMethod.Post, "/api/accounts", new { userName = "b", password = PortalHost.Password, displayName = "b", role = "official" }, admin);
        var firm = await host.Send(HttpMethod.Post, "/api/accounts", new { userName = "c", password = PortalHost.Password, displayName = "c", role = "employer" }, admin);
        var system = await host.Send(HttpMethod.Post, "/api/accounts", new { userName = "d", password = PortalHost.Password, displayName = "d", role = "system", divisions = new[] { "64" } }, admin);

        Assert.Equal("division-unknown", unknown.FieldCode("divisions[0]"));
        Assert.Equal("required", nothing.FieldCode("divisions"));
        Assert.Equal("required", firm.FieldCode("employer"));
        Assert.Equal("invalid-value", system.FieldCode("role"));
    }

    [Fact]
    public async Task have_names_of_their_own()
    {
        await host.Station(admin, "xiji");

        var second = await host.Station(admin, "XIJI");

        Assert.Equal((400, "taken"), (second.Status, second.FieldCode("userName")));
    }

    [Fact]
    public async Task can_be_disabled_from_the_version_that_was_seen()
    {
        var made = await host.Station(admin, "xiji");
        var path = $"/api/accounts/{(string?)made.Json["id"]}";
        var change = new { displayName = "李经办", station = Guid.Empty, divisions = new[] { "640422" }, disabled = true };

        var without = await host.Send(HttpMethod.Put, path, change, admin);
        var disabled = await host.Send(HttpMethod.Put, path, change, admin, made.ETag);
        var stale = await host.Send(HttpMethod.Put, path, change, admin, made.ETag);

        Assert.Equal([428, 200, 412], [without.Status, disabled.Status, stale.Status]);
        Assert.Equal(401, (await host.Session("xiji", PortalHost.Password)).Status);
    }

    [Fact]
    public async Task begin_with_the_first_administrator_whose_link_works_once()
    {
        await using var empty = await PortalHost.Start(kind);
        var old = await FirstAdministrator.Invite(empty.Database, empty.Clock);
        var code = await FirstAdministrator.Invite(empty.Database, empty.Clock);

        var wrong = await First(empty, old!, "a");
        var first = await First(empty, code!, "chief");
        var second = await First(empty, code!, "other");

        Assert.Equal((401, "wrong-code"), (wrong.Status, wrong.Code));
        Assert.Equal((201, "admin"), (first.Status, (string?)first.Json["role"]));
        Assert.Equal(401, second.Status);
        Assert.Null(await FirstAdministrator.Invite(empty.Database, empty.Clock));
    }

    private static Task<Answered> First(PortalHost host, string code, string userName) =>
        host.Send(HttpMethod.Post, "/api/accounts/first", new { code, userName, password = PortalHost.Password, displayName = userName });
}
