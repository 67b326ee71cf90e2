using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace LaborBridge.Portal.Accounts;

/// <summary>What sign-in needs: signing keys, tokens, the visitor's cookie and the keys that protect it.</summary>
internal static class SignInSetup
{
    /// <summary>The cookie scheme of the pages; the API never takes it.</summary>
    public const string Cookie = "Cookie";

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<PortalSession>();
        services.AddHostedService<RotateSigningKeys>();
        services.AddHostedService<InviteFirstAdministrator>();

        services.AddSingleton<ProtectionKeys>();
        services.AddDataProtection().SetApplicationName("laborbridge");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = provider.GetRequiredService<ProtectionKeys>();
            options.XmlEncryptor = new NullXmlEncryptor(); // the repository encrypts what it stores
        }));
        services.AddAuthentication().AddCookie(Cookie, cookie =>
        {
            cookie.Cookie.Name = "session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/error/403";
            cookie.Events = new CookieAuthenticationEvents
            {
                OnValidatePrincipal = context => context.HttpContext.RequestServices.GetRequiredService<PortalSession>().Validate(context),
            };
        });
    }
}
