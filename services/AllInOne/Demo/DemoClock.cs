namespace LaborBridge.AllInOne.Demo;

/// <summary>The clock of a demo: stands where the story is, so that what became known when has a history; afterwards it is the real one. Timers are always real.</summary>
internal sealed class DemoClock : TimeProvider
{
    private long ticks;

    /// <summary>Sets the story's moment; null lets the real time go on.</summary>
    public void Set(DateTimeOffset? moment) => Volatile.Write(ref ticks, moment?.UtcTicks ?? 0);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Volatile.Read(ref ticks) is > 0 and var at ? new DateTimeOffset(at, TimeSpan.Zero) : base.GetUtcNow();
}
