using LaborBridge.Persistence;
using LaborBridge.Portal.Clients;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace LaborBridge.Portal.Accounts;

/// <summary>What sign-in needs: signing keys, tokens, the visitor's cookie and the keys that protect it.</summary>
internal static class SignInSetup
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<PortalSession>();
        services.AddSingleton<VisitorToken>(provider => provider.GetRequiredService<PortalSession>().Token);
        services.AddSingleton<SignInVisitor>(provider => provider.GetRequiredService<PortalSession>().SignIn);
        services.AddSingleton<SignOutVisitor>(provider => provider.GetRequiredService<PortalSession>().SignOut);
        services.AddSingleton<AccountNames>(provider => ids => provider.GetRequiredService<Db<PortalService>>().Read(tx => Account.Names(tx, ids)));
        services.AddHostedService<RotateSigningKeys>();
        services.AddHostedService<InviteFirstAdministrator>();

        services.AddSingleton<ProtectionKeys>();
        services.AddDataProtection().SetApplicationName("laborbridge");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = provider.GetRequiredService<ProtectionKeys>();
            options.XmlEncryptor = new NullXmlEncryptor(); // the repository encrypts what it stores
        }));
        services.AddAuthentication().AddCookie(PortalPages.CookieScheme, cookie =>
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
