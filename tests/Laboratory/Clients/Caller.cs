using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace LaborBridge.Tests.Laboratory;

/// <summary>
/// Somebody who signed in and calls the services as a good client does: no answer, an error of the server or an expired session mean the same request
/// again, under the same key, to any replica, until an answer comes or his patience ends.
/// </summary>
internal sealed class Caller(Cluster cluster, Journal journal, string userName, Random random, CancellationToken patience) : IDisposable
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(5);

    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), PooledConnectionLifetime = TimeSpan.FromMinutes(1) }) { Timeout = AnswersWithin };
    private string? token;

    /// <summary>The answer, or null when none came in time.</summary>
    public async Task<(int Status, JsonObject Body, string? Tag)?> Send(HttpMethod method, string service, string path, object? body = null, string? ifMatch = null)
    {
        var key = method == HttpMethod.Get ? null : Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        for (var attempt = 0; !patience.IsCancellationRequested; attempt++)
        {
            try
            {
                if (token is null && path != "/api/sessions")
                {
                    token = await SignIn();
                }

                journal.CountRequest(again: attempt > 0);
                using var request = Request(method, service, path, body, key, ifMatch);
                using var answer = await http.SendAsync(request, patience);
                var text = await answer.Content.ReadAsStringAsync(patience);
                if (answer.StatusCode == HttpStatusCode.Unauthorized && path != "/api/sessions")
                {
                    token = null;
                }
                else if ((int)answer.StatusCode >= 500)
                {
                    journal.Failed(service, $"{(int)answer.StatusCode} {text}");
                }
                else if ((int)answer.StatusCode is not 429)
                {
                    return ((int)answer.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : [], answer.Headers.ETag?.Tag);
                }
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
            {
                // No answer: what happened is not known, and the same request finds out.
                if (patience.IsCancellationRequested)
                {
                    return null;
                }
            }

            await Task.Delay(random.Next(50, 400), CancellationToken.None);
        }

        return null;
    }

    /// <summary>Sends a write and keeps what is known of it.</summary>
    public async Task<Sent> Write(ActKind act, HttpMethod method, string service, string path, object body, string mark, string? ifMatch = null)
    {
        var sent = journal.Note(new Sent(act, service, mark));
        if (await Send(method, service, path, body, ifMatch) is { } answer)
        {
            sent.Answer = answer.Body;
            sent.Position = answer.Body["position"]?.GetValue<long>();
            sent.Subject = Guid.TryParse(answer.Body["id"]?.GetValue<string>(), out var id) ? id : null;
            sent.AnsweredAt = TimeProvider.System.GetTimestamp();
            sent.Status = answer.Status;
        }

        return sent;
    }

    public void Dispose() => http.Dispose();

    private async Task<string?> SignIn() =>
        await Send(HttpMethod.Post, "portal", "/api/sessions", new { userName, password = Cluster.Password }) is { Status: 200 } session
            ? session.Body["accessToken"]!.GetValue<string>()
            : throw new HttpRequestException("Could not sign in.");

    private HttpRequestMessage Request(HttpMethod method, string service, string path, object? body, string? key, string? ifMatch)
    {
        var replicas = cluster.Replicas(service).ToList();
        var request = new HttpRequestMessage(method, new Uri(replicas[random.Next(replicas.Count)].Address, path))
        {
            Content = body switch { null => null, Func<HttpContent> make => make(), _ => JsonContent.Create(body) },
        };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in new[] { ("Idempotency-Key", key), ("If-Match", ifMatch) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }
}
