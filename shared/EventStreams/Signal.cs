namespace LaborBridge.EventStreams;

/// <summary>Something happened, once or more often, since the last wait.</summary>
internal sealed class Signal
{
    private TaskCompletionSource happened = New();

    /// <summary>Completes at the next <see cref="Set"/>. Take it before looking at what may have changed.</summary>
    public Task Next => Volatile.Read(ref happened).Task;

    public void Set() => Interlocked.Exchange(ref happened, New()).TrySetResult();

    /// <summary>Waits for a task taken from <see cref="Next"/>, at most for a time; true when it happened.</summary>
    public static async Task<bool> Wait(Task next, TimeSpan atMost, CancellationToken cancel)
    {
        if (atMost <= TimeSpan.Zero)
        {
            return next.IsCompleted;
        }

        var done = await Task.WhenAny(next, Task.Delay(atMost, TimeProvider.System, cancel));
        cancel.ThrowIfCancellationRequested();
        return done == next;
    }

    // The setter is the thread that commits: it must not run what waits.
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
