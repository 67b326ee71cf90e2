using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal.Accounts;

/// <summary>A user adds an authenticator to his own account: first the secret, then a code from it; from then on every sign-in needs a code.</summary>
internal static class SetUpTotp
{
    private static readonly Sql Propose = Sql.Text("UPDATE accounts SET totp_proposed = @Proposed WHERE id = @Id");
    private static readonly Sql Take = Sql.Text("UPDATE accounts SET totp_secret = @Secret, totp_proposed = NULL, totp_step = @Step, version = version + 1 WHERE id = @Id");

    internal sealed record Proposal(string Secret, string Address);

    internal sealed record Confirmation(string Code);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/accounts/own/totp", (HttpContext http, Requests<PortalService> requests, KeyRing keys) =>
        {
            var secret = Totp.NewSecret();
            return requests.Write(http, request: null, (tx, caller) => Begin(tx, caller, secret, keys));
        }).Allow(Everyone).WithName("SetUpTotp").Produces<Proposal>();

        app.MapPost("/api/accounts/own/totp/confirmation", (Confirmation request, HttpContext http, Requests<PortalService> requests, KeyRing keys, TimeProvider time) =>
            requests.Write(http, request, (tx, caller) => Confirm(tx, caller, request, keys, time)))
            .Allow(Everyone).WithName("ConfirmTotp");
    }

    private static Role[] Everyone => [Role.Collector, Role.Station, Role.Employer, Role.Official, Role.Admin];

    private static async Task<Reply> Begin(Tx tx, Caller caller, string secret, KeyRing keys)
    {
        if (await Account.Find(tx, Guid.Parse(caller.Subject)) is not { } account)
        {
            return Problem.NotFound();
        }

        await tx.Execute(Propose, new { account.Id, Proposed = keys.Encrypt("accounts", "totp_proposed", account.Id, secret) });
        return Reply.Ok(new Proposal(secret, Totp.Address(secret, account.UserName)));
    }

    private static async Task<Reply> Confirm(Tx tx, Caller caller, Confirmation request, KeyRing keys, TimeProvider time)
    {
        if (await Account.Lock(tx, Guid.Parse(caller.Subject)) is not { TotpProposed: { } proposed } account)
        {
            return Problem.Conflict("step-out-of-order", new Text("请先获取动态码密钥。", "Ask for a secret first."));
        }

        var secret = keys.Decrypt("accounts", "totp_proposed", account.Id, proposed);
        if (Totp.Step(secret, request.Code, time.GetUtcNow(), last: 0) is not { } step)
        {
            return Problem.Validation("code", "wrong-code", "动态码不正确，请核对手机时间后重试。", "The code is wrong; check the phone's clock and try again.");
        }

        await tx.Execute(Take, new { account.Id, Secret = keys.Encrypt("accounts", "totp_secret", account.Id, secret), Step = step });
        return Reply.NoContent();
    }
}
