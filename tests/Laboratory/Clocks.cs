using System.Globalization;

namespace LaborBridge.Tests.Laboratory;

/// <summary>How far each service's clock is ahead, in a file that its processes read.</summary>
internal sealed class Clocks(string folder)
{
    public string FileOf(string service) => Path.Combine(Directory.CreateDirectory(folder).FullName, service);

    public void Step(string service, TimeSpan ahead)
    {
        var file = FileOf(service);
        File.WriteAllText(file + "~", ahead.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        File.Move(file + "~", file, overwrite: true);
    }
}

/// <summary>The clock of a service in the laboratory's host: the machine's, and as much ahead as the file says.</summary>
internal sealed class SteppedClock(string file) : TimeProvider
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private TimeSpan ahead = Read(file);
    private long lookedAt = Environment.TickCount64;

    public override DateTimeOffset GetUtcNow()
    {
        if (Environment.TickCount64 - Volatile.Read(ref lookedAt) >= Look.TotalMilliseconds)
        {
            ahead = Read(file);
            Volatile.Write(ref lookedAt, Environment.TickCount64);
        }

        return base.GetUtcNow() + ahead;
    }

    private static TimeSpan Read(string file) =>
        File.Exists(file) ? TimeSpan.FromSeconds(double.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture)) : TimeSpan.Zero;
}
