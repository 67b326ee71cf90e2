using System.Diagnostics;
using System.Globalization;

namespace LaborBridge.Tests.Laboratory;

/// <summary>
/// Time as it would have passed on a machine of the laboratory's own: a second in which strangers had the processors for three quarters counts a quarter.
/// Promises about seconds are kept or broken by this clock, whatever else the machine does meanwhile; on a quiet machine it is the ordinary one.
/// </summary>
internal sealed class FairClock : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource end = new();
    private readonly byte[] mark = System.Text.Encoding.UTF8.GetBytes($"{Heirs.Mark}={Environment.ProcessId}");
    private double lost;

    public FairClock()
    {
        Heirs.Watch();
        _ = Task.Factory.StartNew(Sample, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Time since the start, without what strangers took.</summary>
    public TimeSpan Elapsed => clock.Elapsed - TimeSpan.FromSeconds(Volatile.Read(ref lost));

    /// <summary>Time since the start by the clock on the wall.</summary>
    public void Dispose()
    {
        end.Cancel();
        end.Dispose();
    }

    private void Sample()
    {
        var (busy, all, own, at) = (0L, 0L, new Dictionary<int, long>(), TimeSpan.Zero);
        var first = true;
        var token = end.Token;
        do
        {
            var (busyNow, allNow) = Machine();
            var ownNow = Own();
            var now = clock.Elapsed;
            if (!first && allNow > all)
            {
                var ours = ownNow.Sum(process => process.Value - own.GetValueOrDefault(process.Key));
                var strangers = Math.Clamp((double)(busyNow - busy - ours) / (allNow - all), 0, 0.95);
                Volatile.Write(ref lost, lost + ((now - at).TotalSeconds * strangers));
            }

            (busy, all, own, at, first) = (busyNow, allNow, ownNow, now, false);
        }
        while (!token.WaitHandle.WaitOne(Every));
    }

    // user, nice, system, idle, iowait, irq, softirq, steal: what a neighbour on the host takes is a stranger's too.
    private static (long Busy, long All) Machine()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return (ticks.Sum() - ticks[3] - ticks[4], ticks.Sum());
    }

    private Dictionary<int, long> Own()
    {
        var own = new Dictionary<int, long>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) || (id != Environment.ProcessId && !IsOurs(folder)))
            {
                continue;
            }

            try
            {
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                own[id] = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // It has just ended.
                own.Remove(id);
            }
        }

        return own;
    }

    private bool IsOurs(string folder)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ")).AsSpan().IndexOf(mark) >= 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

/// <summary>Time in which nothing is being spoilt: a recovery is measured by it, since another fault in between is no part of it.</summary>
internal sealed class Calm(FairClock clock)
{
    private readonly Lock gate = new();
    private int disturbances;
    private TimeSpan since;
    private TimeSpan before;

    public TimeSpan Elapsed
    {
        get
        {
            lock (gate)
            {
                return before + (disturbances == 0 ? clock.Elapsed - since : TimeSpan.Zero);
            }
        }
    }

    public void Begin()
    {
        lock (gate)
        {
            before += disturbances++ == 0 ? clock.Elapsed - since : TimeSpan.Zero;
        }
    }

    public void End()
    {
        lock (gate)
        {
            since = --disturbances == 0 ? clock.Elapsed : since;
        }
    }
}
