using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace LaborBridge.Tests.Fixtures;

/// <summary>Calls one address as one caller and answers with whatever came: for tests of single requests. A POST gets a fresh idempotency key unless one is given.</summary>
public sealed class ApiCaller(Uri address, string? token)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) }) { Timeout = TimeSpan.FromSeconds(60) };

    public Task<Heard> Get(string path, string? language = null) => Send(HttpMethod.Get, path, language: language);

    public Task<Heard> Post(string path, object? body = null, string? key = null, string? language = null) =>
        Send(HttpMethod.Post, path, body ?? new { }, key ?? NewKey(), language: language);

    public Task<Heard> Put(string path, object body, string? ifMatch = null) => Send(HttpMethod.Put, path, body, ifMatch: ifMatch);

    public Task<Heard> Delete(string path, string? ifMatch = null) => Send(HttpMethod.Delete, path, ifMatch: ifMatch);

    public async Task<Heard> Send(HttpMethod method, string path, object? body = null, string? key = null, string? ifMatch = null, string? language = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string text => new StringContent(text, new MediaTypeHeaderValue("application/json")),
            _ => JsonContent.Create(body),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in new[] { ("Idempotency-Key", key), ("Accept-Language", language), ("If-Match", ifMatch) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await Http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return new Heard((int)response.StatusCode, answer.StartsWith('{') ? JsonNode.Parse(answer)!.AsObject() : [], answer, response.Headers.ETag?.Tag, response.Headers.Location?.ToString());
    }

    public static string NewKey() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
}

/// <summary>An answer.</summary>
public sealed record Heard(int Status, JsonObject Json, string Text, string? ETag, string? Location)
{
    public string? Code => (string?)Json["code"];

    public IReadOnlyList<JsonNode> Items => [.. Json["items"]!.AsArray().Select(item => item!)];

    public string Id => (string)Json["id"]!;

    /// <summary>The code of a field's error, or null.</summary>
    public string? FieldCode(string field) => (string?)Json["errors"]?.AsArray().FirstOrDefault(error => (string?)error!["field"] == field)?["code"];

    /// <summary>The same answer, when it has this status.</summary>
    public Heard Is(int status)
    {
        Assert.True(Status == status, $"{Status}, expected {status}\n{Text}");
        return this;
    }

    /// <summary>The same answer, when it is this refusal.</summary>
    public Heard Is(int status, string code)
    {
        Assert.True(Status == status && Code == code, $"{Status} {Code}, expected {status} {code}\n{Text}");
        return this;
    }
}
