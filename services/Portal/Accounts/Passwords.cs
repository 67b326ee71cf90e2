using LaborBridge.ServiceDefaults;
using Microsoft.AspNetCore.Identity;

namespace LaborBridge.Portal.Accounts;

/// <summary>Passwords: what they must be, and PBKDF2 as the framework does it. Hashing takes its time: do it outside of transactions.</summary>
internal static class Passwords
{
    /// <summary>The password of the demo's accounts, printed for everybody: refused wherever the demo does not run.</summary>
    public const string Demo = "LaborBridge-demo-1";

    private const int Shortest = 10, Longest = 200;
    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly object Nobody = new();
    private static readonly Lazy<string> Unknown = new(() => Hash("nobody has this one"));

    public static void Check(Checks checks, string field, string? password, string userName, bool demo)
    {
        if (checks.Require(field, password, Longest).Length == 0)
        {
            return;
        }

        checks.That(password!.Length >= Shortest, field, "too-short", $"密码至少 {Shortest} 位。", $"A password has at least {Shortest} characters.");
        checks.That(userName.Length == 0 || !password.Contains(userName, StringComparison.OrdinalIgnoreCase), field, "contains-user-name",
            "密码不能包含用户名。", "A password must not contain the user name.");
        checks.That(demo || password != Demo, field, "demo-password", "这是公开的演示密码，请另设一个。", "This is the public password of the demo; choose another.");
    }

    public static string Hash(string password) => Hasher.HashPassword(Nobody, password);

    /// <summary>Whether it is the password. An account that does not exist takes as long as one that does.</summary>
    public static bool Verify(string? hash, string password) =>
        Hasher.VerifyHashedPassword(Nobody, hash ?? Unknown.Value, password) != PasswordVerificationResult.Failed && hash is not null;
}
