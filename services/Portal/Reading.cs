using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal;

/// <summary>The visitor's language: Chinese, unless he asked for English by a click.</summary>
internal static class Reading
{
    private const string Cookie = "lang";

    /// <summary>The language of this request.</summary>
    public static Language Of(HttpContext http) => http.Request.Cookies[Cookie] == "en" ? Language.En : Language.Zh;

    /// <summary>Turns <c>?lang=en</c> into a cookie and shows the same page again.</summary>
    public static IApplicationBuilder UseLanguageChoice(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.Request.Query["lang"].ToString() is not ("zh" or "en") || http.Request.Path.StartsWithSegments("/api"))
        {
            return next(http);
        }

        http.Response.Cookies.Append(Cookie, http.Request.Query["lang"].ToString(), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
        var rest = http.Request.Query.Where(pair => pair.Key != "lang").SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        http.Response.Redirect($"{http.Request.Path}{QueryString.Create(rest!)}");
        return Task.CompletedTask;
    });
}
