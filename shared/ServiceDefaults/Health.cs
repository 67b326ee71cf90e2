using System.Data.Common;
using LaborBridge.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LaborBridge.ServiceDefaults;

/// <summary>Is the process alive (<c>/health/live</c>); may it get requests (<c>/health/ready</c>).</summary>
internal static class Health
{
    private static readonly Sql Ping = Sql.Text("SELECT COUNT(*) FROM schema_migrations");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Json(new { status = "ok" })).ExcludeFromDescription();
        app.MapGet("/health/ready", async (IEnumerable<ServiceDatabase> databases, HttpContext http) =>
        {
            var services = await Task.WhenAll(databases.Select(database => Look(database, http.RequestAborted)));
            var reachable = services.All(service => service.Database == "ok");
            return Results.Json(new { status = reachable ? "ok" : "unavailable", services }, JsonText.Options, statusCode: reachable ? 200 : 503);
        }).ExcludeFromDescription();
    }

    private static async Task<ServiceHealth> Look(ServiceDatabase database, CancellationToken cancel)
    {
        try
        {
            await database.Db.Read(tx => tx.Scalar<long>(Ping), cancel);
            return new ServiceHealth(database.Service.Name, "ok");
        }
        catch (DbException)
        {
            return new ServiceHealth(database.Service.Name, "unreachable");
        }
    }

    private sealed record ServiceHealth(string Service, string Database);
}
