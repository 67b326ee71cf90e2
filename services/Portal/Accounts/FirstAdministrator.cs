using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal.Accounts;

/// <summary>The first account of an empty installation: whoever reads the program's output opens the one-time link and becomes administrator.</summary>
internal static class FirstAdministrator
{
    public const string Path = "/first-administrator";

    private static readonly TimeSpan GoodFor = TimeSpan.FromDays(1);

    private static readonly Sql CountAccounts = Sql.Text("SELECT COUNT(*) FROM accounts");
    private static readonly Sql Store = Sql.Upsert("first_administrator", "id", "code_hash, expires_at");
    private static readonly Sql Use = Sql.Text("DELETE FROM first_administrator WHERE code_hash = @CodeHash AND expires_at > @Now");

    internal sealed record Request(string Code, string UserName, string Password, string DisplayName);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/accounts/first", (Request request, HttpContext http, Requests<PortalService> requests, LaborBridgeSettings settings, TimeProvider time) =>
        {
            var account = Prepare(request, settings);
            return requests.WriteAnonymous(http, request, (tx, _) => Handle(tx, request.Code, account, time));
        }).AllowAnyone().RequireRateLimiting(RateLimits.Sessions).WithName("CreateFirstAdministrator").Produces<AccountView>(StatusCodes.Status201Created);

        app.MapGet(Path, (string? code, HttpContext http) => Page(http, code ?? "", problem: null)).ExcludeFromDescription();
        app.MapPost(Path, Submit).RequireRateLimiting(RateLimits.Sessions).DisableAntiforgery().ExcludeFromDescription();
    }

    /// <summary>A new code if there is no account yet; the one before it is void.</summary>
    public static async Task<string?> Invite(Db db, TimeProvider time)
    {
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        return await db.Write(async tx =>
        {
            if (await tx.Scalar<long>(CountAccounts) > 0)
            {
                return null;
            }

            await tx.Execute(Store, new { Id = 1, CodeHash = Hash(code), ExpiresAt = time.GetUtcNow() + GoodFor });
            return code;
        }, repeatable: true);
    }

    internal static async Task<Reply> Handle(Tx tx, string code, CreateAccount.Prepared account, TimeProvider time)
    {
        if (await tx.Execute(Use, new { CodeHash = Hash(code), Now = time.GetUtcNow() }) == 0 || await tx.Scalar<long>(CountAccounts) > 0)
        {
            return new Problem(401, "wrong-code", new Text("链接无效、已用过或已过期。重新启动程序会给出新的链接。", "The link is wrong, used or too old. Restart the program for a new one."), []);
        }

        return await CreateAccount.Handle(tx, account, time);
    }

    // A form without a cookie or a script: the code itself proves who sends it.
    private static async Task<IResult> Submit(HttpContext http, Db<PortalService> db, LaborBridgeSettings settings, TimeProvider time)
    {
        var form = await http.Request.ReadFormAsync();
        var request = new Request(form["code"].ToString(), form["userName"].ToString(), form["password"].ToString(), form["displayName"].ToString());
        try
        {
            var account = Prepare(request, settings);
            var reply = await db.Write(async tx => await Handle(tx, request.Code, account, time) is { Problem: { } problem } ? throw new ProblemException(problem) : true);
            return reply ? Results.LocalRedirect("~/sign-in") : Results.BadRequest();
        }
        catch (ProblemException refused)
        {
            return Page(http, request.Code, refused.Problem);
        }
    }

    private static CreateAccount.Prepared Prepare(Request request, LaborBridgeSettings settings) =>
        CreateAccount.Prepare(new CreateAccount.Request(request.UserName, request.Password, request.DisplayName, Role.Admin, Station: null, Employer: null, Divisions: null), settings.Demo);

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    private static IResult Page(HttpContext http, string code, Problem? problem)
    {
        var language = http.Language();
        var words = problem is null ? "" : string.Concat(problem.Errors.Select(error => error.Message).Prepend(problem.Detail).Select(text => $"<p role=alert>{Encode(text.In(language))}</p>"));
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
        http.Response.Headers.CacheControl = "no-store";
        return Results.Content($"""
            <!doctype html><html lang="{(language == Language.En ? "en" : "zh-CN")}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta name="referrer" content="no-referrer"><title>LaborBridge</title>
            <style>body{"{"}font:1rem/1.6 sans-serif;max-width:24rem;margin:3rem auto;padding:0 1rem{"}"}input,button{"{"}display:block;width:100%;box-sizing:border-box;font:inherit;padding:.4rem;margin-bottom:1rem{"}"}</style>
            <h1>{Say("创建第一个管理员", "Create the first administrator")}</h1>{words}
            <form method="post" action="{Path}"><input type="hidden" name="code" value="{Encode(code)}">
            <label>{Say("用户名", "User name")}<input name="userName" required autocomplete="username"></label>
            <label>{Say("姓名", "Name")}<input name="displayName" required autocomplete="name"></label>
            <label>{Say("密码（至少 10 位）", "Password (at least 10 characters)")}<input name="password" type="password" required minlength="10" autocomplete="new-password"></label>
            <button>{Say("创建", "Create")}</button></form></html>
            """, "text/html; charset=utf-8", Encoding.UTF8, problem?.Status ?? 200);

        string Say(string zh, string en) => new Text(zh, en).In(language);
        static string Encode(string text) => WebUtility.HtmlEncode(text);
    }
}

/// <summary>Prints the link, once the process listens and there is no account.</summary>
internal sealed class InviteFirstAdministrator(Db<PortalService> db, ServiceAddresses addresses, LaborBridgeSettings settings, TimeProvider time, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listening = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        if (!settings.Demo && await FirstAdministrator.Invite(db, time) is { } code)
        {
            await Console.Out.WriteLineAsync($"尚无账号，请打开此一次性链接创建管理员 / No accounts yet, create the administrator here: {addresses.Authority}{FirstAdministrator.Path}?code={code}");
        }
    }
}
