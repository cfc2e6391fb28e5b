using Microsoft.OpenApi;

namespace Zotify.Logging.Web.Descriptions;

/// <summary>The types of schemas, as generators of clients need them: without a type, some of them cannot read an answer.</summary>
internal static class SchemaTypes
{
    private const string AnyJson = "JsonElement";

    /// <summary>Gives the schemas of enums and times, which have converters, the type of what these write.</summary>
    public static void AddTo(OpenApiSchema schema, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type);
        if ((plain ?? type) is not { IsEnum: true } and not { Name: nameof(DateTime) or nameof(DateTimeOffset) }) return;
        schema.Type = plain is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
    }

    /// <summary>
    /// Says that the JSON in an answer is an object or null. A schema that allows anything allows null as well, and "null or anything, but
    /// only one of them" would refuse null.
    /// </summary>
    public static void Finish(OpenApiDocument document)
    {
        var schemas = document.Components?.Schemas;
        if (schemas is null) return;
        foreach (var properties in schemas.Values.OfType<OpenApiSchema>().Select(schema => schema.Properties))
        {
            if (properties is null) continue;
            foreach (var (name, property) in properties.Where(property => IsAnyJson(property.Value)).ToList())
            {
                properties[name] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object | JsonSchemaType.Null,
                    Description = property.Description
                        ?? property.OneOf?.Select(one => one.Description).FirstOrDefault(text => text is not null),
                    AdditionalProperties = new OpenApiSchema(),
                };
            }
        }

        schemas.Remove(AnyJson);
    }

    private static bool IsAnyJson(IOpenApiSchema schema) =>
        schema is OpenApiSchemaReference { Reference.Id: AnyJson } || schema.OneOf?.Any(IsAnyJson) is true;
}
