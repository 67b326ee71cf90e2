using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal.Accounts;

/// <summary>Somebody who may sign in.</summary>
internal sealed class Account
{
    private const string Columns =
        "id, user_name, display_name, role, station, employer, divisions, password_hash, totp_secret, totp_proposed, totp_step, failures, locked_until, disabled, version, created_at";

    private const int FailuresAllowed = 5;
    private static readonly TimeSpan LongestLock = TimeSpan.FromHours(1);

    private static readonly Sql SelectById = Sql.Text($"SELECT {Columns} FROM accounts WHERE id = @Id");
    private static readonly Sql SelectForUpdate = Sql.Text($"SELECT {Columns} FROM accounts {{lock}} WHERE id = @Id {{for update}}");
    private static readonly Sql SelectByName = Sql.Text($"SELECT {Columns} FROM accounts WHERE user_name = @UserName");
    private static readonly Sql SelectAll = Sql.Text($"SELECT {Columns} FROM accounts WHERE user_name > @After ORDER BY user_name {{first:@Take}}");

    private static readonly Sql SelectNames = Sql.Text("SELECT id, display_name FROM accounts WHERE id IN @Ids");

    public required Guid Id { get; init; }

    /// <summary>Lower case.</summary>
    public required string UserName { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>Kebab-case.</summary>
    public required string Role { get; init; }

    public Guid? Station { get; init; }

    public Guid? Employer { get; init; }

    /// <summary>Codes with commas between them.</summary>
    public required string Divisions { get; init; }

    public required string PasswordHash { get; init; }

    /// <summary>Encrypted.</summary>
    public byte[]? TotpSecret { get; init; }

    /// <summary>Encrypted; not confirmed by a code yet.</summary>
    public byte[]? TotpProposed { get; init; }

    /// <summary>The time step of the last code taken: no code works twice.</summary>
    public required long TotpStep { get; init; }

    /// <summary>Attempts since the last success.</summary>
    public required int Failures { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    public required bool Disabled { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<string> DivisionCodes => Divisions.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public static string Normal(string userName) => userName.Trim().ToLowerInvariant();

    public static Task<Account?> Find(Tx tx, Guid id) => tx.First<Account>(SelectById, new { Id = id });

    public static Task<Account?> Lock(Tx tx, Guid id) => tx.First<Account>(SelectForUpdate, new { Id = id });

    public static Task<Account?> Find(Tx tx, string userName) => tx.First<Account>(SelectByName, new { UserName = Normal(userName) });

    public static async Task<IReadOnlyList<Account>> All(Tx tx, PageRequest page) => await tx.Query<Account>(SelectAll, new { After = page.After ?? "", page.Take });

    /// <summary>What accounts are called.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> Names(Tx tx, IReadOnlyCollection<Guid> ids) =>
        ids.Count == 0 ? new Dictionary<Guid, string>() : (await tx.Query<Named>(SelectNames, new { Ids = ids })).ToDictionary(one => one.Id, one => one.DisplayName);

    /// <summary>Until when nobody gets in after one more failure: from the fifth on a minute, then twice as long each time.</summary>
    public static DateTimeOffset? LockAfter(int failures, DateTimeOffset now) => failures < FailuresAllowed
        ? null
        : now + TimeSpan.FromMinutes(Math.Min(LongestLock.TotalMinutes, Math.Pow(2, failures - FailuresAllowed)));

    private sealed class Named
    {
        public required Guid Id { get; init; }

        public required string DisplayName { get; init; }
    }

    public AccountView View() => new(Id, Version, UserName, DisplayName, Role, Station, Employer, DivisionCodes, Disabled, TotpSecret is not null, CreatedAt);
}

/// <summary>An account as administrators see it.</summary>
internal sealed record AccountView(
    Guid Id, long Version, string UserName, string DisplayName, string Role, Guid? Station, Guid? Employer, IReadOnlyList<string> Divisions, bool Disabled, bool Totp, DateTimeOffset CreatedAt);
