using System.Diagnostics;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.Tests.Benchmarks;

/// <summary>
/// A subscriber that was never there, or away for long: a log of a million events, all of them shipped while nobody listened; then it starts, and catches up
/// while new events are committed. Sender and receiver in this process, an SQLite file each, RabbitMQ between them.
/// </summary>
internal static class Recovery
{
    private const int PerCommit = 250;
    private const int LivePerSecond = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task Run(int events)
    {
        using var folder = TempFolder.Create();
        await using var broker = await Broker.StartOwn();
        await using var sender = new Db<Streams.Sender>(SqlKind.Sqlite, $"Data Source={folder["sender.db"]}");
        await using var receiver = new Db<Streams.Receiver>(SqlKind.Sqlite, $"Data Source={folder["receiver.db"]}");
        await Streams.Prepare(sender, receiver);
        using var telling = await Streams.Start(sender, receiver: null, broker.Address);
        await Streams.Tell(sender, events / PerCommit, PerCommit, writers: 4);
        var log = telling.Services.GetRequiredService<StreamMonitor>();
        await Wait.Until(async () => (await log.Read())[0] is { } own && own.Shipped == own.Head, "the log is shipped", Patience);

        using var end = new CancellationTokenSource();
        var live = GoOn(sender, end.Token);
        var (clock, busy) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        using var hearing = await Streams.Start(sender: null, receiver, broker.Address);
        var copy = hearing.Services.GetRequiredService<StreamMonitor>();
        var applied = 0L;
        await Wait.Until(
            async () =>
            {
                // Caught up: as far as the log was at this moment, but for a second's events.
                var head = (await log.Read())[0].Head;
                applied = (await copy.Read())[1].Checkpoint ?? 0;
                return applied >= head - LivePerSecond;
            },
            "the subscriber has caught up", Patience, () => $"{applied:N0} are applied");

        var took = clock.Elapsed;
        await end.CancelAsync();
        var told = await live;
        Console.WriteLine($"a subscriber {events:N0} events behind, {told / took.TotalSeconds:N0} new ones a second meanwhile: {applied / took.TotalSeconds:N0} events/s, caught up after {took.TotalSeconds:0.0} s "
            + $"({(Environment.CpuUsage.TotalTime - busy).TotalMicroseconds / applied:0} µs of processor an event, {Process.GetCurrentProcess().WorkingSet64 / 1_000_000} MB, {Environment.ProcessorCount} cores)");
        await hearing.StopAsync();
        await telling.StopAsync();
    }

    /// <summary>Commits in small portions, a fixed number of events a second, until cancelled; says how many.</summary>
    private static async Task<int> GoOn(Db sender, CancellationToken end)
    {
        const int portion = LivePerSecond / 20;
        var told = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!end.IsCancellationRequested)
        {
            await Streams.Tell(sender, commits: 1, perCommit: portion, writers: 1);
            told += portion;
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return told;
    }
}
