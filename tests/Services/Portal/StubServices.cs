using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LaborBridge.Tests.Services.Portal;

/// <summary>The other end of the portal's calls: answers as told, on a loopback port, and remembers what it was asked.</summary>
public sealed class StubServices : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (int Status, string Body)> answers = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, Func<(int Status, string Body)>> scripts = new(StringComparer.Ordinal);

    private StubServices(WebApplication app) => this.app = app;

    public ConcurrentQueue<Asked> Heard { get; } = new();

    public string Address => app.Urls.First();

    public static async Task<StubServices> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new StubServices(app);
        app.Run(stub.Answer);
        await app.StartAsync();
        return stub;
    }

    /// <summary>What is answered to requests that nothing was said about.</summary>
    public (int Status, string Body) Otherwise { get; set; } = (404, """{"status":404,"code":"not-found","detail":"没有找到。","errors":[]}""");

    /// <summary>Says how an answer differs by how often was asked: the first answers in this order, then the last again.</summary>
    public void OnTurn(string request, params (int Status, string Body)[] turns)
    {
        var turn = 0;
        scripts[request] = () => turns[Math.Min(Interlocked.Increment(ref turn), turns.Length) - 1];
    }

    /// <summary>Holds every answer back until it is completed.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>Answers <c>GET /api/postings</c> with this, whatever the query.</summary>
    public void On(string request, int status, string body) => answers[request] = (status, body);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task Answer(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var headers = http.Request.Headers;
        Heard.Enqueue(new Asked(
            $"{http.Request.Method} {http.Request.Path}", await reader.ReadToEndAsync(), headers["Idempotency-Key"].ToString(), headers.Authorization.ToString(), headers.AcceptLanguage.ToString(),
            http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal)));
        if (Gate is { } gate)
        {
            await gate.Task.WaitAsync(http.RequestAborted);
        }

        var request = $"{http.Request.Method} {http.Request.Path}";
        var (status, body) = scripts.TryGetValue(request, out var script) ? script() : answers.GetValueOrDefault(request, Otherwise);
        http.Response.StatusCode = status;
        http.Response.ContentType = status >= 400 ? "application/problem+json" : "application/json";
        await http.Response.WriteAsync(body);
    }
}

/// <summary>A request that arrived.</summary>
public sealed record Asked(string Request, string Body, string Key, string Authorization, string Language, IReadOnlyDictionary<string, string> Query);
