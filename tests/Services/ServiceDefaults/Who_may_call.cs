using System.Security.Cryptography;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using Xunit;

namespace LaborBridge.Tests.Services.ServiceDefaults;

public sealed class Who_may_call_on_sqlite() : Who_may_call(SqlKind.Sqlite);

public sealed class Who_may_call_on_postgresql() : Who_may_call(SqlKind.PostgreSql);

public abstract class Who_may_call(SqlKind kind) : IAsyncLifetime
{
    private NotesHost host = null!;

    public async ValueTask InitializeAsync() => host = await NotesHost.Start(kind);

    // A missing PostgreSQL skips the test before there is a host.
    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task nobody_without_a_token()
    {
        var answer = await Get(token: null);

        Assert.Equal((401, "unauthenticated"), (answer.Status, answer.Code));
        Assert.Equal("Bearer", answer.Response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task not_with_a_token_that_is_forged_expired_for_others_or_from_others()
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var later = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(15);

        Assert.Equal(401, (await Get(host.Service.Token(host.Address, "station", later, by: foreign))).Status);
        Assert.Equal(401, (await Get(host.Service.Token(host.Address, "station", later.AddMinutes(-20)))).Status);
        Assert.Equal(401, (await Get(host.Service.Token(host.Address, "station", later, audience: "other"))).Status);
        Assert.Equal(401, (await Get(host.Service.Token("http://example.org", "station", later))).Status);
        Assert.Equal(401, (await Get(host.Service.Token(host.Address, "system", later))).Status);
        Assert.Equal(401, (await Get(host.Service.Token(host.Address, "no-such", later))).Status);
        Assert.Equal(401, (await Get("not.a.token")).Status);
        Assert.Equal(401, (await Get("")).Status);
    }

    [Fact]
    public async Task not_a_role_that_the_endpoint_does_not_name()
    {
        var answer = await Get(host.Token("employer"));

        Assert.Equal((403, "forbidden-scope"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task everybody_where_the_endpoint_says_so_and_a_good_token_is_still_read()
    {
        var nobody = await host.Send(HttpMethod.Get, "/api/public/notes");
        var somebody = await host.Send(HttpMethod.Get, "/api/public/notes", token: host.Token());

        Assert.Null((string?)nobody.Json["caller"]);
        Assert.Equal("张三", (string?)somebody.Json["caller"]);
    }

    [Fact]
    public async Task each_sees_his_own_divisions_and_what_is_below_them()
    {
        foreach (var (title, division) in new[] { ("a", "640422101"), ("b", "640422"), ("c", "640423"), ("d", "350205"), ("e", "64042") })
        {
            var saved = await host.Send(HttpMethod.Post, "/api/notes", new { title, kind = "short-note", division }, host.Token(), NotesHost.NewKey());
            Assert.Equal(201, saved.Status);
        }

        Assert.Equal("ab", await Titles(host.Token(divisions: ["640422"])));
        Assert.Equal("abd", await Titles(host.Token(divisions: ["640422", "35"])));
        Assert.Equal("abcde", await Titles(host.Token("official", divisions: ["64", "35"])));
        Assert.Equal("abcde", await Titles(host.Token("admin")));
        Assert.Equal("", await Titles(host.Token()));
    }

    [Fact]
    public async Task a_list_goes_on_where_it_ended()
    {
        foreach (var title in new[] { "a", "b", "c" })
        {
            await host.Send(HttpMethod.Post, "/api/notes", new { title, kind = "short-note", division = "64" }, host.Token(), NotesHost.NewKey());
        }

        var token = host.Token(divisions: ["64"]);
        var first = await host.Send(HttpMethod.Get, "/api/notes?limit=2", token: token);
        var second = await host.Send(HttpMethod.Get, $"/api/notes?limit=2&cursor={(string?)first.Json["next"]}", token: token);

        Assert.Equal("ab", Titles(first));
        Assert.Equal("c", Titles(second));
        Assert.Null(second.Json["next"]);
    }

    [Theory]
    [InlineData("640422", true)]
    [InlineData("640422101", true)]
    [InlineData("640423", false)]
    [InlineData("6404", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void a_division_covers_itself_and_what_is_below(string? division, bool covered)
    {
        var caller = new Caller("1", "张三", Role.Station, Station: null, Employer: null, ["640422"]);

        Assert.Equal(covered, caller.Covers(division));
    }

    [Fact]
    public void an_endpoint_that_does_not_say_who_may_call_stops_the_host()
    {
        var error = Assert.Throws<InvalidOperationException>(() => LaborBridgeHost.Build(["--LaborBridge:EmbeddedDefaults=true", $"--data={Path.GetTempPath()}"], [new Careless()]));

        Assert.Contains("/api/open", error.Message, StringComparison.Ordinal);
    }

    private Task<Heard> Get(string? token) => host.Send(HttpMethod.Get, "/api/notes", token: token);

    private async Task<string> Titles(string token) => Titles(await Get(token));

    private static string Titles(Heard list) => string.Concat(list.Json["items"]!.AsArray().Select(item => (string?)item!["title"]));

    private sealed class Careless : ILaborBridgeService
    {
        public string Name => "careless";

        public void Add(Microsoft.Extensions.Hosting.IHostApplicationBuilder builder)
        {
        }

        public void Map(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder app) => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(app, "/api/open", () => "open");
    }
}
