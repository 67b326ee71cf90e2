using System.Net.Http.Headers;
using System.Text.Json;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal.Clients;

/// <summary>Calls to the services' HTTP API for the visitor: his token, his language, patience within bounds.</summary>
internal sealed class ServiceCalls(
    IHttpClientFactory clients, ServiceAddresses addresses, IHttpContextAccessor accessor, VisitorToken token, Resilience resilience, KeyRing keys, TimeProvider time)
{
    public const string ClientName = "services";

    private static readonly TimeSpan LongWork = TimeSpan.FromMinutes(2);

    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Calls to services are made for a visitor.");

    /// <summary>Reads a thing.</summary>
    public Task<Got<T>> Get<T>(string service, string path) =>
        Ask<T>(service, () => new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Reads what takes a service long to find out. It is asked once: nobody waits for it twice.</summary>
    public async Task<Got<T>> Examine<T>(string service, string path)
    {
        using var request = await Prepared(service, new HttpRequestMessage(HttpMethod.Get, path));
        return await Sent(service, async cancel => await Read<T>(service, await clients.CreateClient(ClientName).SendAsync(request, cancel), cancel), LongWork);
    }

    /// <summary>Does something once, however often it is sent: the key comes from the form.</summary>
    public Task<Got<T>> Post<T>(string service, string path, object? body, Guid key) => Write<T>(HttpMethod.Post, service, path, body, key, version: null);

    /// <summary>Changes a thing that the visitor saw in this version.</summary>
    public Task<Got<T>> Put<T>(string service, string path, object? body, Guid key, long version) => Write<T>(HttpMethod.Put, service, path, body, key, version);

    /// <summary>Takes a thing back that the visitor saw in this version.</summary>
    public Task<Got<T>> Delete<T>(string service, string path, Guid key, long version) => Write<T>(HttpMethod.Delete, service, path, body: null, key, version);

    /// <summary>Sends a file. It is sent once: nobody waits for it twice.</summary>
    public async Task<Got<T>> Upload<T>(string service, string path, IFormFile file, Guid key)
    {
        using var content = new MultipartFormDataContent();
        await using var stream = file.OpenReadStream();
        content.Add(new StreamContent(stream), "file", file.FileName);
        using var request = await Prepared(service, new HttpRequestMessage(HttpMethod.Post, path) { Content = content });
        request.Headers.Add("Idempotency-Key", key.ToString());
        return await Sent(service, async cancel => await Read<T>(service, await clients.CreateClient(ClientName).SendAsync(request, cancel), cancel), LongWork);
    }

    /// <summary>A file of a service, to be passed on as it comes.</summary>
    public async Task<Got<HttpResponseMessage>> Download(string service, string path)
    {
        var request = await Prepared(service, new HttpRequestMessage(HttpMethod.Get, path));
        return await Sent(service, async cancel =>
        {
            var answer = await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return answer.IsSuccessStatusCode ? new Got<HttpResponseMessage>(answer, Refusal: null) : new Got<HttpResponseMessage>(Value: null, await Refused(service, answer, cancel));
        }, LongWork);
    }

    private Task<Got<T>> Write<T>(HttpMethod method, string service, string path, object? body, Guid key, long? version) => Ask<T>(service, () =>
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Idempotency-Key", key.ToString());
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, body.GetType(), mediaType: null, JsonText.Options);
        }

        if (version is { } seen)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{seen}\"");
        }

        return request;
    });

    private Task<Got<T>> Ask<T>(string service, Func<HttpRequestMessage> make) => Sent(service, async cancel =>
    {
        using var answer = await resilience.Of(service).ExecuteAsync(
            async stop => await clients.CreateClient(ClientName).SendAsync(await Prepared(service, make()), stop), cancel);
        return await Read<T>(service, answer, cancel);
    }, Timeout.InfiniteTimeSpan);

    private async Task<Got<T>> Sent<T>(string service, Func<CancellationToken, Task<Got<T>>> send, TimeSpan longest)
    {
        using var timeout = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, Http.RequestAborted);
        try
        {
            return await send(either.Token);
        }
        catch (Exception error) when (Resilience.MeansAway(error) || (error is OperationCanceledException && timeout.IsCancellationRequested))
        {
            return new Got<T>(default, Refusal.Away(service));
        }
    }

    private async Task<HttpRequestMessage> Prepared(string service, HttpRequestMessage request)
    {
        request.RequestUri = new Uri(addresses.Of(service), request.RequestUri!);
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(Reading.Of(Http) == Language.En ? "en" : "zh-CN"));
        PortalCalls.Mark(request, keys, time);
        if (await token(Http) is { } bearer)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        return request;
    }

    private static async Task<Got<T>> Read<T>(string service, HttpResponseMessage answer, CancellationToken cancel)
    {
        if (!answer.IsSuccessStatusCode)
        {
            return new Got<T>(default, await Refused(service, answer, cancel));
        }

        return answer.Content.Headers.ContentLength is 0 || answer.StatusCode == System.Net.HttpStatusCode.NoContent
            ? new Got<T>(default, Refusal: null)
            : new Got<T>(await answer.Content.ReadFromJsonAsync<T>(JsonText.Options, cancel), Refusal: null);
    }

    private static async Task<Refusal> Refused(string service, HttpResponseMessage answer, CancellationToken cancel)
    {
        var status = (int)answer.StatusCode;
        if (status == 401)
        {
            throw new SignInAgainException();
        }

        if (answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true)
        {
            return new Refusal(service, status, $"http-{status}", Detail: null, [], default);
        }

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(JsonText.Options, cancel);
        var errors = body.TryGetProperty("errors", out var list) && list.ValueKind == JsonValueKind.Array ? list.Deserialize<List<FieldRefusal>>(JsonText.Options) : null;
        return new Refusal(service, status, Text("code") ?? $"http-{status}", Text("detail"), errors ?? [], body);

        string? Text(string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}

/// <summary>A service did not accept the visitor's token: he must sign in again.</summary>
internal sealed class SignInAgainException() : Exception("The visitor's session has ended.");
