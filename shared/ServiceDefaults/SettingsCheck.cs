using LaborBridge.Persistence;

namespace LaborBridge.ServiceDefaults;

/// <summary>What is wrong with the settings, each with what to write instead.</summary>
internal static class SettingsCheck
{
    public static readonly Dictionary<string, SqlKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sqlite"] = SqlKind.Sqlite,
        ["postgresql"] = SqlKind.PostgreSql,
        ["sqlserver"] = SqlKind.SqlServer,
    };

    public static IEnumerable<string> Errors(LaborBridgeSettings settings, IReadOnlyList<ILaborBridgeService> services) =>
        Database(settings, services)
            .Concat(Broker(settings))
            .Concat(Authority(settings))
            .Concat(Services(settings, services))
            .Concat(Keys(settings))
            .Concat(Limits(settings))
            .Concat(Demo(settings));

    private static IEnumerable<string> Database(LaborBridgeSettings settings, IReadOnlyList<ILaborBridgeService> services)
    {
        var (kind, connection) = (settings.Database.Kind, settings.Database.ConnectionString);
        if (!Kinds.TryGetValue(kind, out var sql))
        {
            yield return $"LaborBridge__Database__Kind is '{kind}'. Write sqlite, postgresql or sqlserver.";
            yield break;
        }

        if (connection is null && sql != SqlKind.Sqlite)
        {
            yield return "LaborBridge__Database__ConnectionString is missing. Write for example "
                + (sql == SqlKind.PostgreSql ? "Host=db;Database=laborbridge_{service};Username=…;Password=…" : "Server=db;Database=laborbridge_{service};User Id=…;Password=…;TrustServerCertificate=true");
        }
        else if (connection is not null && services.Count > 1 && !connection.Contains("{service}", StringComparison.Ordinal))
        {
            yield return "LaborBridge__Database__ConnectionString names one database for several services. Write {service} where the service's name belongs.";
        }

        if (sql == SqlKind.Sqlite && connection?.Contains(":memory:", StringComparison.OrdinalIgnoreCase) == true)
        {
            yield return "LaborBridge__Database__ConnectionString keeps the data in memory, where it is lost. Write Data Source=/path/{service}.db";
        }
    }

    private static IEnumerable<string> Broker(LaborBridgeSettings settings)
    {
        if (settings.Broker.Address is { } address && !IsAddress(address, "amqp", "amqps"))
        {
            yield return "LaborBridge__Broker__Address is no address of a broker. Write amqp://user:password@host:5672/ or amqps://…";
        }
    }

    private static IEnumerable<string> Authority(LaborBridgeSettings settings)
    {
        if (settings.Authority is { } address)
        {
            if (!IsAddress(address, "http", "https"))
            {
                yield return $"LaborBridge__Authority is '{address}'. Write the portal's base address, for example http://localhost:8080";
            }
        }
        else if (!settings.EmbeddedDefaults)
        {
            yield return "LaborBridge__Authority is missing. Write the portal's base address, for example http://localhost:8080";
        }
    }

    private static IEnumerable<string> Services(LaborBridgeSettings settings, IReadOnlyList<ILaborBridgeService> services)
    {
        foreach (var (name, address) in settings.Services.Where(service => !IsAddress(service.Value, "http", "https")))
        {
            yield return $"LaborBridge__Services__{Pascal(name)} is '{address}'. Write its base address, for example http://localhost:8081";
        }

        if (settings.EmbeddedDefaults)
        {
            yield break;
        }

        foreach (var missing in services.SelectMany(service => service.Calls).Distinct().Where(name => !settings.Services.ContainsKey(name)))
        {
            yield return $"LaborBridge__Services__{Pascal(missing)} is missing. Write the base address of {missing}, for example http://localhost:{DefaultPorts.Of(missing)}";
        }
    }

    private static IEnumerable<string> Keys(LaborBridgeSettings settings)
    {
        if (settings.Keys.SettleSeconds is < 0 or > 3600)
        {
            yield return $"LaborBridge__Keys__SettleSeconds is {settings.Keys.SettleSeconds}. Write 0 to 3600.";
        }

        if (settings.Keys.Folder is null && !settings.EmbeddedDefaults)
        {
            yield return "LaborBridge__Keys__Folder is missing. Write a folder with field-1.key and lookup.key "
                + "(32 random bytes in base64 each, e.g. 'openssl rand -base64 32'), the same for every service.";
        }
        else if (settings.Keys.Folder is { } folder && !settings.EmbeddedDefaults
            && (!File.Exists(Path.Combine(folder, "lookup.key")) || Directory.GetFiles(folder, "field-*.key").Length == 0))
        {
            yield return $"LaborBridge__Keys__Folder is '{folder}', which has no field-1.key (or later field-N.key) or no lookup.key. "
                + "Put both there (32 random bytes in base64 each, e.g. 'openssl rand -base64 32'), the same for every service.";
        }
    }

    private static IEnumerable<string> Demo(LaborBridgeSettings settings)
    {
        if (settings is { Demo: true, EmbeddedDefaults: false })
        {
            yield return "--demo is for AllInOne only: its accounts have known passwords. Leave it out.";
        }
    }

    private static IEnumerable<string> Limits(LaborBridgeSettings settings)
    {
        foreach (var (name, value) in new[] { ("PublicBoard", settings.Limits.PublicBoard), ("Links", settings.Limits.Links), ("Sessions", settings.Limits.Sessions) })
        {
            if (value is < 1 or > 1_000_000)
            {
                yield return $"LaborBridge__Limits__{name} is {value}. Write how many requests a minute one client address may send, 1 to 1000000.";
            }
        }
    }

    private static bool IsAddress(string text, params string[] schemes) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme);

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
