using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace LaborBridge.ServiceDefaults;

/// <summary>What the contract's headers say.</summary>
public static class HttpExtensions
{
    /// <summary>The version that the caller saw, from <c>If-Match</c>.</summary>
    /// <exception cref="ProblemException">428 without it; 412 when it is no version of ours.</exception>
    public static long IfMatch(this HttpContext http)
    {
        var header = http.Request.Headers.IfMatch.ToString().Trim();
        if (header.Length == 0)
        {
            throw new ProblemException(new Problem(428, "if-match-required", new Text(
                "请先读取记录，再把 ETag 放入 If-Match 后提交。", "Load it first and send its ETag as If-Match."), []));
        }

        return long.TryParse(header.Trim('"'), out var version) ? version : throw new ProblemException(Problem.StaleVersion());
    }

    /// <summary>The reader's language: Chinese, unless <c>Accept-Language</c> puts English before it.</summary>
    public static Language Language(this HttpContext http) => LanguageOf(http.Request.Headers.AcceptLanguage);

    /// <summary>Who calls.</summary>
    /// <exception cref="InvalidOperationException">The endpoint lets anonymous callers in.</exception>
    public static Caller Caller(this HttpContext http) => http.CallerOrNull()
        ?? throw new InvalidOperationException($"{http.Request.Path} has no caller. Give the endpoint .Allow(roles), or use ReadAnonymous and WriteAnonymous.");

    /// <summary>Who calls, if somebody signed in.</summary>
    public static Caller? CallerOrNull(this HttpContext http) => (http.User.Identity as CallerIdentity)?.Caller;

    /// <summary>The idempotency key, if there is one.</summary>
    /// <exception cref="ProblemException">400 when it is no UUID, or missing though required.</exception>
    internal static Guid? IdempotencyKey(this HttpContext http, bool required)
    {
        var header = http.Request.Headers["Idempotency-Key"].ToString().Trim().Trim('"');
        if (header.Length == 0 && !required)
        {
            return null;
        }

        return Guid.TryParse(header, out var key) ? key : throw new ProblemException(new Problem(400, "idempotency-key-required", new Text(
            "请在 Idempotency-Key 中给出一个 UUID，重发同一请求时使用同一个值。",
            "Send a UUID as Idempotency-Key, the same one when you repeat the request."), []));
    }

    private static Language LanguageOf(StringValues header)
    {
        if (StringValues.IsNullOrEmpty(header) || !StringWithQualityHeaderValue.TryParseList(header, out var wanted))
        {
            return ServiceDefaults.Language.Zh;
        }

        var first = wanted.Where(value => value.Quality is null or > 0).OrderByDescending(value => value.Quality ?? 1)
            .Select(value => value.Value.ToString()).FirstOrDefault(Is);
        return first?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? ServiceDefaults.Language.En : ServiceDefaults.Language.Zh;

        static bool Is(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) || language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
    }
}
