using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LaborBridge.AllInOne.Demo;

/// <summary>Fills an empty data folder with the demo once the services run; until then the process is not ready. A second start finds it.</summary>
internal sealed partial class DemoRunner(IServiceProvider services, DemoClock clock, IHostApplicationLifetime lifetime, ILogger<DemoRunner> log) : BackgroundService, IHealthCheck
{
    private volatile bool done;

    /// <summary>Adds the demo to an AllInOne that was asked for it.</summary>
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DemoClock>();
        builder.Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<DemoClock>());
        builder.Services.AddSingleton<DemoRunner>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DemoRunner>());
        builder.Services.AddHealthChecks().AddCheck<DemoRunner>("demo", tags: ["ready"]);
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(done ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The demo is being written."));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Started(stoppingToken);
        try
        {
            var world = new DemoWorld(services);
            var started = Stopwatch.GetTimestamp();
            switch (await DemoAccounts.Find(world))
            {
                case DemoState.Complete:
                    Found();
                    break;
                case DemoState.Unfinished:
                    throw new InvalidOperationException("The data folder holds a demo that was never finished, or real data. Name an empty folder: --data DIR.");
                case DemoState.None:
                    await new DemoStory(world).Tell(stoppingToken);
                    // Two years in one batch: what it took goes back to the machine before the first visitor comes.
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    Told(Stopwatch.GetElapsedTime(started).TotalSeconds);
                    break;
                default:
                    throw new InvalidOperationException("Not a state of the demo.");
            }

            clock.Set(moment: null);
            done = true;
            Accounts(DemoAccounts.Password);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Failed(error);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    private async Task Started(CancellationToken cancel)
    {
        var started = new TaskCompletionSource();
        await using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancel);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The demo was written in {Seconds:0.0} s.")]
    private partial void Told(double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The demo is there already.")]
    private partial void Found();

    [LoggerMessage(Level = LogLevel.Information, Message = "Demo accounts: collector, station, station-haicang, employer, official, official-xiji, official-haicang, admin. Password: {Password}")]
    private partial void Accounts(string password);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The demo could not be written.")]
    private partial void Failed(Exception error);
}
