using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Laboratory;

/// <summary>The five services as real processes, with a broker and where asked a database server that nobody else uses.</summary>
internal sealed partial class Cluster : IAsyncDisposable
{
    public const string Password = "Jishi-2026-tong";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(120);

    private readonly TempFolder folder = TempFolder.Create();
    private readonly List<Node> nodes = [];
    private readonly Dictionary<string, string?> settings = [];

    private Cluster(Setup setup, Broker broker, PostgreSql? server) => (Setup, Broker, Server) = (setup, broker, server);

    public Setup Setup { get; }

    public Broker Broker { get; }

    public PostgreSql? Server { get; }

    public IReadOnlyList<Node> Nodes => nodes;

    public SmallDisk? Disk { get; private set; }

    /// <summary>Seconds that the laboratory's clocks are ahead, by service.</summary>
    public Clocks Clocks { get; private set; } = null!;

    public Node Node(string service, int replica) => nodes.Single(node => node.Service == service && node.Replica == replica);

    public IEnumerable<Node> Replicas(string service) => nodes.Where(node => node.Service == service);

    /// <summary>Connection string of a service's database, seen from the laboratory.</summary>
    public string ConnectionString(string service) => Server is null
        ? $"Data Source={FileOf(service)}"
        : $"{Server.ConnectionString};Database=lab_{service};Maximum Pool Size=4";

    /// <summary>The file of a service's database, seen from the laboratory.</summary>
    public string FileOf(string service) => Path.Combine(Disk is { } disk && disk.Service == service ? disk.Path : folder.Path, service + ".db");

    public static async Task<Cluster> Start(Setup setup)
    {
        var broker = Broker.StartOwn();
        var server = setup.Server ? await PostgreSql.StartOwn() : null;
        var cluster = new Cluster(setup, await broker, server);
        try
        {
            await cluster.Prepare();
            foreach (var service in Names.All)
            {
                for (var replica = 0; replica < (service == "portal" ? 1 : setup.Replicas); replica++)
                {
                    var node = new Node(service, replica, node => cluster.Launch(node));
                    node.Link = service == "portal" ? null : new Proxy(cluster.Broker.Address.Port);
                    cluster.nodes.Add(node);
                }
            }

            cluster.Address();
            cluster.nodes.ForEach(node => node.Start());
            await Wait.Until(cluster.IsReady, "all processes are ready", StartsWithin, cluster.Output);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task<bool> IsReady() => (await Task.WhenAll(nodes.Select(node => node.IsReady()))).All(ready => ready);

    /// <summary>The code of the one-time link that the portal printed.</summary>
    public async Task CreateFirstAdministrator()
    {
        var portal = Node("portal", 0);
        await Wait.Until(() => Link().IsMatch(portal.Process.Output), "the portal prints the one-time link", details: () => portal.Process.Output);
        using var answer = await portal.Process.Client.PostAsJsonAsync(
            new Uri("/api/accounts/first", UriKind.Relative),
            new { code = Link().Match(portal.Process.Output).Groups[1].Value, userName = "lab-admin", password = Password, displayName = "系统管理员" });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Runs a service once with <c>--restored</c>, to its end.</summary>
    public async Task Restored(Node node)
    {
        await using var once = Launch(node, "--restored");
        await Wait.Until(() => once.HasExited, "the service has taken note that its database was restored", TimeSpan.FromSeconds(60), () => once.Output);
        if (once.ExitCode != 0)
        {
            throw new InvalidOperationException(once.Output);
        }
    }

    /// <summary>The end of what every process wrote.</summary>
    public string Output() => string.Join('\n', nodes.Select(node => $"--- {node.Service} {node.Replica}\n{Tail(node.Process.Output)}"));

    /// <summary>Everything that the processes wrote, by node, and what the broker says of itself.</summary>
    public async Task Keep(string into)
    {
        Directory.CreateDirectory(into);
        foreach (var node in nodes)
        {
            await File.WriteAllTextAsync(Path.Combine(into, $"{node.Service}-{node.Replica}.log"), string.Join("\n=== started again\n", [.. node.Past, node.Process.Output]));
        }

        foreach (var (name, question) in new[]
        {
            ("queues", "list_queues name messages messages_unacknowledged consumers state"),
            ("channels", "list_channels connection number confirm consumer_count messages_unconfirmed messages_unacknowledged"),
            ("stuck", "eval rabbit_diagnostics:maybe_stuck()."),
        })
        {
            await File.WriteAllTextAsync(Path.Combine(into, $"broker-{name}.txt"), await Broker.Control(question.Split(' ')));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
        await (Server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Broker.DisposeAsync();
        await (Disk?.DisposeAsync() ?? ValueTask.CompletedTask);
        // What was killed last may still have a file open for a moment.
        await Wait.Until(() => { folder.Dispose(); return true; }, "the laboratory's folder is cleared");
    }

    private static string Tail(string text) => text.Length <= 3000 ? text : text[^3000..];

    private async Task Prepare()
    {
        Clocks = new Clocks(folder["clocks"]);
        Disk = Setup.SmallDisk is { } service ? await SmallDisk.Mount(service) : null;
        var keys = Directory.CreateDirectory(folder["keys"]).FullName;
        foreach (var key in new[] { "field-1.key", "lookup.key" })
        {
            await File.WriteAllTextAsync(Path.Combine(keys, key), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        }

        settings["LaborBridge__Keys__Folder"] = keys;
        settings["LaborBridge__Database__Kind"] = Server is null ? "sqlite" : "postgresql";
        settings["LaborBridge__Limits__Sessions"] = "100000";
    }

    private void Address()
    {
        settings["LaborBridge__Authority"] = $"http://127.0.0.1:{Node("portal", 0).Port}";
        foreach (var service in Names.All)
        {
            settings[$"LaborBridge__Services__{Names.Program(service)}"] = $"http://127.0.0.1:{Node(service, 0).Port}";
        }
    }

    private ServiceProcess Launch(Node node, params string[] arguments)
    {
        var own = new Dictionary<string, string?>(settings)
        {
            ["LaborBridge__Data"] = folder.Path,
            ["LaborBridge__Broker__Address"] = node.Link is { } link ? $"amqp://guest:guest@127.0.0.1:{link.Port}" : null,
            ["LaborBridge__Database__ConnectionString"] = Server is null ? $"Data Source={FileOf(node.Service)}" : $"{Server.ConnectionString};Database=lab_{node.Service};Maximum Pool Size=20",
        };
        var program = Names.Program(node.Service);
        if (node.Service == "portal" || (!Setup.Hosted && Setup.Mutant is null))
        {
            return ServiceProcess.Launch(program, own, node.Port, arguments);
        }

        List<string> before = ["host", node.Service, "--clock", Clocks.FileOf(node.Service)];
        if (node.Newer)
        {
            before.Add("--newer");
        }

        if (Setup.Mutant is { } mutant)
        {
            before.AddRange(["--mutant", mutant]);
        }

        return ServiceProcess.Launch(program, Path.Combine(Repository.OutputOf("tests/Laboratory"), "LaborBridge.Tests.Laboratory"), [.. before, "--"], own, node.Port, arguments);
    }

    [GeneratedRegex(@"/first-administrator\?code=([A-Za-z0-9_-]+)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Link();
}
