using System.Text.Encodings.Web;
using System.Text.Unicode;
using LaborBridge.Portal.Clients;
using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.WebEncoders;

namespace LaborBridge.Portal;

/// <summary>The pages: who may open which, and what stands around them.</summary>
internal static class PortalPages
{
    /// <summary>The scheme of the visitor's cookie; the API never takes it.</summary>
    public const string CookieScheme = "Cookie";

    private const string Everybody = "pages", Staff = "pages-station", Firms = "pages-employer", Officials = "pages-official", Admins = "pages-admin";

    public static void Add(IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddHttpClient(ServiceCalls.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            AllowAutoRedirect = false,
            UseProxy = false,
        }).RemoveAllLoggers();
        services.AddSingleton<Resilience>();
        services.AddSingleton<ServiceCalls>();
        services.AddSingleton<Texts>();
        services.AddSingleton<IStringLocalizer>(provider => provider.GetRequiredService<Texts>());
        services.AddSingleton<WorkersClient>().AddSingleton<EmployersClient>().AddSingleton<MatchingClient>().AddSingleton<PlacementsClient>().AddSingleton<PortalClient>();
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddAntiforgery(options => options.Cookie.Name = "af");
        services.AddAuthorizationBuilder()
            .AddPolicy(Everybody, policy => policy.AddAuthenticationSchemes(CookieScheme).RequireAssertion(_ => true))
            .AddPolicy(Staff, Only(Role.Collector, Role.Station, Role.Official))
            .AddPolicy(Firms, Only(Role.Employer))
            .AddPolicy(Officials, Only(Role.Official, Role.Station))
            .AddPolicy(Admins, Only(Role.Admin));
        services.AddRazorPages(pages =>
            {
                pages.Conventions.AuthorizeFolder("/Public", Everybody);
                pages.Conventions.AuthorizeFolder("/Station", Staff);
                pages.Conventions.AuthorizeFolder("/Employer", Firms);
                pages.Conventions.AuthorizeFolder("/Monitor", Officials);
                pages.Conventions.AuthorizeFolder("/Admin", Admins);
            })
            .AddMvcOptions(mvc =>
            {
                mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
                mvc.Filters.Add<SignInAgain>();
            })
            .ConfigureApplicationPartManager(AddPages);
    }

    public static void Use(IApplicationBuilder app)
    {
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api"), viewer => viewer.UseMiddleware<PageHeaders>());
        ApiViewer.Use(app);
        UsePages(app);
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapRazorPages();
        ApiViewer.Map(app);
    }

    private static void UsePages(IApplicationBuilder app) => app.UseWhen(http => !IsApi(http.Request.Path), pages => pages
        .UseMiddleware<PageHeaders>()
        .UseLanguageChoice()
        .UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache",
        })
        .UseExceptionHandler("/error/500")
        .UseStatusCodePagesWithReExecute("/error/{0}"));

    private static bool IsApi(PathString path) =>
        (path.StartsWithSegments("/api", out var rest) && rest.HasValue) || path.StartsWithSegments("/openapi") || path.StartsWithSegments("/health") || path.StartsWithSegments("/.well-known");

    private static Action<AuthorizationPolicyBuilder> Only(params Role[] roles) => policy => policy
        .AddAuthenticationSchemes(CookieScheme)
        .RequireAuthenticatedUser()
        .RequireAssertion(context => Visitor.Of(context.User).Is(roles));

    // The host's entry assembly may be another one, which does not know our pages.
    private static void AddPages(ApplicationPartManager manager)
    {
        var own = typeof(PortalPages).Assembly;
        if (!manager.ApplicationParts.OfType<CompiledRazorAssemblyPart>().Any(part => part.Assembly == own))
        {
            manager.ApplicationParts.Add(new AssemblyPart(own));
            manager.ApplicationParts.Add(new CompiledRazorAssemblyPart(own));
        }
    }
}
