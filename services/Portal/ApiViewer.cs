using LaborBridge.Portal.Clients;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Portal;

/// <summary>The viewer of the HTTP API at <c>/api</c>, with the documents of all services; those of other processes are fetched through the portal.</summary>
internal static class ApiViewer
{
    private static readonly string[] Documents = [WorkersClient.Service, EmployersClient.Service, MatchingClient.Service, PlacementsClient.Service, PortalClient.Service];

    public static void Use(IApplicationBuilder app) => app.UseSwaggerUI(viewer =>
    {
        viewer.RoutePrefix = "api";
        viewer.DocumentTitle = "LaborBridge API";
        viewer.EnableTryItOutByDefault();
        foreach (var document in Documents)
        {
            viewer.SwaggerEndpoint($"/openapi/{document}.json", document);
        }
    });

    public static void Map(IEndpointRouteBuilder app)
    {
        var here = app.ServiceProvider.GetRequiredService<IReadOnlyList<ILaborBridgeService>>().Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var document in Documents.Where(name => !here.Contains(name)))
        {
            app.MapGet($"/openapi/{document}.json", async (ServiceCalls calls, HttpContext http) =>
            {
                var got = await calls.Download(document, $"/openapi/{document}.json");
                if (got.Value is not { } answer)
                {
                    return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
                }

                http.Response.RegisterForDispose(answer);
                return Results.Stream(await answer.Content.ReadAsStreamAsync(http.RequestAborted), "application/json; charset=utf-8");
            }).ExcludeFromDescription();
        }
    }
}
