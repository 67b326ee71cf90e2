using System.Collections.Concurrent;
using System.Diagnostics;

namespace LaborBridge.Tests.Fixtures;

/// <summary>A built service as a real process that can be killed, frozen and ended in order.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private readonly string service;
    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = [];

    private ServiceProcess(string service, Uri address, ProcessStartInfo start)
    {
        this.service = service;
        Address = address;
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Everything it has written so far.</summary>
    public string Output => string.Join('\n', lines);

    /// <summary>Starts a service (<c>Workers</c>, …, <c>AllInOne</c>) and waits until <c>/health/ready</c> answers 200.</summary>
    public static async Task<ServiceProcess> Start(string service, IReadOnlyDictionary<string, string?>? settings = null, int? port = null, params string[] arguments)
    {
        var started = Launch(service, settings, port, arguments);
        try
        {
            await started.Ready();
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a service without waiting. <paramref name="settings"/> are environment variables; null removes one.</summary>
    public static ServiceProcess Launch(string service, IReadOnlyDictionary<string, string?>? settings = null, int? port = null, params string[] arguments) =>
        Launch(service, Path.Combine(Repository.OutputOf($"services/{service}"), $"LaborBridge.{service}"), [], settings, port, arguments);

    /// <summary>Starts another program that hosts a service, for example one of the tests' own.</summary>
    /// <param name="service">What to call it.</param>
    /// <param name="program">Full path of the program.</param>
    /// <param name="before">Its own arguments, before those of every service.</param>
    /// <param name="settings">Environment variables; null removes one.</param>
    /// <param name="port">Where it listens; a free port when absent.</param>
    /// <param name="arguments">Arguments of the service.</param>
    public static ServiceProcess Launch(
        string service, string program, IReadOnlyList<string> before, IReadOnlyDictionary<string, string?>? settings, int? port, params string[] arguments)
    {
        var address = new Uri($"http://127.0.0.1:{port ?? FreePort.Next()}");
        var start = new ProcessStartInfo(program, [.. before, "--urls", address.ToString().TrimEnd('/'), .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(inherited);
        }
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }
        return new ServiceProcess(service, address, start);
    }

    /// <summary>Waits until <c>/health/ready</c> answers 200; fails at once when the process has ended.</summary>
    public async Task Ready(TimeSpan? deadline = null)
    {
        await Wait.Until(async () => HasExited || await AnswersReady(), $"{service} is ready", deadline ?? TimeSpan.FromSeconds(60), () => Output);
        if (HasExited)
        {
            await process.WaitForExitAsync();
            throw new InvalidOperationException($"{service} ended with {ExitCode} before it was ready:\n{Output}");
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM; waits for the end and returns the exit code. A service drains within 20 s.</summary>
    public async Task<int> Terminate(TimeSpan? deadline = null)
    {
        Signal.Terminate.SendTo(process);
        using var limit = new CancellationTokenSource(deadline ?? TimeSpan.FromSeconds(25));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"{service} did not end on SIGTERM:\n{Output}", e);
        }
        return ExitCode;
    }

    /// <summary>SIGSTOP: it keeps its connections and does nothing until <see cref="Thaw"/>.</summary>
    public void Freeze() => Signal.Stop.SendTo(process);

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal.Continue.SendTo(process);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!HasExited)
        {
            await Kill();
        }
        process.Dispose();
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("LaborBridge__", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || name is "DOTNET_ENVIRONMENT";

    private async Task<bool> AnswersReady()
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}
