using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace LaborBridge.Tests.Fixtures;

/// <summary>Calls the HTTP contract as somebody who signed in, service by service.</summary>
public sealed class ApiClient(ApiAddresses addresses, string? token, string language = "zh") : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Signs in and returns a client with the token.</summary>
    public static async Task<ApiClient> SignIn(ApiAddresses addresses, string userName, string password)
    {
        using var anyone = new ApiClient(addresses, token: null);
        var session = await anyone.Post("/api/sessions", new { userName, password });
        return new ApiClient(addresses, session["accessToken"]!.GetValue<string>());
    }

    public Task<JsonNode> Get(string path) => Send(HttpMethod.Get, path, content: null, key: null, HttpStatusCode.OK);

    public Task<JsonNode> Post(string path, object? body = null, Guid? key = null) =>
        Send(HttpMethod.Post, path, JsonContent.Create(body ?? new { }), key ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));

    /// <summary>Posts a file as the form field <c>file</c>.</summary>
    public Task<JsonNode> Upload(string path, string fileName, byte[] file, Guid? key = null)
    {
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return Send(HttpMethod.Post, path, new MultipartFormDataContent { { part, "file", fileName } }, key ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
    }

    /// <summary>A write that must be refused with this status and code; returns the problem.</summary>
    public async Task<JsonNode> Refused(HttpStatusCode status, string code, HttpMethod method, string path, object? body = null, Guid? key = null)
    {
        var problem = await Send(method, path, method == HttpMethod.Get ? null : JsonContent.Create(body ?? new { }), key ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), status);
        Assert.Equal(code, problem["code"]?.GetValue<string>());
        return problem;
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonNode> Send(HttpMethod method, string path, HttpContent? content, Guid? key, HttpStatusCode? expected = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(addresses.Of(path), path)) { Content = content };
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (key is { } given)
        {
            request.Headers.Add("Idempotency-Key", given.ToString());
        }

        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var asExpected = expected is { } one ? answer.StatusCode == one : answer.IsSuccessStatusCode;
        Assert.True(asExpected, $"{method} {path} → {(int)answer.StatusCode}, expected {(expected is { } e ? (int)e : "success")}\n{text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text) ?? throw new JsonException($"{method} {path} answered null.");
    }
}

/// <summary>Where each service answers; in AllInOne it is one address.</summary>
public sealed record ApiAddresses(Uri Portal, Uri Workers, Uri Employers, Uri Matching, Uri Placements)
{
    public static ApiAddresses One(Uri address) => new(address, address, address, address, address);

    /// <summary>The service that answers a path of the contract.</summary>
    public Uri Of(string path) => path.Split('/', '?')[2] switch
    {
        "workers" or "households" or "rosters" or "stations" or "call-list" or "access-log" or "retention" => Workers,
        "employers" or "postings" or "projects" or "minimum-wages" => Employers,
        "matching" or "offers" or "rounds" => Matching,
        "placements" or "trips" or "outflow" or "follow-ups" => Placements,
        "sessions" or "accounts" => Portal,
        "operations" => path.Split('/')[3] switch
        {
            "workers" => Workers,
            "employers" => Employers,
            "matching" => Matching,
            "placements" => Placements,
            _ => Portal,
        },
        _ => throw new ArgumentException($"No service answers {path}.", nameof(path)),
    };
}
