using LaborBridge.Persistence;
using Microsoft.Extensions.Configuration;

namespace LaborBridge.ServiceDefaults;

/// <summary>The section <c>LaborBridge</c> of the configuration; by environment <c>LaborBridge__Database__Kind</c> and so on.</summary>
public sealed class LaborBridgeSettings
{
    /// <summary>Which database.</summary>
    public DatabaseSettings Database { get; init; } = new();

    /// <summary>Which broker.</summary>
    public BrokerSettings Broker { get; init; } = new();

    /// <summary>Where the secret keys are.</summary>
    public KeySettings Keys { get; init; } = new();

    /// <summary>Requests a minute and client address on the anonymous paths.</summary>
    public LimitSettings Limits { get; init; } = new();

    /// <summary>Who signs tokens: the <c>iss</c> in them and the address of <c>/.well-known</c>. Absent only in one process: then this process.</summary>
    public string? Authority { get; init; }

    /// <summary>Base addresses of other services by name; absent only in one process.</summary>
    public Dictionary<string, string> Services { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Folder of the SQLite files and of keys made by the program itself (<c>--data</c>).</summary>
    public string Data { get; init; } = "data";

    /// <summary>Everything runs in this process: it may make its own keys, trust itself, and do without a broker.</summary>
    public bool EmbeddedDefaults { get; init; }

    /// <summary>Invented people and known passwords (<c>--demo</c>), in one process only.</summary>
    public bool Demo { get; init; }

    /// <summary>Bring the databases to the present schema and end (<c>--migrate-only</c>).</summary>
    public bool MigrateOnly { get; init; }

    /// <summary>
    /// The databases were restored from a backup: bring them to the present schema, give their logs a new incarnation, and end (<c>--restored</c>). Once, before the
    /// services start on them: what was told after the backup is no longer true, and subscribers build their copies anew.
    /// </summary>
    public bool Restored { get; init; }

    /// <summary>Make a key before everything is encrypted anew (<c>rotate-keys --new-key</c>).</summary>
    public bool NewKey { get; init; }

    /// <summary>The kind of database; valid after <see cref="Read"/>.</summary>
    internal SqlKind Kind { get; private set; }

    /// <summary>The folder of keys; valid after <see cref="Read"/>.</summary>
    internal string KeyFolder => Keys.Folder ?? Path.Combine(Data, "keys");

    /// <summary>The connection string of one service.</summary>
    public string ConnectionString(string service) =>
        (Database.ConnectionString ?? $"Data Source={Path.Combine(Data, "{service}.db")}").Replace("{service}", service);

    /// <summary>Reads and checks everything at once.</summary>
    /// <exception cref="SettingsException">Something is wrong; the message has a line for each error.</exception>
    internal static LaborBridgeSettings Read(IConfiguration configuration, IReadOnlyList<ILaborBridgeService> services)
    {
        LaborBridgeSettings settings;
        try
        {
            settings = configuration.GetSection("LaborBridge").Get<LaborBridgeSettings>() ?? new();
        }
        catch (InvalidOperationException unreadable)
        {
            throw new SettingsException([unreadable.InnerException is { } cause ? $"{unreadable.Message} {cause.Message}" : unreadable.Message]);
        }

        var errors = SettingsCheck.Errors(settings, services).ToList();
        if (errors.Count > 0)
        {
            throw new SettingsException(errors);
        }

        settings.Kind = SettingsCheck.Kinds[settings.Database.Kind];
        return settings;
    }
}

/// <summary>Which database.</summary>
public sealed class DatabaseSettings
{
    /// <summary><c>sqlite</c>, <c>postgresql</c> or <c>sqlserver</c>.</summary>
    public string Kind { get; init; } = "sqlite";

    /// <summary>With <c>{service}</c> where the service's name goes. Absent: SQLite files in the data folder.</summary>
    public string? ConnectionString { get; init; }
}

/// <summary>Which broker.</summary>
public sealed class BrokerSettings
{
    /// <summary><c>amqp://user:password@host:5672/vhost</c>. Absent: in memory, in one process.</summary>
    public string? Address { get; init; }
}

/// <summary>Where the secret keys are.</summary>
public sealed class KeySettings
{
    /// <summary>Folder with <c>field-N.key</c> and <c>lookup.key</c>, the same for every service.</summary>
    public string? Folder { get; init; }

    /// <summary>Seconds that a further key lies in the folder before it encrypts, 0–3600: longer than the slowest process takes to see the file.</summary>
    public int SettleSeconds { get; init; } = 90;
}

/// <summary>Requests a minute and client address.</summary>
public sealed class LimitSettings
{
    /// <summary>The public board, 1–1,000,000.</summary>
    public int PublicBoard { get; init; } = 300;

    /// <summary>One-time links, 1–1,000,000.</summary>
    public int Links { get; init; } = 60;

    /// <summary>Sign-in, 1–1,000,000.</summary>
    public int Sessions { get; init; } = 60;
}

/// <summary>The configuration is wrong; nothing was started.</summary>
public sealed class SettingsException(IReadOnlyList<string> errors)
    : Exception($"The settings are not usable:{string.Concat(errors.Select(error => $"{Environment.NewLine}  * {error}"))}")
{
    /// <summary>One sentence each, with what to write instead.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
