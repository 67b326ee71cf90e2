using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LaborBridge.Tests.Fixtures;

/// <summary>Ports nobody listens on, below the range that the system gives to outgoing connections; each is handed out once a process.</summary>
public static class FreePort
{
    private static readonly ConcurrentDictionary<int, bool> Given = [];

    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(15_000, 32_000);
            if (Given.TryAdd(port, value: true) && IsFree(port))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
