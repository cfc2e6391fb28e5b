using Microsoft.OpenApi;

namespace Zotify.Logging.AspNetCore.Endpoints;

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
                    Style = parameter.IsObject ? ParameterStyle.DeepObject : null,
                    Explode = parameter.IsObject,
                    Schema = parameter.Schema ?? new OpenApiSchema { Type = JsonSchemaType.String },
                });
            }

            return Task.CompletedTask;
        });

    /// <summary>Adds other media types than JSON to the API description of the endpoint's answer.</summary>
    public static RouteHandlerBuilder WithOtherContent(this RouteHandlerBuilder endpoint, IReadOnlyList<string> mediaTypes) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.Responses?["200"] is OpenApiResponse { Content: { } content })
            {
                foreach (var type in mediaTypes)
                    content[type] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            }

            return Task.CompletedTask;
        });
}
