using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal.Accounts;

/// <summary>An administrator changes what an account sees, disables it, gives it a new password, or takes a lost authenticator off. Its role stays.</summary>
internal static class ChangeAccount
{
    private static readonly Sql Update = Sql.Text("""
        UPDATE accounts SET display_name = @DisplayName, station = @Station, employer = @Employer, divisions = @Divisions, disabled = @Disabled,
            password_hash = @PasswordHash, totp_secret = @TotpSecret, failures = 0, locked_until = NULL, version = version + 1
        WHERE id = @Id
        """);

    internal sealed record Request(
        string DisplayName, Guid? Station, Guid? Employer, IReadOnlyList<string>? Divisions, bool Disabled = false, string? NewPassword = null, bool WithoutTotp = false);

    public static void Map(IEndpointRouteBuilder app) => app.MapPut("/api/accounts/{id:guid}", (
        Guid id, Request request, HttpContext http, Requests<PortalService> requests, LaborBridgeSettings settings) =>
    {
        var version = http.IfMatch();
        var hash = request.NewPassword is { } password ? Passwords.Hash(password) : null;
        return requests.Write(http, request, (tx, caller) => Handle(tx, caller, id, version, request, hash, settings.Demo));
    }).Allow(Role.Admin).WithName("ChangeAccount").Produces<AccountView>();

    internal static async Task<Reply> Handle(Tx tx, Caller caller, Guid id, long version, Request request, string? passwordHash, bool demo)
    {
        if (await Account.Lock(tx, id) is not { } account)
        {
            return Problem.NotFound();
        }

        if (account.Version != version)
        {
            return Problem.StaleVersion();
        }

        var checks = new Checks();
        var divisions = request.Divisions ?? [];
        var displayName = checks.Require("displayName", request.DisplayName, longest: 100);
        AccountForm.CheckSight(checks, Kebab.Parse<Role>(account.Role), request.Station, request.Employer, divisions);
        checks.That(!request.Disabled || caller.Subject != id.ToString(), "disabled", "own-account", "不能停用自己的账号。", "You cannot disable your own account.");
        if (request.NewPassword is not null)
        {
            Passwords.Check(checks, "newPassword", request.NewPassword, account.UserName, demo);
        }

        if (checks.Problem is { } problem)
        {
            return problem;
        }

        await tx.Execute(Update, new
        {
            Id = id,
            DisplayName = displayName,
            request.Station,
            request.Employer,
            Divisions = string.Join(',', divisions),
            request.Disabled,
            PasswordHash = passwordHash ?? account.PasswordHash,
            TotpSecret = request.WithoutTotp ? null : account.TotpSecret,
        });
        var changed = await Account.Find(tx, id);
        return Reply.Ok(changed!.View(), changed.Version);
    }
}
