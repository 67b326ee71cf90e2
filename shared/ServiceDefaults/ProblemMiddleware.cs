using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using LaborBridge.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LaborBridge.ServiceDefaults;

/// <summary>Turns what went wrong into problem answers: refusals, unreadable requests, unknown paths, and our own faults without their traces.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task Invoke(HttpContext http)
    {
        try
        {
            await next(http);
            if (IsBareRefusal(http.Response) && WantsProblem(http.Request))
            {
                await ProblemResult.Write(http, Bare(http.Response.StatusCode));
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody waits for an answer.
            http.Response.StatusCode = 499;
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            var problem = Of(error);
            if (problem.Status >= 500)
            {
                LogFailed(error, http.Request.Method, http.Request.Path);
                problem = problem.With("trace", http.TraceIdentifier);
            }

            http.Response.Clear();
            await ProblemResult.Write(http, problem);
        }
    }

    internal static Problem Of(Exception error) => error switch
    {
        ProblemException refused => refused.Problem,
        BadHttpRequestException { StatusCode: 400 } bad => Problem.Validation(Unreadable(bad)),
        BadHttpRequestException bad => Bare(bad.StatusCode),
        DbException { IsTransient: true } or UncertainCommitException => Bare(503),
        _ when SqlDialect.IsUnavailable(error) => Bare(503),
        _ => Bare(500),
    };

    private static bool WantsProblem(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") || !request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static bool IsBareRefusal(HttpResponse response) =>
        response is { StatusCode: >= 400, HasStarted: false, ContentType: null } && response.ContentLength is null or 0;

    private static Problem Bare(int status) => status switch
    {
        400 => Problem.Validation(new FieldError("", "unreadable", new Text("请求无法读取。", "The request cannot be read."))),
        404 => Problem.NotFound(),
        405 => new(405, "method-not-allowed", new Text("此地址不支持这种操作。", "This address does not take that method."), []),
        408 => new(408, "too-slow", new Text("请求发送得太慢，请检查网络后重试。", "The request came too slowly; check the network and send it again."), []),
        413 => new(413, "too-large", new Text("内容太大，请拆分后再提交。", "Too large; send it in parts."), []),
        415 => new(415, "unsupported-media-type", new Text("请以 application/json 格式提交。", "Send application/json."), []),
        429 => new(429, "too-many-requests", new Text("请求过于频繁，请一分钟后再试。", "Too many requests; try again in a minute."), []),
        503 => new(503, "unavailable", new Text("数据库暂时无法访问，请稍后再试。", "The database cannot be reached; try again soon."), []),
        >= 500 => new(status, "internal", new Text("系统出现故障，已记录，请稍后再试。", "Something failed on our side and was logged; try again later."), []),
        _ => new(status, "refused", new Text("请求未被接受。", "The request was not accepted."), []),
    };

    private static IReadOnlyList<FieldError> Unreadable(BadHttpRequestException bad) => bad.InnerException switch
    {
        JsonException { InnerException: JsonException } syntax =>
            [new(Field(syntax), "malformed-json", new Text("不是合法的 JSON。", "Not valid JSON."))],
        JsonException json when Missing().Match(json.Message) is { Success: true } match =>
            [.. Name().Matches(match.Value).Select(name => new FieldError(Join(Field(json), name.Groups[1].Value), "required", new Text("必填。", "Required.")))],
        JsonException json when json.Message.Contains("null", StringComparison.OrdinalIgnoreCase) =>
            [new(Field(json), "required", new Text("必填，不能为空。", "Required, not null."))],
        JsonException json =>
            [new(Field(json), "invalid-value", new Text("内容的类型或取值不对。", "Wrong type or value."))],
        _ when Parameter().Match(bad.Message) is { Success: true } match =>
            [new(match.Groups[1].Value, "invalid-value", new Text("缺少内容，或取值不对。", "Missing, or a wrong value."))],
        _ => [new("", "unreadable", new Text("请求无法读取。", "The request cannot be read."))],
    };

    private static string Field(JsonException json) => (json.Path ?? "").TrimStart('$').TrimStart('.');

    private static string Join(string parent, string name) => parent.Length == 0 ? name : $"{parent}.{name}";

    [GeneratedRegex("(?<=missing required properties including:).*", RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Missing();

    [GeneratedRegex("'([^']+)'", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Name();

    [GeneratedRegex("parameter \"[^\"]*?([^\" ]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Parameter();

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed.")]
    private partial void LogFailed(Exception error, string method, string path);
}
