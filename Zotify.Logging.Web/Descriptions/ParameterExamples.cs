using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Zotify.Logging.Web.Descriptions;

/// <summary>An example of every parameter, by its name.</summary>
internal static class ParameterExamples
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["category"] = "Zotify.Sync",
        ["category.not"] = "Zotify.Sync",
        ["event_type"] = "user.*",
        ["event_type.not"] = "audit.*",
        ["from"] = "2h",
        ["id"] = "0198c7f3-5a10-7c3e-9d41-6f0a2b7c8d9e",
        ["instance"] = "server-1/zotify",
        ["instance.not"] = "server-2/zotify",
        ["interval"] = "6h",
        ["job_id"] = "sync-0198c7f3",
        ["job_id.not"] = "sync-0198c7f3",
        ["job_type"] = "library.sync",
        ["job_type.not"] = "library.sync",
        ["q"] = "time \"user u42\" -debug",
        ["since"] = "15m",
        ["source_ip"] = "192.0.2.7",
        ["source_ip.not"] = "192.0.2.7",
        ["status"] = "running",
        ["timeout"] = "1s",
        ["to"] = "2026-11-23T15:06:10Z",
        ["trace_id"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        ["trace_id.not"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        ["until"] = "2026-11-23T15:06:10Z",
        ["user_id"] = "u42",
        ["user_id.not"] = "u42",
    };

    /// <summary>Adds the examples that an operation's parameters lack.</summary>
    public static void AddTo(string path, OpenApiOperation operation)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Example ??= CursorExamples.For(path, parameter.Name ?? "") ?? For(parameter.Name ?? "", parameter.Schema);
            // Route parameters have no description themselves.
            if (parameter is { In: ParameterLocation.Path, Name: "job_id" }) parameter.Description ??= "The job's id, escaped.";
            if (parameter is { In: ParameterLocation.Path, Name: "id" }) parameter.Description ??= "The event's id.";
        }
    }

    private static JsonNode? For(string name, IOpenApiSchema? schema) => schema?.Type switch
    {
        JsonSchemaType.Boolean => JsonValue.Create(false),
        JsonSchemaType.Integer => JsonValue.Create(100),
        JsonSchemaType.Object => new JsonObject { ["source"] = "web" },
        JsonSchemaType.Array when Texts.TryGetValue(name, out var text) => new JsonArray(text),
        JsonSchemaType.Array when schema.Items?.Enum is [.., { } value] => new JsonArray(value.DeepClone()),
        _ when schema?.Enum is [.., { } last] => last.DeepClone(),
        _ when Texts.TryGetValue(name, out var text) => JsonValue.Create(text),
        _ => null,
    };
}
