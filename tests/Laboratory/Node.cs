using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Laboratory;

/// <summary>One process of one service, started again whenever it has ended and is not held down: what an orchestrator does.</summary>
internal sealed class Node(string service, int replica, Func<Node, ServiceProcess> launch) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource end = new();

    // Nobody looks at a process while another takes its place.
    private readonly SemaphoreSlim change = new(1);
    private ServiceProcess process = null!;
    private Task watch = Task.CompletedTask;
    private bool down;

    public string Service => service;

    public int Replica => replica;

    public int Port { get; } = FreePort.Next();

    /// <summary>Between it and the broker.</summary>
    public Proxy? Link { get; set; }

    /// <summary>Starts the laboratory's host with another argument from its next start on.</summary>
    public bool Newer { get; set; }

    public Uri Address { get; private set; } = null!;

    public ServiceProcess Process => process;

    /// <summary>What all its processes have written.</summary>
    public List<string> Past { get; } = [];

    /// <summary>How often it had to be started again although nobody had stopped it.</summary>
    public int Crashes { get; private set; }

    public void Start()
    {
        Launch();
        watch = Watch();
    }

    /// <summary>Keeps it down after its end, until <see cref="Release"/>.</summary>
    public async Task Stop(bool kill)
    {
        await change.WaitAsync();
        try
        {
            down = true;
            if (process.HasExited)
            {
                return;
            }
        }
        finally
        {
            change.Release();
        }

        if (kill)
        {
            await process.Kill();
        }
        else
        {
            await process.Terminate();
        }
    }

    /// <summary>Starts it again at once.</summary>
    public void Release() => down = false;

    public async Task<bool> IsReady()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            using var answer = await process.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await process.DisposeAsync();
        await (Link?.DisposeAsync() ?? ValueTask.CompletedTask);
        end.Dispose();
        change.Dispose();
    }

    private void Launch()
    {
        process = launch(this);
        Address = process.Address;
    }

    private async Task Watch()
    {
        while (true)
        {
            await Task.Delay(Look, end.Token);
            await change.WaitAsync(end.Token);
            try
            {
                if (process.HasExited && !down)
                {
                    await Replace();
                }
            }
            finally
            {
                change.Release();
            }
        }
    }

    private async Task Replace()
    {
        if (process.ExitCode is not (0 or 137))
        {
            Crashes++;
        }

        Past.Add(process.Output);
        await process.DisposeAsync();
        Launch();
    }
}
