using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal.Accounts;

/// <summary>Signs in: a name and a password for a token of 15 minutes.</summary>
internal static class CreateSession
{
    internal sealed record Request(string UserName, string Password, string? Totp);

    internal sealed record Response(string AccessToken, DateTimeOffset ExpiresAt, string Role, string DisplayName);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/sessions", Handle)
        .AllowAnyone().RequireRateLimiting(RateLimits.Sessions).WithName("CreateSession").Produces<Response>();

    private static async Task<IResult> Handle(Request request, Credentials credentials, AccessTokens tokens, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await credentials.Check(request.UserName, request.Password, request.Totp) is not { } account)
        {
            return new ProblemResult(Credentials.Wrong);
        }

        var (token, expires) = tokens.Issue(account);
        return Results.Ok(new Response(token, expires, account.Role, account.DisplayName));
    }
}
