namespace LaborBridge.ServiceDefaults;

/// <summary>The few options beside the settings, rewritten as settings.</summary>
internal static class CommandLine
{
    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal) { ["demo"] = "Demo", ["migrate-only"] = "MigrateOnly", ["restored"] = "Restored", ["new-key"] = "NewKey" };

    private static readonly string[] Frameworks = ["urls", "environment", "contentRoot", "applicationName"];

    /// <summary>The verb that the arguments begin with, if they do, and the arguments after it.</summary>
    public static (ServiceCommand? Command, string[] Options) Verb(string[] args, IReadOnlyList<ServiceCommand> commands)
    {
        if (args is not [[not '-', ..] verb, .. var rest])
        {
            return (null, args);
        }

        return (commands.FirstOrDefault(command => command.Name == verb)
            ?? throw new SettingsException([$"'{verb}' is no command of this program. There are: {string.Join(", ", commands.Select(command => command.Name))}."]), rest);
    }

    public static string[] Rewrite(string[] args)
    {
        var rewritten = new List<string>();
        var errors = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value) = Split(args[i]);
            if (name is not null && Switches.TryGetValue(name, out var setting))
            {
                rewritten.Add($"--LaborBridge:{setting}=true");
            }
            else if (name is not null && (name == "data" || name.Contains(':') || Frameworks.Contains(name, StringComparer.OrdinalIgnoreCase)))
            {
                value ??= i + 1 < args.Length ? args[++i] : null;
                if (value is null)
                {
                    errors.Add($"--{name} needs a value.");
                }

                rewritten.Add($"--{(name == "data" ? "LaborBridge:Data" : name)}={value}");
            }
            else
            {
                errors.Add($"'{args[i]}' is no option. There are: --data DIR, --urls ADDRESS, --migrate-only, --restored, --demo, --Section:Name=value.");
            }
        }

        return errors.Count == 0 ? [.. rewritten] : throw new SettingsException(errors);
    }

    private static (string? Name, string? Value) Split(string arg)
    {
        if (!arg.StartsWith("--", StringComparison.Ordinal))
        {
            return (null, null);
        }

        var equals = arg.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (arg[2..], null) : (arg[2..equals], arg[(equals + 1)..]);
    }
}
