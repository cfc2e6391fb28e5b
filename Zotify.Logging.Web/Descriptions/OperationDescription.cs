using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;
using Zotify.Logging.AspNetCore.Security;

namespace Zotify.Logging.Web.Descriptions;

/// <summary>
/// Completes the API description of an operation: who may call it, and how it refuses requests.
/// </summary>
internal static class OperationDescription
{
    /// <summary>The member of an operation that lists the scopes, of which a credential needs one.</summary>
    public const string RequiredScopes = "x-required-scopes";

    private const string Api = "api";
    private const string Logs = "logs";

    /// <summary>The area of a path: its first segment that is not a common prefix.</summary>
    public static string AreaOf(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(segment => segment is not (Api or Logs)) ?? Api;

    /// <summary>Completes an operation.</summary>
    public static Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, bool hasBearer)
    {
        var path = $"/{context.Description.RelativePath}";
        operation.OperationId = IdOf(context.Description.HttpMethod ?? "", path);
        operation.Tags = new HashSet<OpenApiTagReference> { new(AreaOf(path), context.Document) };
        operation.Responses ??= [];
        if (operation.RequestBody is not null)
        {
            Refuse(operation, context, StatusCodes.Status400BadRequest, "The body cannot be read");
            Refuse(operation, context, StatusCodes.Status413PayloadTooLarge, "The body is too large");
            Refuse(operation, context, StatusCodes.Status415UnsupportedMediaType, "The body is no application/json");
        }

        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<EnableRateLimitingAttribute>().Any())
            Refuse(operation, context, StatusCodes.Status429TooManyRequests, "Too many queries of this user run or wait already");
        if (metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [];
        }
        else
        {
            var policy = metadata.OfType<IAuthorizeData>().Select(data => data.Policy).LastOrDefault(policy => policy is not null);
            List<string> scopes = policy is not null && Scopes.All.Contains(policy) ? [policy] : [];
            // Not in the requirements: outside of OAuth, few tools accept scopes there.
            if (scopes.Count > 0)
            {
                operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
                operation.Extensions[RequiredScopes] =
                    new JsonNodeExtension(new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]));
            }

            operation.Security = Requirements(context.Document!, hasBearer);
            Refuse(operation, context, StatusCodes.Status401Unauthorized, "No credential, or one that is not known");
            if (policy is not null || operation.RequestBody is not null)
                Refuse(operation, context, StatusCodes.Status403Forbidden, "The credential does not open this");
        }

        return Task.CompletedTask;
    }

    /// <summary>Adds the parts that follow from the others: endpoints describe their own parameters after this class did.</summary>
    public static void Finish(string path, OpenApiOperation operation)
    {
        AddLastEventId(operation);
        ParameterExamples.AddTo(path, operation);
        operation.Description ??= operation.Extensions?.ContainsKey(RequiredScopes) is true
            ? $"{operation.Summary} Needs the scope that `{RequiredScopes}` names."
            : operation.Summary;
        AddHeaders(operation);
    }

    /// <summary>A name for the method of a generated client: <c>getJobsByJobId</c>.</summary>
    private static string IdOf(string method, string path) => method.ToLowerInvariant() + string.Concat(path
        .Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Where(segment => segment is not (Api or Logs))
        .Select(segment => segment.StartsWith('{') ? $"By{Words(segment[1..^1])}" : Words(segment)));

    private static string Words(string name) =>
        string.Concat(name.Split('_', '-').Select(word => $"{char.ToUpperInvariant(word[0])}{word[1..]}"));

    private static List<OpenApiSecurityRequirement> Requirements(OpenApiDocument document, bool hasBearer)
    {
        string[] schemes = hasBearer
            ? [DocumentDescription.Key, DocumentDescription.Bearer, DocumentDescription.Session]
            : [DocumentDescription.Key, DocumentDescription.Session];
        return [.. schemes.Select(scheme =>
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] })];
    }

    private static void Refuse(OpenApiOperation operation, OpenApiOperationTransformerContext context, int status, string description) =>
        operation.Responses!.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("ProblemDetails", context.Document) },
            },
        });

    /// <summary>Adds the header by which a browser resumes a stream of events.</summary>
    private static void AddLastEventId(OpenApiOperation operation)
    {
        if (operation.Responses!.TryGetValue("200", out var answer) && answer.Content?.ContainsKey("text/event-stream") is true)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "Last-Event-ID",
                In = ParameterLocation.Header,
                Description = "The id of the last event that the client has: the stream continues after it.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }

    private static void AddHeaders(OpenApiOperation operation)
    {
        var responses = operation.Responses!;
        AddHeader(responses, "401", "WWW-Authenticate", "Which credentials are taken.");
        AddHeader(responses, "429", "Retry-After", "How many seconds to wait.");
        AddHeader(responses, "503", "Retry-After", "How many seconds to wait, where it is a matter of a moment.");
        AddHeader(responses, "202", "Location", "Where to ask for what was accepted.");
        var pages = responses.TryGetValue("200", out var answer) && answer.Content?.ContainsKey("application/json") is true
            && operation.Parameters?.Any(parameter => parameter.Name is "cursor" or "after") is true;
        if (!pages) return;
        const string links = "The next page by `rel=\"next\"`, and the one before by `rel=\"prev\"` where there is one (RFC 8288).";
        AddHeader(responses, "200", "Link", links);
    }

    private static void AddHeader(OpenApiResponses responses, string status, string name, string description)
    {
        if (!responses.TryGetValue(status, out var response) || response is not OpenApiResponse own) return;
        own.Headers ??= new Dictionary<string, IOpenApiHeader>();
        own.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }
}
