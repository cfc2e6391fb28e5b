using Microsoft.OpenApi;

namespace Zotify.Logging.Web.Endpoints;

/// <summary>Describes the parameters that endpoints read by <see cref="QueryReader"/>.</summary>
internal static class ParameterDescriptions
{
    /// <summary>Adds the parameters to the endpoint's API description.</summary>
    public static RouteHandlerBuilder WithParameters(this RouteHandlerBuilder endpoint, IReadOnlyList<QueryParameter> parameters) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            foreach (var parameter in parameters)
            {
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = parameter.Name,
                    In = ParameterLocation.Query,
                    Description = parameter.Description,
                    Schema = parameter.Schema ?? new OpenApiSchema { Type = JsonSchemaType.String },
                });
            }

            return Task.CompletedTask;
        });

    /// <summary>Adds another type of text to the answer of the endpoint's API description.</summary>
    public static RouteHandlerBuilder AlsoProduces(this RouteHandlerBuilder endpoint, string mediaType) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.Responses?["200"] is OpenApiResponse { Content: { } content })
                content[mediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            return Task.CompletedTask;
        });
}
