namespace LaborBridge.AllInOne.Demo;

/// <summary>
/// The clock of a demo: it is where the story is, so that what became known when has a history; afterwards it is the real one. Timers are always real.
/// In the story every look at it is a millisecond later than the one before: ids carry the time, so that they stand in the order in which the story made them.
/// </summary>
internal sealed class DemoClock : TimeProvider
{
    private long ticks;

    /// <summary>Sets the story's moment; null lets the real time go on.</summary>
    public void Set(DateTimeOffset? moment) => Volatile.Write(ref ticks, moment?.UtcTicks ?? 0);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        while (Volatile.Read(ref ticks) is > 0 and var at)
        {
            if (Interlocked.CompareExchange(ref ticks, at + TimeSpan.TicksPerMillisecond, at) == at)
            {
                return new DateTimeOffset(at, TimeSpan.Zero);
            }
        }

        return base.GetUtcNow();
    }
}
