using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>The API description that a server serves, read as clients read it.</summary>
internal static class ApiDescription
{
    /// <summary>Reads it, with the diagnostics of its reader.</summary>
    public static async Task<ReadResult> ReadAsync(TestServer server, CancellationToken cancellationToken)
    {
        using var client = server.Client();
        return OpenApiDocument.Parse(await client.GetStringAsync("/openapi/v1.json", cancellationToken), "json");
    }

    /// <summary>Its operations.</summary>
    public static IEnumerable<ApiOperation> Operations(OpenApiDocument document) => document.Paths
        .SelectMany(path => path.Value.Operations!.Select(operation => new ApiOperation(operation.Key, path.Key, operation.Value)));
}
