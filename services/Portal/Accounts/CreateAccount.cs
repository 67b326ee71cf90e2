using LaborBridge.Domain;
using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal.Accounts;

/// <summary>An administrator gives somebody an account: one role, and what it sees.</summary>
internal static class CreateAccount
{
    private static readonly Sql Insert = Sql.Insert("accounts",
        "id, user_name, display_name, role, station, employer, divisions, password_hash, totp_step, failures, disabled, version, created_at");

    internal sealed record Request(string UserName, string Password, string DisplayName, Role Role, Guid? Station, Guid? Employer, IReadOnlyList<string>? Divisions);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/accounts", (Request request, HttpContext http, Requests<PortalService> requests, LaborBridgeSettings settings, TimeProvider time) =>
    {
        var prepared = Prepare(request, settings.Demo);
        return requests.Write(http, request, (tx, _) => Handle(tx, prepared, time));
    }).Allow(Role.Admin).WithName("CreateAccount").Produces<AccountView>(StatusCodes.Status201Created);

    /// <summary>Checks the request and hashes the password, outside of any transaction.</summary>
    /// <exception cref="ProblemException">Something is wrong with it.</exception>
    internal static Prepared Prepare(Request request, bool demo)
    {
        var checks = new Checks();
        var divisions = request.Divisions ?? [];
        var userName = AccountForm.CheckName(checks, request.UserName);
        var displayName = checks.Require("displayName", request.DisplayName, longest: 100);
        AccountForm.CheckSight(checks, request.Role, request.Station, request.Employer, divisions);
        Passwords.Check(checks, "password", request.Password, userName, demo);
        return checks.Problem is { } problem
            ? throw new ProblemException(problem)
            : new Prepared(userName, displayName, request.Role, request.Station, request.Employer, divisions, Passwords.Hash(request.Password));
    }

    internal static async Task<Reply> Handle(Tx tx, Prepared prepared, TimeProvider time)
    {
        if (await Account.Find(tx, prepared.UserName) is not null)
        {
            return Problem.Validation("userName", "taken", "用户名已被使用。", "The user name is taken.");
        }

        var account = new Account
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            UserName = prepared.UserName,
            DisplayName = prepared.DisplayName,
            Role = Kebab.Of(prepared.Role),
            Station = prepared.Station,
            Employer = prepared.Employer,
            Divisions = string.Join(',', prepared.Divisions),
            PasswordHash = prepared.PasswordHash,
            TotpStep = 0,
            Failures = 0,
            Disabled = false,
            Version = 1,
            CreatedAt = time.GetUtcNow(),
        };
        await tx.Execute(Insert, account);
        return Reply.Created($"/api/accounts/{account.Id}", account.View(), account.Version);
    }

    internal sealed record Prepared(string UserName, string DisplayName, Role Role, Guid? Station, Guid? Employer, IReadOnlyList<string> Divisions, string PasswordHash);
}
