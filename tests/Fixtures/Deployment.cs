using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace LaborBridge.Tests.Fixtures;

/// <summary>LaborBridge as somebody would run it: AllInOne, or five processes over a broker. Real processes, real files, the first administrator by the printed link.</summary>
public sealed partial class Deployment : IAsyncDisposable
{
    public const string AdminName = "first-admin";
    public const string AdminPassword = "Guanli-2026-yuan";

    private static readonly string[] Services = ["Portal", "Workers", "Employers", "Matching", "Placements"];

    private readonly Dictionary<string, string?> settings;
    private readonly Dictionary<string, int> ports;
    private readonly List<ServiceProcess> processes = [];

    private Deployment(Dictionary<string, string?> settings, Dictionary<string, int> ports) => (this.settings, this.ports) = (settings, ports);

    public ApiAddresses Addresses { get; private set; } = null!;

    public IReadOnlyList<ServiceProcess> Processes => processes;

    /// <summary>Everything in one process, SQLite files in a folder.</summary>
    public static async Task<Deployment> AllInOne(TempFolder data, Dictionary<string, string?>? more = null)
    {
        var deployment = new Deployment(
            new(more ?? []) { ["LaborBridge__Data"] = data.Path, ["LaborBridge__Limits__Sessions"] = "10000", ["LaborBridge__Limits__PublicBoard"] = "10000" },
            new(StringComparer.Ordinal) { ["AllInOne"] = FreePort.Next() });
        await deployment.Start();
        return deployment;
    }

    /// <summary>One process a service.</summary>
    /// <param name="data">Folder of the keys, and of the SQLite files.</param>
    /// <param name="broker">The broker.</param>
    /// <param name="postgreSql">Connection string with <c>{service}</c>; null: SQLite.</param>
    public static async Task<Deployment> Split(TempFolder data, Uri broker, string? postgreSql)
    {
        var keys = Directory.CreateDirectory(Path.Combine(data.Path, "keys")).FullName;
        foreach (var key in new[] { "field-1.key", "lookup.key" })
        {
            await File.WriteAllTextAsync(Path.Combine(keys, key), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        }

        var ports = Services.ToDictionary(service => service, _ => FreePort.Next(), StringComparer.Ordinal);
        var settings = new Dictionary<string, string?>
        {
            ["LaborBridge__Data"] = data.Path,
            ["LaborBridge__Keys__Folder"] = keys,
            ["LaborBridge__Broker__Address"] = broker.ToString(),
            ["LaborBridge__Authority"] = $"http://127.0.0.1:{ports["Portal"]}",
            ["LaborBridge__Database__Kind"] = postgreSql is null ? "sqlite" : "postgresql",
            ["LaborBridge__Limits__Sessions"] = "10000",
            ["LaborBridge__Limits__PublicBoard"] = "10000",
        };
        if (postgreSql is not null)
        {
            settings["LaborBridge__Database__ConnectionString"] = postgreSql;
        }

        foreach (var service in Services)
        {
            settings[$"LaborBridge__Services__{service}"] = $"http://127.0.0.1:{ports[service]}";
        }

        var deployment = new Deployment(settings, ports);
        await deployment.Start();
        return deployment;
    }

    /// <summary>Makes the first administrator through the link that the portal printed.</summary>
    public async Task CreateFirstAdministrator()
    {
        var code = (await FirstAdministratorLink()).Query.Split('=')[1];
        using var answer = await processes[0].Client.PostAsJsonAsync(
            new Uri("/api/accounts/first", UriKind.Relative), new { code, userName = AdminName, password = AdminPassword, displayName = "系统管理员" });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The one-time link that the portal printed.</summary>
    public async Task<Uri> FirstAdministratorLink()
    {
        var portal = processes[0];
        await Wait.Until(() => Link().IsMatch(portal.Output), "the portal prints the one-time link", details: () => portal.Output);
        return new Uri(portal.Address, Link().Match(portal.Output).Value);
    }

    /// <summary>SIGKILL of everything, then a start on the same data.</summary>
    public async Task KillAndRestart()
    {
        foreach (var process in processes)
        {
            await process.Kill();
        }

        await Stop();
        await Start();
    }

    public async ValueTask DisposeAsync() => await Stop();

    private async Task Start()
    {
        // Side by side: a split portal is ready before the others only if they do not need it to start.
        var started = ports.Select(port => ServiceProcess.Launch(port.Key, settings, port.Value)).ToList();
        processes.AddRange(started);
        try
        {
            await Task.WhenAll(started.Select(process => process.Ready(TimeSpan.FromSeconds(120))));
        }
        catch
        {
            await Stop();
            throw;
        }

        Addresses = started.Count == 1
            ? ApiAddresses.One(started[0].Address)
            : new ApiAddresses(started[0].Address, started[1].Address, started[2].Address, started[3].Address, started[4].Address);
    }

    private async Task Stop()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        processes.Clear();
    }

    [GeneratedRegex(@"/first-administrator\?code=[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Link();
}
