using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web;

/// <summary>The linter of the API description: the errors of its reader, and our own rules.</summary>
[TestClass]
public sealed class ApiDescriptionTests
{
    private static readonly string[] Undescribed = ["/openapi/{documentName}.json", "/sign-in", "/docs/scalar/", "/audit", "/jobs"];

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    public async Task It_is_OpenAPI_3_1_without_a_fault_and_every_operation_keeps_the_rules()
    {
        await using var server = await ServerAsync();
        var read = await ApiDescription.ReadAsync(server, Cancellation);
        Assert.AreEqual(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        var document = read.Document!;
        var operations = ApiDescription.Operations(document).ToArray();
        string[] faults =
        [
            .. read.Diagnostic.Errors.Concat(read.Diagnostic.Warnings).Select(fault => fault.ToString()),
            .. operations.GroupBy(operation => operation.Description.OperationId).Where(same => same.Key is null || same.Count() > 1).SelectMany(
                same => same.Select(operation => $"{operation}: its id is its alone")),
            .. operations.SelectMany(operation => Faults(operation, document).Select(fault => $"{operation}: {fault}")),
            .. document.Components!.Schemas!.SelectMany(schema => Faults(schema.Value).Select(fault => $"{schema.Key}: {fault}")),
        ];
        Assert.AreEqual("", string.Join('\n', faults));
    }

    [TestMethod]
    public async Task Every_example_of_a_parameter_is_accepted()
    {
        await using var server = await ServerAsync();
        server.Logger("Tests").LogInformation(new EventId(1, "user.test"), "One of {job_id}", "sync-0198c7f3");
        await server.FlushAsync(Cancellation);
        using var client = server.Client();
        foreach (var operation in ApiDescription.Operations((await ApiDescription.ReadAsync(server, Cancellation)).Document!))
        {
            foreach (var parameter in operation.Parameters.Where(parameter => parameter.In is ParameterLocation.Query or ParameterLocation.Header))
            {
                (string, string) given = parameter.Example switch
                {
                    JsonArray list => (parameter.Name!, Uri.EscapeDataString(list[0]!.ToString())),
                    JsonObject values => ($"{parameter.Name}[{values.First().Key}]", Uri.EscapeDataString(values.First().Value!.ToString())),
                    JsonValue flag when flag.TryGetValue<bool>(out var value) => (parameter.Name!, value ? "true" : "false"),
                    var one => (parameter.Name!, Uri.EscapeDataString(one!.ToString())),
                };
                using var request = operation.Request(server.Url, parameter.In == ParameterLocation.Query ? [given] : []);
                if (parameter.In == ParameterLocation.Header) request.Headers.Add(parameter.Name!, Uri.UnescapeDataString(given.Item2));
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
                Assert.AreNotEqual(HttpStatusCode.BadRequest, answer.StatusCode, $"{operation} {given}");
            }
        }
    }

    [TestMethod]
    public async Task Types_and_null_are_described_as_generators_need_them()
    {
        await using var server = await ServerAsync();
        var schemas = (await ApiDescription.ReadAsync(server, Cancellation)).Document!.Components!.Schemas!;
        string[] untyped =
        [
            .. schemas.Where(schema => schema.Value.Type is null).Select(schema => schema.Key),
            .. schemas.SelectMany(schema => (schema.Value.Properties ?? new Dictionary<string, IOpenApiSchema>())
                .Where(property => property.Value is OpenApiSchema { Type: null, OneOf: null })
                .Select(property => $"{schema.Key}.{property.Key}")),
        ];
        Assert.AreEqual("", string.Join(' ', untyped));
        Assert.AreEqual(JsonSchemaType.Object | JsonSchemaType.Null, schemas["AuditEvent"].Properties!["details"].Type);
        Assert.AreEqual(JsonSchemaType.String | JsonSchemaType.Null, schemas["JobSummary"].Properties!["ended_at"].Type);
        Assert.AreEqual("date-time", schemas["AuditEvent"].Properties!["timestamp"].Format);
    }

    [TestMethod]
    public async Task It_has_every_endpoint_that_is_mapped()
    {
        await using var server = await ServerAsync();
        var described = ApiDescription.Operations((await ApiDescription.ReadAsync(server, Cancellation)).Document!)
            .Select(operation => operation.ToString()).ToHashSet();
        var mapped = server.App.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription is not true)
            .Select(
                endpoint => (
                    Path: $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}",
                    Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]))
            .Where(endpoint => !Undescribed.Any(path => endpoint.Path.StartsWith(path, StringComparison.Ordinal)))
            .SelectMany(endpoint => endpoint.Methods.Select(method => $"{method} {endpoint.Path}")).ToHashSet();
        Assert.IsGreaterThan(8, mapped.Count);
        Assert.AreEqual(string.Join('\n', mapped.Order()), string.Join('\n', described.Order()));
    }

    private Task<TestServer> ServerAsync() =>
        new TestServer { Settings = ["Authentication:Schemes:Bearer:ValidIssuer=tests"] }.StartAsync(Cancellation);

    private static IEnumerable<string> Faults(ApiOperation operation, OpenApiDocument document)
    {
        var described = operation.Description;
        if (string.IsNullOrEmpty(described.Summary)) yield return "a summary is missing";
        if (described.Tags is not { Count: 1 } tags
            || document.Tags!.All(tag => tag.Name != tags.Single().Name || string.IsNullOrEmpty(tag.Description)))
            yield return "one described tag is expected";
        if (described.Security is null) yield return "it does not say who may use it";
        if ((described.Security ?? []).SelectMany(requirement => requirement.Keys).Any(scheme => scheme.Target is null))
            yield return "a security scheme is not there";
        foreach (var parameter in operation.Parameters)
        {
            if (string.IsNullOrEmpty(parameter.Description)) yield return $"{parameter.Name}: a description is missing";
            if (parameter.Schema?.Type is null) yield return $"{parameter.Name}: a type is missing";
            if (parameter.Example is null) yield return $"{parameter.Name}: an example is missing; ParameterExamples has them";
        }

        var responses = described.Responses!;
        if (!responses.Keys.Any(status => status.StartsWith('2'))) yield return "no success is described";
        if (operation.IsOpen != !responses.ContainsKey("401") && operation.Path != "/session")
            yield return "401 is for who needs a credential";
        if (operation.Scopes.Length > 0 && !responses.ContainsKey("403")) yield return "403 is missing";
        foreach (var (status, response) in responses)
        {
            if (string.IsNullOrEmpty(response.Description)) yield return $"{status}: a description is missing";
            if (response.Content?.Values.Any(content => content.Schema is null) is true) yield return $"{status}: a schema is missing";
            if (status[0] == '2'
                && response.Content?.TryGetValue("application/json", out var json) is true
                && json.Schema?.Examples is not { Count: > 0 })
                yield return $"{status}: an example is missing; SchemaDescription has them";
            if (status[0] is '4' or '5'
                && !operation.Path.StartsWith("/health/", StringComparison.Ordinal)
                && response.Content?.ContainsKey("application/problem+json") is not true)
                yield return $"{status}: a problem is expected";
        }
    }

    private static IEnumerable<string> Faults(IOpenApiSchema schema)
    {
        foreach (var example in (schema.Examples ?? [])
            .OfType<JsonObject>().Select(example => example.Select(member => member.Key).ToArray()))
        {
            foreach (var name in example.Except(schema.Properties!.Keys)) yield return $"its example has {name}, which is not there";
            foreach (var name in (schema.Required ?? new HashSet<string>()).Except(example)) yield return $"its example lacks {name}";
        }

        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (name.Any(char.IsUpper)) yield return $"{name}: names are written as the columns are";
            if (property.Type is { } type && type.HasFlag(JsonSchemaType.String) && type.HasFlag(JsonSchemaType.Integer))
                yield return $"{name}: a number is no text";
        }
    }
}
