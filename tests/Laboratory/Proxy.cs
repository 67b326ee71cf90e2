using System.Net;
using System.Net.Sockets;
using LaborBridge.Tests.Fixtures;

namespace LaborBridge.Tests.Laboratory;

/// <summary>The network between one process and the broker, which the laboratory can make bad.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly int target;
    private readonly TcpListener listener;
    private readonly CancellationTokenSource end = new();
    private readonly Lock gate = new();
    private readonly List<Socket> sockets = [];
    private readonly Task accepting;

    public Proxy(int target)
    {
        this.target = target;
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        accepting = Accept();
    }

    public int Port { get; } = FreePort.Next();

    /// <summary>Nothing passes, connections break, new ones are refused.</summary>
    public bool IsCut { get; private set; }

    /// <summary>What is sent to the broker stays on the way; connections stay open.</summary>
    public bool HoldsRequests { get; set; }

    /// <summary>What the broker sends stays on the way; connections stay open.</summary>
    public bool HoldsAnswers { get; set; }

    /// <summary>Everything takes this much longer.</summary>
    public TimeSpan Delay { get; set; }

    public void Cut()
    {
        IsCut = true;
        Break();
    }

    /// <summary>Lets everything pass again, also what was held.</summary>
    public void Mend() => (IsCut, HoldsRequests, HoldsAnswers, Delay) = (false, false, false, TimeSpan.Zero);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        Break();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private void Break()
    {
        lock (gate)
        {
            sockets.ForEach(socket => socket.Close(timeout: 0));
            sockets.Clear();
        }
    }

    private async Task Accept()
    {
        while (!end.IsCancellationRequested)
        {
            var client = await listener.AcceptSocketAsync(end.Token);
            _ = Serve(client).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task Serve(Socket client)
    {
        using var near = client;
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        lock (gate)
        {
            sockets.AddRange([near, far]);
        }

        try
        {
            if (!IsCut)
            {
                await far.ConnectAsync(IPAddress.Loopback, target, end.Token);
                await Task.WhenAny(Pump(near, far, () => HoldsRequests), Pump(far, near, () => HoldsAnswers));
            }
        }
        catch (SocketException)
        {
            // The broker is down: so is the connection.
            near.Close(timeout: 0);
        }
        finally
        {
            lock (gate)
            {
                sockets.Remove(near);
                sockets.Remove(far);
            }
        }
    }

    private async Task Pump(Socket from, Socket to, Func<bool> holds)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await from.ReceiveAsync(buffer, end.Token)) > 0)
        {
            if (Delay > TimeSpan.Zero)
            {
                await Task.Delay(Delay, end.Token);
            }

            while (holds())
            {
                await Task.Delay(Look, end.Token);
            }

            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), end.Token);
            }
        }
    }
}
