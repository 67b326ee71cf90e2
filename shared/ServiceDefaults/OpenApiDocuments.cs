using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace LaborBridge.ServiceDefaults;

/// <summary>One OpenAPI document per service: <c>/openapi/workers.json</c>.</summary>
internal static class OpenApiDocuments
{
    private const string Token = "token";

    public static void Add(IServiceCollection services, ILaborBridgeService service) => services.AddOpenApi(service.Name, options =>
    {
        options.ShouldInclude = endpoint => endpoint.GroupName == service.Name && endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        // Slices nest their Request and Response: the slice's name tells them apart.
        options.CreateSchemaReferenceId = type => type.Type is { IsNested: true, DeclaringType: { } slice } && OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name
            ? slice.Name + name
            : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer((document, _, _) => Describe(document, service));
        options.AddOperationTransformer(Describe);
    });

    private static Task Describe(OpenApiDocument document, ILaborBridgeService service)
    {
        document.Info.Title = $"LaborBridge {service.Name}";
        document.Info.Version = "1";
        document.Servers?.Clear();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Token] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "accessToken of POST /api/sessions" },
        };
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var roles = context.Description.ActionDescriptor.EndpointMetadata.OfType<AccessMetadata>().LastOrDefault()?.Roles ?? [];
        if (roles.Count > 0)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, context.Document)] = [] }];
            operation.Description = $"{operation.Description} Roles: {string.Join(", ", roles).ToLowerInvariant()}.".Trim();
        }

        operation.Parameters ??= [];
        if (context.Description.HttpMethod is "POST" or "PUT" or "DELETE")
        {
            operation.Parameters.Add(Header("Idempotency-Key", context.Description.HttpMethod == "POST" && roles.Count > 0, "A UUID; the same one when the request is repeated."));
        }

        if (context.Description.HttpMethod is "PUT" or "DELETE")
        {
            operation.Parameters.Add(Header("If-Match", required: true, "The ETag that was seen."));
        }

        return Task.CompletedTask;
    }

    private static OpenApiParameter Header(string name, bool required, string words) =>
        new() { Name = name, In = ParameterLocation.Header, Required = required, Description = words, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
