using System.Net.Http.Headers;
using System.Text;
using Microsoft.OpenApi;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>An operation of the API description, and requests of it.</summary>
internal sealed record ApiOperation(HttpMethod Method, string Path, OpenApiOperation Description)
{
    public IEnumerable<IOpenApiParameter> Parameters => Description.Parameters ?? [];

    /// <summary>The scopes, any of which opens it; empty where no particular one is required.</summary>
    public string[] Scopes => Description.Extensions?.TryGetValue("x-required-scopes", out var scopes) is true
        ? [.. ((JsonNodeExtension)scopes).Node.AsArray().Select(scope => scope!.ToString())]
        : [];

    /// <summary>Whether anybody may use it.</summary>
    public bool IsOpen => Description.Security is not { Count: > 0 };

    /// <summary>Whether this status is described.</summary>
    public bool Describes(int status) =>
        Description.Responses!.ContainsKey(status.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A request from the examples; of a stream, only the existing items.</summary>
    public HttpRequestMessage Example(string host) => Request(host, []);

    /// <summary>A request with the given query parameters, already escaped.</summary>
    public HttpRequestMessage Request(string host, IReadOnlyList<(string Name, string Value)> query, string? pathValue = null)
    {
        var path = Path;
        foreach (var parameter in Parameters.Where(parameter => parameter.In == ParameterLocation.Path))
        {
            path = path.Replace(
                $"{{{parameter.Name}}}", pathValue ?? Uri.EscapeDataString(parameter.Example!.ToString()), StringComparison.Ordinal);
        }

        IEnumerable<(string Name, string Value)> all = query;
        if (Parameters.Any(parameter => parameter.Name == "follow") && query.All(given => given.Name != "follow"))
            all = all.Append(("follow", "false"));
        // An operation that waits has nothing to wait for here.
        if (Parameters.Any(parameter => parameter.Name == "timeout") && query.All(given => given.Name != "timeout"))
            all = all.Append(("timeout", "0s"));
        var target = $"{host}{path}?{string.Join('&', all.Select(given => $"{given.Name}={given.Value}"))}".TrimEnd('?');
        var request = new HttpRequestMessage(
            Method, new Uri(target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (Description.RequestBody?.Content?["application/json"].Schema?.Examples is [{ } example, ..])
            request.Content = Body(example.ToJsonString());
        return request;
    }

    /// <summary>A body.</summary>
    public static StringContent Body(string text, string type = "application/json") =>
        new(text, Encoding.UTF8, new MediaTypeHeaderValue(type));

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}";
}
