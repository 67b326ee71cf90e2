using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace LaborBridge.Tests.Services.ServiceDefaults;

/// <summary>The notes service on a free loopback port, with a client.</summary>
public sealed class NotesHost : IAsyncDisposable
{
    private readonly TempFolder folder = TempFolder.Create();
    private readonly WebApplication app;

    private readonly ScratchDatabase? database;

    private NotesHost(ScratchDatabase? database, params (string Key, string Value)[] settings)
    {
        this.database = database;
        app = LaborBridgeHost.Build(["--urls", "http://127.0.0.1:0", "--data", folder.Path], [Service], builder =>
            builder.Configuration.AddInMemoryCollection(
                [new("LaborBridge:EmbeddedDefaults", "true"), .. Backend.Settings(database), .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))]));
    }

    public NotesService Service { get; } = new();

    public HttpClient Http { get; } = new();

    public string Address => app.Urls.First();

    public static Task<NotesHost> Start(params (string Key, string Value)[] settings) => Start(SqlKind.Sqlite, settings);

    public static async Task<NotesHost> Start(SqlKind kind, params (string Key, string Value)[] settings)
    {
        var host = new NotesHost(await Backend.Of(kind), settings);
        await host.app.StartAsync();
        host.Http.BaseAddress = new Uri(host.Address);
        return host;
    }

    /// <summary>A good token.</summary>
    public string Token(string role = "station", string subject = "1", params string[] divisions) =>
        Service.Token(Address, role, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(15), subject, divisions: divisions);

    public async Task<Heard> Send(
        HttpMethod method, string path, object? body = null, string? token = null, string? key = null, string? language = null, string? ifMatch = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, new MediaTypeHeaderValue("application/json")),
            _ => JsonContent.Create(body),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in new[] { ("Idempotency-Key", key), ("Accept-Language", language), ("If-Match", ifMatch), ("Accept", accept) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await Http.SendAsync(request);
        var content = await response.Content.ReadAsStringAsync();
        return new Heard((int)response.StatusCode, response, content, content.StartsWith('{') ? JsonNode.Parse(content)!.AsObject() : []);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Service.Dispose();
        await Backend.Drop(database);
        folder.Dispose();
    }

    public static string NewKey() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
}

/// <summary>An answer.</summary>
public sealed record Heard(int Status, HttpResponseMessage Response, string Text, JsonObject Json)
{
    public string? Code => (string?)Json["code"];

    public string? FieldCode(string field) => (string?)Json["errors"]!.AsArray().FirstOrDefault(error => (string?)error!["field"] == field)?["code"];
}
