using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.ServiceDefaults;

/// <summary>One OpenAPI document per service: <c>/openapi/workers.json</c>.</summary>
internal static class OpenApiDocuments
{
    public static void Add(IServiceCollection services, ILaborBridgeService service) => services.AddOpenApi(service.Name, options =>
    {
        options.ShouldInclude = endpoint => endpoint.GroupName == service.Name && endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        // Slices nest their Request and Response: the slice's name tells them apart.
        options.CreateSchemaReferenceId = type => type.Type is { IsNested: true, DeclaringType: { } slice } && OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name
            ? slice.Name + name
            : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = $"LaborBridge {service.Name}";
            document.Info.Version = "1";
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    });
}
