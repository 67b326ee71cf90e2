using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using LaborBridge.Portal;
using LaborBridge.Portal.Clients;
using LaborBridge.ServiceDefaults;
using LaborBridge.Tests.Fixtures;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LaborBridge.Tests.Services.Portal;

/// <summary>The portal's pages on a loopback port with stubs behind them. Who signed in is said by a header; the pages and their calls are the real ones.</summary>
internal sealed class PagesHost : IAsyncDisposable
{
    private readonly TempFolder folder = TempFolder.Create();
    private readonly WebApplication app;
    private readonly HttpClient http;

    private PagesHost(StubServices stub, IReadOnlyDictionary<string, string> settings)
    {
        Stub = stub;
        app = LaborBridgeHost.Build(["--urls", "http://127.0.0.1:0", "--data", folder.Path], [new PagesOnly()], builder => builder.Configuration.AddInMemoryCollection(
        [
            new("LaborBridge:EmbeddedDefaults", "true"),
            .. PagesOnly.Behind.Select(name => KeyValuePair.Create($"LaborBridge:Services:{name}", (string?)settings.GetValueOrDefault(name, stub.Address))),
            .. settings.Where(setting => setting.Key.Contains(':')).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
        ]));
        http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies });
    }

    public StubServices Stub { get; }

    public CookieContainer Cookies { get; } = new();

    public static async Task<PagesHost> Start(params (string Key, string Value)[] settings)
    {
        var host = new PagesHost(await StubServices.Start(), settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        await host.app.StartAsync();
        host.http.BaseAddress = new Uri(host.app.Urls.First());
        return host;
    }

    /// <summary>Signs in as somebody of this role.</summary>
    public void SignIn(string role, string division = "640422")
    {
        http.DefaultRequestHeaders.Remove(HeaderSignIn.Header);
        http.DefaultRequestHeaders.Add(HeaderSignIn.Header, $"{role} {division}");
    }

    public async Task<Page> Get(string path) => await Page.Of(await http.GetAsync(path));

    /// <summary>Sends the form with this test name as a browser would, with some fields typed.</summary>
    public async Task<Page> Send(Page page, string form, params (string Name, string Value)[] typed)
    {
        var element = Form(page, form);
        using var content = new FormUrlEncodedContent(Fields(element, typed));
        return await Page.Of(await http.PostAsync(element.GetAttribute("action") ?? page.Path, content));
    }

    /// <summary>The same with a file chosen in the field <c>file</c>.</summary>
    public async Task<Page> SendFile(Page page, string form, string fileName, byte[] file, params (string Name, string Value)[] typed)
    {
        var element = Form(page, form);
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in Fields(element, typed).Where(field => field.Key != "file"))
        {
            content.Add(new StringContent(value), name);
        }

        content.Add(new ByteArrayContent(file), "file", fileName);
        return await Page.Of(await http.PostAsync(element.GetAttribute("action") ?? page.Path, content));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        await Stub.DisposeAsync();
        folder.Dispose();
    }

    private static IHtmlFormElement Form(Page page, string form) => page.Html.QuerySelector<IHtmlFormElement>($"form[data-test='{form}']") ?? throw new InvalidOperationException($"No form {form}.");

    private static IEnumerable<KeyValuePair<string, string>> Fields(IHtmlFormElement form, (string Name, string Value)[] typed) =>
        Fields(form).Where(field => !typed.Any(one => one.Name == field.Key)).Concat(typed.Select(one => KeyValuePair.Create(one.Name, one.Value)));

    private static IEnumerable<KeyValuePair<string, string>> Fields(IHtmlFormElement form)
    {
        foreach (var input in form.QuerySelectorAll<IHtmlInputElement>("input[name]").Where(input => input.Type is not ("checkbox" or "radio") || input.IsDefaultChecked))
        {
            yield return KeyValuePair.Create(input.Name!, input.DefaultValue);
        }

        foreach (var select in form.QuerySelectorAll<IHtmlSelectElement>("select[name]"))
        {
            foreach (var option in select.Options.Where(option => option.IsDefaultSelected))
            {
                yield return KeyValuePair.Create(select.Name!, option.Value);
            }
        }

        foreach (var area in form.QuerySelectorAll<IHtmlTextAreaElement>("textarea[name]"))
        {
            yield return KeyValuePair.Create(area.Name!, area.DefaultValue);
        }
    }

    private sealed class PagesOnly : ILaborBridgeService
    {
        public static readonly string[] Behind = ["workers", "employers", "matching", "placements"];

        public string Name => "pages";

        public IReadOnlyList<string> Calls => Behind;

        public void Add(IHostApplicationBuilder builder)
        {
            PortalPages.Add(builder);
            builder.Services.AddSingleton<VisitorToken>(context => http => ValueTask.FromResult<string?>(http.User.Identity?.IsAuthenticated == true ? "visitor-token" : null));
            builder.Services.AddSingleton<SignInVisitor>((_, _, _, _) => Task.FromResult<Problem?>(Problem.Validation("password", "wrong", "密码不对。", "Wrong password.")));
            builder.Services.AddSingleton<SignOutVisitor>(_ => Task.CompletedTask);
            builder.Services.AddSingleton<AccountNames>(ids => Task.FromResult<IReadOnlyDictionary<Guid, string>>(
                new Dictionary<Guid, string> { [Guid.Parse("01900000-0000-7000-8000-00000000000c")] = "村干部马" }.Where(one => ids.Contains(one.Key)).ToDictionary()));
            builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, HeaderSignIn>(PortalPages.CookieScheme, configureOptions: null);
        }

        public void Use(IApplicationBuilder app) => PortalPages.Use(app);

        public void Map(IEndpointRouteBuilder app) => PortalPages.Map(app);
    }

    private sealed class HeaderSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Header = "Test-Visitor";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers[Header].ToString() is not { Length: > 0 } visitor)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var (role, division) = (visitor.Split(' ')[0], visitor.Split(' ')[1]);
            var identity = new ClaimsIdentity(
                [new("sub", "1"), new("name", "测试"), new("role", role), new("divisions", division), new("employer", "01900000-0000-7000-8000-000000000001"),
                    new("station", "01900000-0000-7000-8000-000000000001")], Scheme.Name, "name", "role");
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}

/// <summary>A page as received.</summary>
internal sealed record Page(int Status, string Path, string? Location, IHtmlDocument Html, HttpResponseMessage Response)
{
    public static async Task<Page> Of(HttpResponseMessage response) => new(
        (int)response.StatusCode, response.RequestMessage!.RequestUri!.PathAndQuery, response.Headers.Location?.ToString(),
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync()), response);

    /// <summary>The text of the first element with this test name; null without one.</summary>
    public string? Text(string test) => Html.QuerySelector($"[data-test='{test}']")?.TextContent.Trim();

    /// <summary>What is said to be wrong with a field.</summary>
    public string? Error(string field) => Html.QuerySelector($"[data-field='{field}'] .error")?.TextContent;
}
