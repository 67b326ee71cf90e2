using LaborBridge.Persistence;
using LaborBridge.Portal.Accounts;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal;

/// <summary>Pages for the users, and sign-in. It has no data of its own but accounts.</summary>
public sealed class PortalService : ILaborBridgeService
{
    /// <inheritdoc/>
    public string Name => "portal";

    /// <inheritdoc/>
    public IReadOnlyList<string> Calls => ["workers", "employers", "matching", "placements"];

    /// <inheritdoc/>
    public IReadOnlyList<ISealed> Sealed => Secrets;

    private static readonly SealedColumn[] Secrets =
    [
        new("accounts", "id", "totp_secret"), new("accounts", "id", "totp_proposed"), new("signing_keys", "id", "private_key"), new("protection_keys", "id", "xml"),
    ];

    /// <inheritdoc/>
    public void Add(IHostApplicationBuilder builder)
    {
        SignInSetup.Add(builder.Services);
        PortalPages.Add(builder);
    }

    /// <inheritdoc/>
    public void Use(IApplicationBuilder app) => PortalPages.Use(app);

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder app)
    {
        CreateSession.Map(app);
        CreateAccount.Map(app);
        ChangeAccount.Map(app);
        FindAccounts.Map(app);
        SetUpTotp.Map(app);
        FirstAdministrator.Map(app);
        PublishKeys.Map(app);
        PortalPages.Map(app);
    }
}
