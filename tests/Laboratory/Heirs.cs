using System.Diagnostics;

namespace LaborBridge.Tests.Laboratory;

/// <summary>
/// Everything that the laboratory starts carries its mark in the environment. A watcher ends what carries it when the laboratory has ended, however it ended: services
/// have no reason to end by themselves.
/// </summary>
internal static class Heirs
{
    /// <summary>Name of the variable; its value is the laboratory's process.</summary>
    public const string Mark = "LABORBRIDGE_LABORATORY";

    private static readonly Lazy<Process> Watcher = new(Start);

    /// <summary>Marks what is started from now on, and watches over it.</summary>
    public static void Watch()
    {
        if (Watcher.Value.HasExited)
        {
            throw new InvalidOperationException("Nobody would end the processes of a laboratory that was killed.");
        }
    }

    private static Process Start()
    {
        var me = Environment.ProcessId;
        var script = $"while kill -0 {me} 2>/dev/null; do sleep 0.5; done; "
            + $"for entry in $(grep -lsz '^{Mark}={me}$' /proc/[0-9]*/environ); do entry=${{entry%/environ}}; kill -KILL ${{entry#/proc/}}; done";
        var watcher = new ProcessStartInfo("setsid", ["sh", "-c", script]) { UseShellExecute = false };
        watcher.Environment.Remove("LABORBRIDGE_TEST_RUN");
        var started = Process.Start(watcher)!;
        Environment.SetEnvironmentVariable(Mark, $"{me}");
        return started;
    }
}
