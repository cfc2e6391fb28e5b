using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Zotify.Logging.Web.Demo;
using Zotify.Logging.Web.Endpoints;

namespace Zotify.Logging.Web.Descriptions;

/// <summary>Examples of what is sent and answered, and the members of problems that are this API's own.</summary>
internal static class SchemaDescription
{
    private const string Problem = """
        {"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"Bad Request","status":400,"detail":"limit: '0': a whole number from 1 to 1000 is expected.",
        "parameter":"limit","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}
        """;

    private static readonly Dictionary<Type, string> Examples = new()
    {
        [typeof(SessionRequest)] = """{"key":"zl_s3cr3t"}""",
        [typeof(SessionAnswer)] = """{"user":"ops","scopes":["logs:system","logs:jobs"]}""",
        [typeof(DemoSettingsBody)] = """{"pause_ms":10}""",
        [typeof(SyncAnswer)] = """{"job_id":"sync-0198c7f3"}""",
        [typeof(ProblemDetails)] = Problem,
    };

    /// <summary>Completes a schema.</summary>
    public static Task CompleteAsync(OpenApiSchema schema, Type type)
    {
        if (Examples.TryGetValue(type, out var example)) schema.Examples = [JsonNode.Parse(example)!];
        if (type == typeof(ProblemDetails))
        {
            schema.Description = "What is wrong (RFC 9457).";
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
            schema.Properties["parameter"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The parameter, header or field that cannot be used." };
            schema.Properties["trace_id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What the logs know the request by." };
        }

        return Task.CompletedTask;
    }
}
