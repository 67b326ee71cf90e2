using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace LaborBridge.ServiceDefaults;

/// <summary>Writes a <see cref="Problem"/> in the reader's language.</summary>
public sealed class ProblemResult(Problem problem) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, problem);

    /// <summary>Writes it, unless the answer has begun.</summary>
    internal static Task Write(HttpContext http, Problem problem)
    {
        var language = http.Language();
        var body = new Dictionary<string, object?>
        {
            ["type"] = $"urn:laborbridge:problem:{problem.Code}",
            ["title"] = Title(problem.Status).In(language),
            ["status"] = problem.Status,
            ["detail"] = problem.Detail.In(language),
            ["code"] = problem.Code,
            ["errors"] = problem.Errors.Select(error => new { error.Field, error.Code, Message = error.Message.In(language) }),
        };
        foreach (var (key, value) in problem.Extensions)
        {
            body.TryAdd(key, value);
        }

        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = "application/problem+json";
        http.Response.Headers.ContentLanguage = language == Language.En ? "en" : "zh-CN";
        http.Response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(http.Response.Body, body, JsonText.Options, http.RequestAborted);
    }

    private static Text Title(int status) => status switch
    {
        400 => new("请求有误", "Bad request"),
        401 => new("需要登录", "Sign in first"),
        403 => new("无权操作", "Not permitted"),
        404 => new("没有找到", "Not found"),
        405 => new("不支持此操作", "Method not allowed"),
        409 => new("与现有记录冲突", "Conflict"),
        410 => new("已删除", "Gone"),
        412 => new("记录已变化", "Changed meanwhile"),
        413 => new("内容过大", "Too large"),
        415 => new("格式不支持", "Unsupported media type"),
        422 => new("无法办理", "Refused"),
        428 => new("缺少版本", "Version required"),
        429 => new("请求过于频繁", "Too many requests"),
        503 => new("服务暂不可用", "Unavailable"),
        >= 500 => new("系统故障", "Internal error"),
        _ => new("未能完成", "Not done"),
    };
}
