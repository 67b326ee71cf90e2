using System.Diagnostics;

namespace LaborBridge.Tests.Fixtures;

/// <summary>
/// RabbitMQ for tests. <see cref="Shared"/> is the broker of <c>tests/run</c>, or one started once for this process; a test works in a
/// virtual host of its own. <see cref="StartOwn"/> is for tests that kill, wipe or restart the broker.
/// </summary>
public sealed class Broker : IAsyncDisposable
{
    private static readonly Lazy<Task<Broker>> OncePerProcess = new(UseGivenOrStart);

    private readonly PrivateServer? server;
    private readonly string? ctl;

    private Broker(Uri address, string? ctl, PrivateServer? server) => (Address, this.ctl, this.server) = (address, ctl, server);

    public static bool IsAvailable => Given is not null || File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server");

    /// <summary>For example <c>amqp://guest:guest@localhost:25672</c>.</summary>
    public Uri Address { get; }

    private static string? Given => Environment.GetEnvironmentVariable("LABORBRIDGE_TEST_RABBITMQ") is { Length: > 0 } given ? given : null;

    public static Task<Broker> Shared() => OncePerProcess.Value;

    /// <summary>A broker that nobody else uses: about 6 seconds.</summary>
    public static async Task<Broker> StartOwn()
    {
        var started = new PrivateServer("rabbitmq");
        await started.Start();
        return new Broker(new Uri($"amqp://guest:guest@localhost:{started.Port}"), Path.Combine(started.Folder, "ctl"), started);
    }

    /// <summary>An empty broker within the broker; its address ends with its name. Half a second.</summary>
    public async Task<VirtualHost> CreateVirtualHost()
    {
        var name = $"t{Random.Shared.NextInt64():x16}";
        const string all = "<<\".*\">>";
        await Control("eval", $"rabbit_vhost:add(<<\"{name}\">>, <<\"guest\">>), "
            + $"rabbit_auth_backend_internal:set_permissions(<<\"guest\">>, <<\"{name}\">>, {all}, {all}, {all}, <<\"guest\">>).");
        return new VirtualHost(this, name);
    }

    /// <summary>Runs <c>rabbitmqctl</c> on this broker and returns what it prints.</summary>
    public async Task<string> Control(params string[] arguments)
    {
        var program = ctl ?? throw new InvalidOperationException("LABORBRIDGE_TEST_RABBITMQ is set: set LABORBRIDGE_TEST_RABBITMQCTL to a rabbitmqctl that reaches this broker.");
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"rabbitmqctl {arguments[0]}: {output}{await error}");
    }

    /// <summary>SIGKILL.</summary>
    public Task Kill() => Own.Kill();

    /// <summary>Starts it again after <see cref="Kill"/> or <see cref="Stop"/>, on the same port and data.</summary>
    public Task Start() => Own.Start();

    /// <summary>Ends it in order.</summary>
    public Task Stop() => Own.Stop(Signal.Terminate);

    /// <inheritdoc cref="PrivateServer.Freeze"/>
    public void Freeze() => Own.Freeze();

    /// <summary>Lets it go on after <see cref="Freeze"/>.</summary>
    public void Thaw() => Own.Thaw();

    /// <summary>Clears the data folder of a broker that is down, as if its disk were lost.</summary>
    public void Wipe() => Directory.Delete(Path.Combine(Own.Folder, "mnesia"), recursive: true);

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private PrivateServer Own => server ?? throw new InvalidOperationException("This broker serves others too: use Broker.StartOwn().");

    private static async Task<Broker> UseGivenOrStart() => Given is { } given
        ? new Broker(new Uri(given), Environment.GetEnvironmentVariable("LABORBRIDGE_TEST_RABBITMQCTL"), server: null)
        : await StartOwn();
}

/// <summary>A part of a broker with its own exchanges and queues.</summary>
public sealed class VirtualHost(Broker broker, string name) : IAsyncDisposable
{
    public string Name => name;

    public Broker Broker => broker;

    public Uri Address { get; } = new(broker.Address, name);

    public async ValueTask DisposeAsync() => await broker.Control("delete_vhost", name);
}
