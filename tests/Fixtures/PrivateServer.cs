using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LaborBridge.Tests.Fixtures;

/// <summary>A server started by <c>tests/Fixtures/private-server</c>: loopback, own port, own data folder, ended with this process.</summary>
internal sealed class PrivateServer(string kind) : IAsyncDisposable
{
    private readonly TempFolder folder = TempFolder.Create();
    private Process? process;

    public int Port { get; } = FreePort.Next();

    public string Folder => folder.Path;

    public int Id => process?.Id ?? throw new InvalidOperationException($"The private {kind} was not started.");

    /// <summary>Starts it (again, on the same data) and waits until it takes connections.</summary>
    public async Task Start()
    {
        process?.Dispose();
        process = Process.Start(new ProcessStartInfo("bash", [Repository.PathOf("tests", "Fixtures", "private-server"), kind, Folder, $"{Port}", $"{Environment.ProcessId}"]))!;
        await Wait.Until(async () => process.HasExited || await TakesConnections(), $"the private {kind} takes connections", TimeSpan.FromSeconds(60));
        if (process.HasExited)
        {
            throw new InvalidOperationException($"The private {kind} ended at start with {process.ExitCode}:\n{Log()}");
        }
    }

    /// <summary>SIGKILL, without any chance to write.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>The orderly end.</summary>
    public async Task Stop(Signal signal)
    {
        if (process is null || process.HasExited)
        {
            return;
        }
        signal.SendTo(process);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(deadline.Token);
    }

    /// <summary>SIGSTOP: it keeps its connections and does nothing until <see cref="Thaw"/>.</summary>
    public void Freeze() => Signal.Stop.SendTo(process!);

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal.Continue.SendTo(process!);

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await Kill();
        }
        process?.Dispose();
        // What served the server ends within a second and may still hold a file.
        await Wait.Until(() => { folder.Dispose(); return true; }, "the folder of the private server is cleared");
    }

    private async Task<bool> TakesConnections()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Log() => File.Exists(folder["log"]) ? File.ReadAllText(folder["log"]) : "no log";
}
