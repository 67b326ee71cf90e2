using System.Data.Common;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LaborBridge.ServiceDefaults;

/// <summary>
/// Is the process alive (<c>/health/live</c>); may it get requests (<c>/health/ready</c>). Without its database it may not; with a stuck
/// stream or without the broker it may, and says what is wrong: its own data are right, its copies grow old.
/// </summary>
internal static class Health
{
    private static readonly Sql Ping = Sql.Text("SELECT COUNT(*) FROM schema_migrations");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Json(new { status = "ok" })).ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(IEnumerable<ServiceDatabase> databases, IEnumerable<StreamMonitor> monitors, HttpContext http)
    {
        var cancel = http.RequestAborted;
        var services = await Task.WhenAll(databases.Select(database => Look(database, monitors, cancel)));
        var broker = await Broker(http.RequestServices, cancel);
        var notes = await Notes(http.RequestServices, cancel);
        var status = services.Any(service => service.Database != "ok") || notes.Any(note => note.Status == HealthStatus.Unhealthy) ? "unavailable"
            : notes.Count == 0 && broker is "ok" or null && services.All(service => service.Streams.All(stream => stream.Stuck is null)) ? "ok"
            : "degraded";
        return Results.Json(new { status, broker, services, notes = notes.Select(note => note.Text) }, JsonText.Options, statusCode: status == "unavailable" ? 503 : 200);
    }

    private static async Task<ServiceHealth> Look(ServiceDatabase database, IEnumerable<StreamMonitor> monitors, CancellationToken cancel)
    {
        var name = database.Service.Name;
        try
        {
            await database.Db.Read(tx => tx.Scalar<long>(Ping), cancel);
            var streams = monitors.SingleOrDefault(monitor => monitor.Service == name) is { } monitor ? await monitor.Read(cancel) : [];
            return new ServiceHealth(name, "ok", streams);
        }
        catch (DbException)
        {
            return new ServiceHealth(name, "unreachable", []);
        }
    }

    // Null where nothing is sent: the portal alone.
    private static async Task<string?> Broker(IServiceProvider services, CancellationToken cancel)
    {
        if (services.GetService<HealthCheckService>() is not { } checks)
        {
            return null;
        }

        var report = await checks.CheckHealthAsync(IsBus, cancel);
        return report.Status == HealthStatus.Healthy ? "ok" : "unreachable";
    }

    // What services report of themselves beside their streams, which are listed one by one. Unhealthy is who may not get requests yet.
    private static async Task<IReadOnlyList<(HealthStatus Status, string Text)>> Notes(IServiceProvider services, CancellationToken cancel)
    {
        if (services.GetService<HealthCheckService>() is not { } checks)
        {
            return [];
        }

        var report = await checks.CheckHealthAsync(check => check.Name != "streams" && !IsBus(check), cancel);
        return [.. report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry => (entry.Value.Status, $"{entry.Key}: {entry.Value.Description}"))];
    }

    private static bool IsBus(HealthCheckRegistration check) => check.Name.Contains("bus", StringComparison.OrdinalIgnoreCase);

    private sealed record ServiceHealth(string Service, string Database, IReadOnlyList<StreamStatus> Streams);
}
