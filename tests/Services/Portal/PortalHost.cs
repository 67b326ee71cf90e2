using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LaborBridge.Persistence;
using LaborBridge.Portal;
using LaborBridge.Portal.Accounts;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.Tests.Services.Portal;

/// <summary>The portal by itself on a free loopback port, with a clock that can be put forward.</summary>
public sealed class PortalHost : IAsyncDisposable
{
    public const string Password = "Jishi-2026-tong";

    private static readonly Sql CountInvitations = Sql.Text("SELECT COUNT(*) FROM first_administrator");

    private readonly TempFolder folder = TempFolder.Create();
    private readonly WebApplication app;

    private readonly ScratchDatabase? database;

    private PortalHost(ScratchDatabase? database, string? authority) => (this.database, app) = (database, Build(database, authority));

    private WebApplication Build(ScratchDatabase? database, string? authority) => LaborBridgeHost.Build(["--urls", "http://127.0.0.1:0", "--data", folder.Path], [new PortalService()], builder =>
    {
        builder.Configuration.AddInMemoryCollection([new("LaborBridge:EmbeddedDefaults", "true"), new("LaborBridge:Authority", authority), new("LaborBridge:Limits:Sessions", "10000"), .. Backend.Settings(database)]);
        builder.Services.AddSingleton<TimeProvider>(Clock);
    });

    public MovableClock Clock { get; } = new();

    public HttpClient Http { get; } = new(new HttpClientHandler { AllowAutoRedirect = false });

    public string Address => app.Urls.First();

    internal IServiceProvider Provided => app.Services;

    internal Db<PortalService> Database => app.Services.GetRequiredService<Db<PortalService>>();

    public static async Task<PortalHost> Start(SqlKind kind = SqlKind.Sqlite, string? authority = null)
    {
        var host = new PortalHost(await Backend.Of(kind), authority);
        await host.app.StartAsync();
        host.Http.BaseAddress = new Uri(host.Address);
        await Wait.Until(() => host.Database.Read(async tx => await tx.Scalar<long>(CountInvitations) == 1), "the start has printed its link");
        return host;
    }

    /// <summary>Starts with an administrator and returns his token.</summary>
    public async Task<string> Administrator()
    {
        var code = await FirstAdministrator.Invite(Database, Clock);
        await Send(HttpMethod.Post, "/api/accounts/first", new { code, userName = "admin", password = Password, displayName = "管理员" });
        return await SignIn("admin");
    }

    public async Task<string> SignIn(string userName) => (string)(await Session(userName, Password)).Json["accessToken"]!;

    public Task<Answered> Session(string userName, string password, string? totp = null) => Send(HttpMethod.Post, "/api/sessions", new { userName, password, totp });

    public Task<Answered> Station(string admin, string userName, string password = Password, string divisions = "640422") =>
        Send(HttpMethod.Post, "/api/accounts", new { userName, password, displayName = "李经办", role = "station", station = Guid.Empty, divisions = new[] { divisions } }, admin);

    public async Task<Answered> Send(HttpMethod method, string path, object? body = null, string? token = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7(Clock.GetUtcNow()).ToString());
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answered((int)response.StatusCode, text, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : [], response.Headers.ETag?.Tag);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        await Backend.Drop(database);
        folder.Dispose();
    }
}

public sealed record Answered(int Status, string Text, JsonObject Json, string? ETag)
{
    public string? Code => (string?)Json["code"];

    public string? FieldCode(string field) => (string?)Json["errors"]!.AsArray().FirstOrDefault(error => (string?)error!["field"] == field)?["code"];
}

/// <summary>The clock of the machine, put forward.</summary>
public sealed class MovableClock : TimeProvider
{
    private TimeSpan ahead;

    public void Forward(TimeSpan by) => ahead += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
