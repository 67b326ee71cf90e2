using System.Diagnostics;

namespace LaborBridge.Tests.Fixtures;

/// <summary>Waits for a condition with a deadline; tests never sleep for a fixed time.</summary>
public static class Wait
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until the condition holds; fails with <paramref name="what"/> in the message, and the details, after the deadline (20 s).</summary>
    public static Task Until(Func<bool> condition, string what, TimeSpan? deadline = null, Func<string>? details = null) =>
        Until(() => Task.FromResult(condition()), what, deadline, details);

    /// <inheritdoc cref="Until(Func{bool}, string, TimeSpan?, Func{string}?)"/>
    public static Task Until(Func<Task<bool>> condition, string what, TimeSpan? deadline = null, Func<string>? details = null) =>
        For(async () => await condition() ? "" : null, what, deadline, details);

    /// <summary>Asks until the probe finds something and returns it. What the probe throws counts as not yet and is told at the deadline.</summary>
    public static async Task<T> For<T>(Func<Task<T?>> probe, string what, TimeSpan? deadline = null, Func<string>? details = null) where T : class
    {
        var limit = deadline ?? Usual;
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            Exception? last = null;
            try
            {
                if (await probe() is { } found)
                {
                    return found;
                }
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                last = e;
            }
            if (Stopwatch.GetElapsedTime(since) > limit)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds:0.#} s: {what}\n{details?.Invoke()}".TrimEnd(), last);
            }
            await Task.Delay(Between);
        }
    }
}
