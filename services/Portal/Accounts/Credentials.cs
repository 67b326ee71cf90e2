using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal.Accounts;

/// <summary>
/// Who gets in. Each attempt counts as a failure before the password is looked at, so that parallel guesses count too; success
/// sets the count back. The answer never tells what was wrong.
/// </summary>
internal sealed class Credentials(Db<PortalService> db, KeyRing keys, LaborBridgeSettings settings, TimeProvider time)
{
    public static readonly Problem Wrong = new(401, "wrong-credentials", new Text(
        "用户名、密码或动态码不正确。多次失败后账号会暂时锁定。",
        "User name, password or code is wrong. After several failures the account is locked for a while."), []);

    private static readonly Sql Count = Sql.Text("UPDATE accounts SET failures = @Failures, locked_until = @LockedUntil WHERE id = @Id");
    private static readonly Sql Clear = Sql.Text("UPDATE accounts SET failures = 0, locked_until = NULL, totp_step = @Step WHERE id = @Id AND totp_step <= @Step");

    /// <summary>The account, or null when something is wrong.</summary>
    public async Task<Account?> Check(string userName, string password, string? totp)
    {
        if (await db.Read(tx => Account.Find(tx, userName)) is not { } found)
        {
            Passwords.Verify(hash: null, password);
            return null;
        }

        var account = await db.Write(tx => CountAttempt(tx, found.Id));
        var right = Passwords.Verify(account?.PasswordHash, password) && (settings.Demo || password != Passwords.Demo);
        if (account is null || !right || Step(account, totp) is not { } step)
        {
            return null;
        }

        // Nobody may use the same code at the same moment.
        return await db.Write(tx => tx.Execute(Clear, new { account.Id, Step = step })) == 1 ? account : null;
    }

    // The account as it stands, or null when it is locked or disabled.
    private async Task<Account?> CountAttempt(Tx tx, Guid id)
    {
        var now = time.GetUtcNow();
        if (await Account.Lock(tx, id) is not { Disabled: false } account || account.LockedUntil > now)
        {
            return null;
        }

        var failures = account.Failures + 1;
        await tx.Execute(Count, new { account.Id, Failures = failures, LockedUntil = Account.LockAfter(failures, now) });
        return account;
    }

    private long? Step(Account account, string? totp) => account.TotpSecret is { } cipher
        ? Totp.Step(keys.Decrypt("accounts", "totp_secret", account.Id, cipher), totp, time.GetUtcNow(), account.TotpStep)
        : account.TotpStep;
}
